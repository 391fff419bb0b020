"""What went wrong when people tried it, and must not again. A line of `cases.jsonl` stands for its kind; `by` names the
part of the house that settles it: what is still to come is expected to fail, and says so when it no longer does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from evaluation.dialogue.generate import play
from evaluation.dialogue.score import score
from evaluation.dialogue.script import NOW, read_dialogue
from evaluation.stack import Stack
from evaluation.visitor import Visitor, open_door
from tests.running_hall import opening_time, set_clock

pytestmark = pytest.mark.rasa

SETTLED = {"house", "hearing", "safe", "knowledge", "scenarios"}
ROWS = [json.loads(line) for line in (Path(__file__).parent / "cases.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def address(running_stack_of_both: Stack) -> Iterator[str]:
    """On the Monday at which all cases play."""
    set_clock(running_stack_of_both.settings, datetime.fromisoformat(NOW))
    yield running_stack_of_both.url
    set_clock(running_stack_of_both.settings, opening_time())


def _cases() -> Iterator[Any]:
    for row in ROWS:
        later = [pytest.mark.xfail(reason=f"to be settled by: {row['by']}", strict=True, raises=AssertionError)]
        yield pytest.param(row, id=row["id"], marks=() if row["by"] in SETTLED else later)


@pytest.mark.parametrize("row", list(_cases()))
def test_it_does_not_go_wrong_again(row: dict[str, Any], address: str) -> None:
    dialogue = read_dialogue({name: value for name, value in row.items() if name != "by"})
    with open_door(address) as http:
        [judged] = score([dialogue], [play(dialogue, Visitor(http))])
    assert [str(miss) for miss in judged.misses] == []
