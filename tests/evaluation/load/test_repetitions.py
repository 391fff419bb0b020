"""Texts made of repetitions, through all that a message goes through in the service: none freezes it.

The clock here tells a freeze from an answer and nothing finer; `python -m evaluation.load.repetitions` measures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from evaluation.load.open_questions import open_questions
from evaluation.load.repetitions import LONGEST, USUAL, milliseconds_of, take, texts
from knowledge_base.library import Library
from service_hall.booking_talk.listening import MOST_CLAUSES
from service_hall.conversation.context import Context
from service_hall.hall import Hall, make_hall
from service_hall.hearing.when import days as spoken_days
from tests.visit_town import VisitTown, visit_library, visitor

FREEZE_MS = 3_000
NODES = {"item", "office", "when", "person", "confirm", "which", "cancel", "confirm_move"}


@pytest.fixture
def hall() -> Hall:
    return make_hall(VisitTown().means)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often a sentence is read for its days, and looked up in the library."""
    done: Counter[str] = Counter()

    def counting(name: str, of: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any) -> Any:
            done[name] += 1
            return of(*given)

        return called

    monkeypatch.setattr(spoken_days, "_find", counting("days", spoken_days._find))
    monkeypatch.setattr(Library, "evidence", counting("library", Library.evidence))
    yield done


def test_texts_are_of_the_usual_length_and_of_the_longest() -> None:
    said = list(texts(visit_library(), 40))
    assert {len(text) for text in said} <= {*range(60, USUAL + 1), *range(LONGEST - 60, LONGEST + 1)}
    assert sum(len(text) > USUAL for text in said) == 4 and len(set(said)) > 35  # two may be made alike
    assert said == list(texts(visit_library(), 40)) != list(texts(visit_library(), 40, seed=2))


def test_somebody_stands_at_every_question(hall: Hall) -> None:
    assert open_questions(hall, 1).keys() == NODES
    assert open_questions(hall, 2).keys() == NODES  # others, though the first are still there


def test_repetitions_are_answered_at_every_question(hall: Hall) -> None:
    took = list(take(hall, list(texts(visit_library(), 160, seed=3)), nodes_each=1))
    assert {each.node for each in took} == {*NODES, ""} and len(took) == 320
    assert max(took, key=lambda each: each.ms).ms < FREEZE_MS


@pytest.mark.parametrize("text", ["预约" + "帮我" * 60, "明白了" * 20 + "？", "，还是" * 300, "身份证不" + "需要" * 60])
@pytest.mark.parametrize("node", ["", "item", "confirm", "person"])
def test_what_once_froze_the_service_is_answered(hall: Hall, text: str, node: str) -> None:
    visitor_id, context = open_questions(hall, 1)[node] if node else (visitor(), Context())
    assert milliseconds_of(hall, visitor_id, text, context) < FREEZE_MS


@pytest.mark.parametrize("clause", ["好，", "明天吗？", "三点 ", "啊？"])
def test_however_many_clauses_a_message_has_so_many_are_read(hall: Hall, counted: Counter[str], clause: str) -> None:
    for visitor_id, context in open_questions(hall, 1).values():
        counted.clear()
        milliseconds_of(hall, visitor_id, clause * (LONGEST // len(clause)), context)
        assert counted["days"] <= 2 * MOST_CLAUSES + 10 and counted["library"] <= 5, context.walk
