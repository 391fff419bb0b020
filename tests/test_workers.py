"""That the workers share the tests as they are meant to."""

from __future__ import annotations

import pytest

from server.settings import ROOT
from tests.workers import LONGEST_FIRST, SERVICE


def test_whoever_asks_the_running_service_is_among_those_of_one_worker(request: pytest.FixtureRequest) -> None:
    """Elsewhere it would be started a second time."""
    asking = [
        item.nodeid
        for item in request.session.items
        if isinstance(item, pytest.Function) and "running_stack_of_both" in item.fixturenames
    ]
    assert [node_id for node_id in asking if not node_id.startswith(SERVICE)] == []


def test_what_comes_first_is_there() -> None:
    assert [place for place in LONGEST_FIRST if not (ROOT / place).exists()] == []
