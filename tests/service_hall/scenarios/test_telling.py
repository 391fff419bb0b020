"""What a list says of fees, and of where a step is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from knowledge_base.statements import Fee
from service_hall.scenarios.checklist import Checklist, make_checklist, totals_of
from service_hall.scenarios.telling import tell_checklist
from service_hall.scenarios.way import find_way
from tests.scenario_town import CALCULATORS, TODAY, dog_life, scenario_library

FIRM = {"whose": "firm", "came-on": date(2026, 11, 1).isoformat(), "dogs": 2}


def made(*fees: Decimal | None, says: str = "犬只登记不收费。") -> Checklist:
    """With these fees of the one item, instead of its own; None: it says nothing of fees."""
    library = scenario_library()
    checklist = make_checklist(find_way(dog_life(), FIRM, TODAY, CALCULATORS).told, library, None)
    guide = library.guide("dog-register")
    assert guide
    one = guide.of(Fee)[0]
    chosen = tuple(
        one.model_copy(update={"amount": each, "rate": None, "unit": "元/证", "says": says}) for each in fees
    )
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


@pytest.mark.parametrize(
    "says",
    [
        "登记不收费，芯片的钱自己付。",
        "犬只登记一般不收费。",
        "申请登记，按规定不应收费。",
        "免费给养狗的人提供咨询服务。",
        "例如东河区：登记不收任何费用。",
    ],
)
def test_what_is_not_said_to_be_free_outright_is_told_as_it_stands(says: str) -> None:
    text = text_of(made(Decimal(0), says=says))
    assert f"，{says.rstrip('。')}，" in text and "，免费，" not in text and "都不收费" not in text


def test_each_step_says_to_which_office_one_goes() -> None:
    assert "养狗的人去，到东河区政务服务中心，免费" in text_of(made(Decimal(0)))


def test_a_piece_of_advice_says_nothing_of_windows() -> None:
    lines = text_of(made(Decimal(0))).splitlines()
    advice = next(at for at, line in enumerate(lines) if "打狂犬疫苗" in line)
    assert "要到现场" not in lines[advice + 1] and "网上能办" not in lines[advice + 1]


def test_what_was_held_against_no_text_is_marked_where_it_stands() -> None:
    reply = tell_checklist(made(Decimal(0)), scenario_library(), None)
    vaccine, register = reply.steps[:2]
    assert vaccine.says == ("到宠物医院打，拿好接种证明。（未核原文）",)
    assert "未核原文" not in register.fee and not any("未核原文" in each for each in register.says)
    assert reply.notes[-1].startswith("标“未核原文”的") and "· 到宠物医院打，拿好接种证明。（未核原文）" in reply.text


def test_a_paper_that_no_text_asks_for_is_marked() -> None:
    checklist = made(Decimal(0))
    assert not any(paper.is_unverified for paper in checklist.papers)
    unread = replace(checklist, papers=(replace(checklist.papers[0], is_unverified=True), *checklist.papers[1:]))
    reply = tell_checklist(unread, scenario_library(), None)
    assert [each.unverified for each in reply.materials].count(True) == 1
    assert "用，未核原文）" in reply.text


def test_each_step_cites_what_is_told_of_it_and_no_more() -> None:
    reply = tell_checklist(made(Decimal(0)), scenario_library(), None)
    vaccine, register = reply.steps[:2]
    assert not vaccine.sources and register.sources
    assert set(register.sources) <= set(reply.sources)
