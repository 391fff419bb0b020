from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from knowledge_base.model import Office, ServiceGuide, source_ids
from tests import fakes


def guide(**stated: Any) -> ServiceGuide:
    return ServiceGuide.model_validate({**fakes.DOG, **stated})


def test_a_whole_guide_keeps_what_it_was_given() -> None:
    assert guide().fees.items[1].name == "芯片费"


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="matreials"):
        guide(matreials=[])


def test_a_guide_without_legal_basis_is_refused() -> None:
    with pytest.raises(ValidationError, match="legal_basis"):
        guide(legal_basis=[])


def test_a_guide_without_sources_is_refused() -> None:
    with pytest.raises(ValidationError, match="sources"):
        guide(sources=[])


def test_a_fact_must_name_a_declared_source() -> None:
    with pytest.raises(ValidationError, match="没有声明的来源：hearsay"):
        guide(where={"text": "窗口", "source": "hearsay"})


def test_sample_and_unverified_need_no_declaration() -> None:
    assert guide(
        where={"text": "窗口", "source": "sample"}, proxy={"allowed": "can", "text": "可以", "source": "unverified"}
    )


def test_a_charge_must_name_its_items() -> None:
    with pytest.raises(ValidationError, match="收费事项要写明收费项目"):
        guide(fees={"charged": True, "source": "rule"})


def test_a_negative_fee_is_refused() -> None:
    with pytest.raises(ValidationError, match="amount"):
        guide(fees={"charged": True, "source": "rule", "items": [{"name": "登记费", "amount": -1, "source": "rule"}]})


def test_a_guide_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValidationError, match="失效日期早于生效日期"):
        guide(effective_to="2019-12-31")


def test_a_guide_is_in_force_on_its_first_and_its_last_day() -> None:
    dated = guide(effective_from="2026-01-01", effective_to="2026-12-31")
    in_force = [
        dated.is_in_force(date.fromisoformat(day)) for day in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
    ]
    assert in_force == [False, True, True, False]


def test_blank_text_is_refused() -> None:
    with pytest.raises(ValidationError, match="summary"):
        guide(summary="   ")


def test_source_ids_come_in_reading_order_with_repetitions() -> None:
    both = guide(
        fees={
            "charged": True,
            "source": "rule",
            "items": [{"name": "登记费", "source": "sample"}, {"name": "芯片费", "source": "rule"}],
        }
    )
    assert source_ids(both.fees) == ("sample", "rule", "rule")


def test_source_ids_of_what_is_no_part_are_none() -> None:
    assert source_ids("rule") == () and source_ids(None) == () and source_ids(()) == ()


def test_an_unknown_source_id_has_no_source() -> None:
    assert guide().source("sample") is None


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
