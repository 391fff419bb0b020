"""What a list says of fees, and of where a step is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from knowledge_base.statements import Fee
from service_hall.scenarios.checklist import Checklist, make_checklist, totals_of
from service_hall.scenarios.telling import tell_checklist
from service_hall.scenarios.way import find_way
from tests.scenario_town import CALCULATORS, TODAY, dog_life, scenario_library

FIRM = {"whose": "firm", "came-on": date(2026, 11, 1).isoformat(), "dogs": 2}


def made(*fees: Decimal | None) -> Checklist:
    """With these fees of the one item, instead of its own; None: it says nothing of fees."""
    library = scenario_library()
    checklist = make_checklist(find_way(dog_life(), FIRM, TODAY, CALCULATORS).told, library, None)
    guide = library.guide("dog-register")
    assert guide
    one = guide.of(Fee)[0]
    chosen = tuple(one.model_copy(update={"amount": each, "rate": None, "unit": "元/证"}) for each in fees)
    steps = tuple(replace(due, fees=chosen if due.guide else ()) for due in checklist.steps)
    return replace(checklist, steps=steps, totals=totals_of(steps))


def text_of(checklist: Checklist) -> str:
    return tell_checklist(checklist, scenario_library(), None).text


def test_what_some_pay_and_some_do_not_is_said_so() -> None:
    text = text_of(made(Decimal(80), Decimal(0)))
    assert "80元/证；有的情况免费" in text and "费用：合计最多80元。" in text


def test_what_all_pay_is_a_sum() -> None:
    assert "费用：合计80元。" in text_of(made(Decimal(80)))


def test_where_everything_is_free_it_is_said_and_where_nobody_knows_it_is_not() -> None:
    assert "费用：都不收费。" in text_of(made(Decimal(0)))
    assert "都不收费。" not in text_of(made()) and "查到的都不收费" in text_of(made())


def test_a_piece_of_advice_says_nothing_of_windows() -> None:
    lines = text_of(made(Decimal(0))).splitlines()
    advice = next(at for at, line in enumerate(lines) if "打狂犬疫苗" in line)
    assert "要到现场" not in lines[advice + 1] and "网上能办" not in lines[advice + 1]
