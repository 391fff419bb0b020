from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from knowledge_base.model import Aspect, Office, ServiceGuide
from knowledge_base.statements import Fee, Material
from tests import fakes
from tests.fakes import statement


def guide(*changed: dict[str, Any], **stated: Any) -> ServiceGuide:
    """The dog's, with these statements and fields."""
    return ServiceGuide.model_validate(fakes.telling(fakes.DOG, *changed, **stated))


def test_a_whole_guide_keeps_what_it_was_given() -> None:
    assert [fee.name for fee in guide().of(Fee)] == ["登记费", "芯片费"]


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="matreials"):
        guide(matreials=[])


def test_a_guide_without_legal_basis_is_refused() -> None:
    with pytest.raises(ValidationError, match="legal_basis"):
        guide(legal_basis=[])


def test_a_guide_that_says_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="statements"):
        ServiceGuide.model_validate({**fakes.DOG, "statements": []})


def test_a_guide_says_nothing_twice_under_one_id() -> None:
    twice = [*fakes.DOG["statements"], statement("fee", "note", "又一条。", aspects=["fee"])]
    with pytest.raises(ValidationError, match="陈述的 id 重复：fee"):
        ServiceGuide.model_validate({**fakes.DOG, "statements": twice})


def test_what_hangs_on_an_answer_is_in_the_guide() -> None:
    asked = {"ask": "证是丢了还是坏了", "options": {"丢了": ["fee"], "坏了": ["no-such-thing"]}}
    with pytest.raises(ValidationError, match="hangs_on 提到了没有的陈述：no-such-thing"):
        guide(hangs_on=[asked])


def test_a_guide_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValidationError, match="失效日期早于生效日期"):
        guide(effective_to="2019-12-31")


def test_a_guide_is_in_force_on_its_first_and_its_last_day() -> None:
    dated = guide(effective_from="2026-01-01", effective_to="2026-12-31")
    in_force = [
        dated.is_in_force(date.fromisoformat(day)) for day in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
    ]
    assert in_force == [False, True, True, False]


def test_what_the_whole_item_comes_down_to_is_its_summary() -> None:
    of_fees = statement("of-fees", "summary", "登记和芯片一共80元。", aspects=["fee"])
    assert guide(of_fees).summary == "给狗上证由本人到窗口办理。"


def test_without_a_summary_the_first_thing_said_stands_for_it() -> None:
    bare = ServiceGuide.model_validate({**fakes.DOG, "statements": fakes.DOG["statements"][1:]})
    assert bare.summary == "本地居民可以办。"


def test_of_an_aspect_the_summary_comes_first_and_the_rest_in_its_order() -> None:
    of_fees = statement("of-fees", "summary", "登记和芯片一共80元。", aspects=["fee"])
    assert [each.id for each in guide(of_fees).about(Aspect.FEE)] == ["of-fees", "fee", "chip-fee"]


def test_a_statement_is_found_by_its_id() -> None:
    found = guide().statement("form")
    assert isinstance(found, Material) and found.name == "申请表" and guide().statement("from") is None


def test_questions_are_those_of_all_statements() -> None:
    asked = statement("chip-fee", "fee", "芯片费30元。", name="芯片费", amount=30, asked=["打个芯片多少钱"])
    assert guide(asked).questions == ("养狗要不要上证", "家里新买的狗去哪里登记", "打个芯片多少钱")


def test_references_come_in_reading_order_with_repetitions() -> None:
    both = guide(statement("fee", "fee", "登记费50元。", ["sample", "rule#3"], name="登记费", amount=50))
    assert both.references()[0] == "rule#3" and both.references()[8:10] == ("sample", "rule#3")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("opening_hours", []),
        ("opening_hours", [{"days": [1], "opens": "17:00", "closes": "09:00"}]),
        ("opening_hours", [{"days": [8], "opens": "09:00", "closes": "17:00"}]),
        ("opening_hours", [{"days": [1], "opens": "9:00", "closes": "17:00"}]),
        ("opening_hours", [{"days": [1], "opens": "09:00", "closes": "24:00"}]),
        ("location", {"lat": 91, "lon": 0}),
        ("guides", []),
        ("region", "城里"),
    ],
)
def test_an_office_that_cannot_be_visited_is_refused(field: str, value: Any) -> None:
    whole = fakes.office("hall", "大厅", fakes.TOWN, ["dog-register"]).model_dump()
    with pytest.raises(ValidationError, match=field):
        Office.model_validate({**whole, field: value})
