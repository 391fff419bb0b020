"""The language of conditions: what can be written, and when it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from knowledge_base.scenarios.conditions import Answer, Condition, full_years, holds, read_condition

DAY = date(2026, 11, 29)


@dataclass
class Told:
    answers: dict[str, Answer] = field(default_factory=dict)
    figures: dict[str, object] = field(default_factory=dict)
    names: dict[str, Condition] = field(default_factory=dict)
    as_of: date = DAY

    def answer(self, question: str) -> Answer | None:
        return self.answers.get(question)

    def computed(self, name: str) -> object:
        return self.figures.get(name)

    def named(self, name: str) -> bool:
        return holds(self.names[name], self)


TOLD = Told(
    answers={
        "who": "me",
        "some": ("a", "b"),
        "none": (),
        "many": Decimal(3),
        "born": date(2008, 2, 29),
        "area": "unsure",
    },
    figures={"months": Decimal(12), "may": True},
    names={"mine": read_condition({"answer": "who", "is": "me"})},
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("mine", True),
        ({"not": "mine"}, False),
        ({"all": ["mine", {"answer": "many", "at_least": 3}]}, True),
        ({"any": [{"not": "mine"}, {"answer": "many", "more_than": 3}]}, False),
        ({"answer": "who", "is": "you"}, False),
        ({"answer": "who", "in": ["you", "me"]}, True),
        ({"answer": "some", "has": "b"}, True),
        ({"answer": "some", "has_any": ["c", "a"]}, True),
        ({"answer": "some", "is": "none"}, False),
        ({"answer": "none", "is": "none"}, True),
        ({"answer": "many", "at_most": 2}, False),
        ({"answer": "many", "less_than": 3.5}, True),
        ({"answer": "born", "before": "2008-03-01"}, True),
        ({"answer": "born", "since": "2008-03-01"}, False),
        ({"answer": "born", "years_at_least": 18}, True),
        ({"answer": "born", "years_less_than": 18}, False),
        ({"answer": "born", "days_at_least": 6848}, True),
        ({"answer": "area", "at_least": 0}, False),
        ({"answer": "area", "is": "unsure"}, True),
        ({"answer": "nobody", "is": "me"}, False),
        ({"not": {"answer": "nobody", "answered": True}}, True),
        ({"answer": "who", "answered": True}, True),
        ({"computed": "months", "at_least": 12}, True),
        ({"computed": "may", "is": True}, True),
        ({"computed": "unknown", "at_least": 0}, False),
    ],
)
def test_it_holds_as_written(written: object, expected: bool) -> None:
    assert holds(read_condition(written), TOLD) is expected


@pytest.mark.parametrize(
    ("written", "complains"),
    [
        ({}, "条件应当是"),
        (7, "条件应当是"),
        ({"all": []}, "一列条件"),
        ({"all": "mine"}, "一列条件"),
        ({"answer": "who"}, "只用一种比法"),
        ({"answer": "who", "is": "a", "in": ["b"]}, "只用一种比法"),
        ({"answer": "who", "computed": "x", "is": "a"}, "看一个答案"),
        ({"answer": "who", "equals": "a"}, "没有这种比法"),
        ({"answer": "who", "in": "a"}, "一列答案"),
        ({"answer": "many", "at_least": "3"}, "数字"),
        ({"answer": "born", "before": "2008-2-1"}, "日期"),
        ({"answer": "born", "years_at_least": -1}, "整数"),
        ({"answer": "who", "answered": False}, "反过来用 not"),
        ({"not": {"not": {"not": {"not": {"not": {"not": {"not": "mine"}}}}}}}, "太深"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(written: object, complains: str) -> None:
    with pytest.raises(ValueError, match=complains):
        read_condition(written)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 11, 29), DAY, 0),
        (date(2025, 11, 30), DAY, 0),
        (date(2025, 11, 29), DAY, 1),
    ],
)
def test_years_are_birthdays_passed(born: date, on: date, years: int) -> None:
    assert full_years(born, on) == years
