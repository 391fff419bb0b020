"""In what order the tests run, and where several workers share them (`make test`), who runs what.

A file is never divided. All tests before the running service are one piece: Rasa, the service and the browser start
once. The longest pieces come first, so that the workers end together.
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

SERVICE = ("tests/dialogue/", "tests/browser/")
LONGEST_FIRST = (
    *SERVICE,
    "tests/test_house_rules.py",
    "tests/content/",
    "tests/test_rasa_tools.py",
    "tests/contract/",
    "tests/channels/",
    "tests/stateful/",
)


def turn_of(node_id: str) -> int:
    return next((turn for turn, place in enumerate(LONGEST_FIRST) if node_id.startswith(place)), len(LONGEST_FIRST))


class Sharing(LoadScopeScheduling):
    def __init__(self, config: pytest.Config, log: object) -> None:
        # As they come here, not those first that hold the most tests.
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return "the running service" if nodeid.startswith(SERVICE) else nodeid.partition("::")[0]
