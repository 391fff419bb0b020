"""A rate is told with its days and its articles; one that no article holds is a fault with its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from knowledge_base.content_reading import Reading
from knowledge_base.rate_files import faults_of, load_rates, read_rates
from knowledge_base.rates import NoRate, Rate, RateBook, RateFile
from knowledge_base.sources import LegalText

TEXT = "享受98天产假，其中产前可以休假十五天。从2025年1月1日起，每年3600元，提高到百分之二十。"
LEAVE = LegalText.model_validate(
    {
        "id": "leave-law", "title": "休假条例", "kind": "law", "articles": {"7": {"text": TEXT}},
        "in_force_from": "2012-04-28", "in_force_until": "2029-12-31",
    }
)  # fmt: skip
SOURCES: Mapping[str, LegalText] = {"leave-law": LEAVE}
TAX: dict[str, Any] = {
    "id": "tax",
    "title": "专项附加扣除",
    "rates": [
        {
            "id": "child",
            "title": "每个子女每月",
            "unit": "元",
            "values": [
                {"value": 1000, "from": "2019-01-01", "to": "2022-12-31", "source": "a#5"},
                {"value": 2000, "from": "2023-01-01", "source": ["a#5", "b#1"]},
            ],
        }
    ],
}


def rate(*values: Mapping[str, Any], unit: str = "天") -> Rate:
    return Rate.model_validate({"id": "leave", "title": "产假", "unit": unit, "values": list(values)})


def value(figure: Any = 98, **more: Any) -> dict[str, Any]:
    return {"value": figure, "from": "2012-04-28", "to": "2029-12-31", "source": "leave-law#7", **more}


@pytest.mark.parametrize(
    ("day", "figure", "source"),
    [
        (date(2019, 1, 1), 1000, ("a#5",)),
        (date(2022, 12, 31), 1000, ("a#5",)),
        (date(2023, 1, 1), 2000, ("a#5", "b#1")),
        (date(2099, 1, 1), 2000, ("a#5", "b#1")),
    ],
)
def test_the_value_in_force_on_the_day_is_told_with_its_articles(day: date, figure: int, source: tuple[str]) -> None:
    found = RateBook([RateFile.model_validate(TAX)]).of("tax.child", day)
    assert (found.number, found.unit, found.source) == (Decimal(figure), "元", source)


def test_a_day_before_the_first_value_has_none() -> None:
    with pytest.raises(NoRate) as none:
        RateBook([RateFile.model_validate(TAX)]).of("tax.child", date(2018, 12, 31))
    assert (none.value.title, none.value.on) == ("每个子女每月", date(2018, 12, 31))


def test_a_name_that_there_is_not_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        RateBook().of("tax.child", date(2026, 1, 1))


@pytest.mark.parametrize(
    "values",
    [
        [value(), value(**{"from": "2029-12-31", "to": None})],
        [value(to=None), value(**{"from": "2030-01-01", "to": None})],
        [value(**{"from": "2030-01-01"})],
        [],
    ],
)
def test_values_that_overlap_end_too_early_or_lack_are_refused(values: list[dict[str, Any]]) -> None:
    with pytest.raises(ValidationError):
        rate(*values)


@pytest.mark.parametrize(
    ("written", "unit", "faults"),
    [
        (value(), "天", 0),
        (value(15), "天", 0),
        (value(20), "%", 0),
        (value("2025-01-01"), "", 0),
        (value(300, reckoned="3600元÷12＝300元"), "元", 0),
        (value(99), "天", 1),
        (value(98), "个月", 1),
        (value(300), "元", 1),
        (value("2025-01-02"), "", 1),
        (value(98), "", 1),
        (value(source="leave-law#8"), "天", 1),
        (value(source="no-law#7"), "天", 1),
        (value(**{"from": "2012-04-27"}), "天", 1),
        (value(to="2030-01-01"), "天", 1),
        (value(to=None), "天", 1),
    ],
)
def test_a_figure_stands_in_the_article_that_it_cites_and_in_its_days(
    written: dict[str, Any], unit: str, faults: int
) -> None:
    read = rate(written, unit=unit)
    assert len(list(faults_of(read, read.values[0], SOURCES))) == faults


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        ({"id": "taxes"}, "id", "应与文件名一致：tax"),
        ({"rates": [*TAX["rates"], *TAX["rates"]]}, "rates.1.id", "编号重复：child"),
        ({"rates": [{**TAX["rates"][0], "amount": 1}]}, "rates.0.amount", "没有这个字段，是不是写错了名字"),
        ({"rates": []}, "rates", "太少，至少要有一项"),
    ],
)
def test_a_file_that_is_written_wrongly_is_told_with_its_place_and_left_out(
    tmp_path: Path, change: dict[str, Any], place: str, message: str
) -> None:
    (tmp_path / "rates").mkdir()
    (tmp_path / "rates" / "tax.yml").write_text(json.dumps({**TAX, **change}), "utf-8")
    reading = Reading(tmp_path)
    assert read_rates(reading).rates == {}
    assert (place, message) in [(fault.field, fault.message) for fault in reading.faults]


def test_an_article_that_does_not_hold_its_figure_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "rates").mkdir()
    (tmp_path / "rates" / "tax.yml").write_text(yaml.safe_dump(TAX, allow_unicode=True, sort_keys=False), "utf-8")
    reading = Reading(tmp_path)
    read_rates(reading, SOURCES)
    assert {str(fault) for fault in reading.faults} == {
        "rates/tax.yml:11: rates.0.values.0.source: 没有这条依据：a#5",
        "rates/tax.yml:14: rates.0.values.1.source: 没有这条依据：a#5",
        "rates/tax.yml:14: rates.0.values.1.source: 没有这条依据：b#1",
    }


def test_the_shipped_rates_are_read_once() -> None:
    assert load_rates() is load_rates() and len(load_rates().rates) > 100
