"""What citizens write is looked at with patterns in the room of hearing, and nowhere else in the hall."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from evaluation.patterns.calls import calls_of_re
from server.settings import ROOT
from service_hall.conversation.acts import Act
from service_hall.hearing import heard
from service_hall.hearing.when.spoken_time import read_when
from tests.service_hall.booking_talk.citizen import Citizen
from tests.visit_town import VisitTown

HALL = ROOT / "service_hall"
ALLOWED = {
    "conversation/message.py": "payloads that buttons carry, and marks that nobody sees, before anything is heard",
    "scenarios/calculators/inputs.py": "whole numbers and days, as fields of a form carry them",
    "conversation/styles.py": "the ends of sentences of an answer, as guides write them",
    "scenarios/telling.py": "what a guide says of a fee",
    "scenarios/answering.py": "answers as JSON carries them, and bounds as content writes them",
}
"""Module → what its patterns read instead of sentences."""


def test_no_module_of_the_hall_but_those_of_hearing_has_patterns() -> None:
    with_patterns = {
        path.relative_to(HALL).as_posix()
        for path in HALL.rglob("*.py")
        if not path.is_relative_to(HALL / "hearing")
        and any(True for _ in calls_of_re(ast.parse(Path(path).read_text("utf-8"))))
    }
    assert with_patterns == ALLOWED.keys()


@pytest.mark.parametrize("first", ["我要预约", "帮我约明天上午去补办借书证", "帮我约明天上午九点补办借书证"])
@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("后天下午两点", Act.GIVE_DETAILS),
        ("周四上午有号吗，我午休过去", Act.RESCHEDULE),
        ("周四上午有号吗，我午休过去", Act.BOOK),
        ("改到周五上午", Act.ASK),
        ("改到周五上午", Act.CHITCHAT),
        ("明天下午", Act.CORRECT),
    ],
)
def test_no_sentence_of_a_booking_is_read_for_its_time_twice(
    first: str, said: str, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen = Citizen(VisitTown())
    citizen.book(first)
    counted: Counter[str] = Counter()

    def counting(text: str, *more: object) -> object:
        counted[text] += 1
        return read_when(text, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(heard, "read_when", counting)
    citizen.say(said, act)
    assert set(counted.values()) == {1}
