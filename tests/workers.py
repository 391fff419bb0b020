"""In what order the tests run, and where several workers share them (`make test`), who runs what.

A file is never divided. What is costly to start, and then serves many tests, is started in one worker: all that need it
are one piece. The longest pieces come first, so that the workers end together.
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

SERVICE = ("tests/dialogue/", "tests/browser/", "tests/stateful/test_wechat_soak.py")
"""Rasa, the service and the browser."""
REAL_MODEL = ("tests/content/", "tests/server/test_bootstrap.py", "tests/knowledge_base/search/test_embed.py")
"""torch alone takes five seconds to read."""
PIECES = (SERVICE, REAL_MODEL)
LONGEST_FIRST = (
    *SERVICE,
    "tests/test_house_rules.py",
    "tests/contract/",
    "tests/channels/",
    *REAL_MODEL,
    "tests/test_rasa_tools.py",
    "tests/stateful/",
)
"""In a clone that is new the first ones wait for the training, minutes on one core and a half: what needs nothing of it
runs beside it meanwhile."""


def turn_of(node_id: str) -> int:
    return next((turn for turn, place in enumerate(LONGEST_FIRST) if node_id.startswith(place)), len(LONGEST_FIRST))


def piece_of(node_id: str) -> str:
    """Tests with the same answer run in one worker, one after the other."""
    return next((piece[0] for piece in PIECES if node_id.startswith(piece)), node_id.partition("::")[0])


class Sharing(LoadScopeScheduling):
    def __init__(self, config: pytest.Config, log: object) -> None:
        # As they come here, not those first that hold the most tests.
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return piece_of(nodeid)
