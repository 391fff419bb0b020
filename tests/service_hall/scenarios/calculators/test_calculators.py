"""What holds for all of them: one sentence for what cannot be, no error whatever is told, sources that are there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.rate_files import CONTENT, load_rates
from knowledge_base.rates import RateBook, RateFile, RateInForce
from knowledge_base.yaml_lines import read_yaml
from service_hall.scenarios import calculators
from service_hall.scenarios.calculators import CALCULATORS, Computed, Impossible, NoFigure
from service_hall.scenarios.calculators.inputs import Input, Kind
from service_hall.scenarios.calculators.words import WORDS
from tests.service_hall.scenarios.calculators.worked import TODAY, refused, unknown, value_of

NAMES = sorted(CALCULATORS)
_WORDING = Path(calculators.__file__).with_name("wording.yml")
_FIELDS = set(re.findall(r"\{(\w+)\}", _WORDING.read_text("utf-8")))
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), DAYS, st.datetimes(), st.just(10**5000),
    st.decimals(), st.lists(st.integers(), max_size=2), st.sampled_from(["2026-02-30", "２０", "-0", "1e9", "0.000001"]),
)  # fmt: skip


def possible(each: Input) -> st.SearchStrategy[object]:
    match each.kind:
        case Kind.DAY:
            return DAYS
        case Kind.NUMBER:
            assert each.least is not None and each.most is not None
            return st.integers(ceil(each.least), int(each.most))
        case Kind.CHOICE:
            return st.sampled_from(list(each.options))
        case Kind.YES_NO:
            return st.booleans()


@pytest.mark.parametrize(
    ("name", "told", "says"),
    [
        ("age", {"born": "2026-11-30"}, "出生日期不能晚于今天（2026年11月29日），请再看一下。"),
        ("age", {"born": "2025-02-29"}, "日历上没有2025-02-29这一天，请再看一下出生日期。"),
        ("age", {"born": "2025-13-01"}, "日历上没有2025-13-01这一天，请再看一下出生日期。"),
        ("age", {"born": "1899-12-31"}, "出生日期的年份要在1900到2099之间，请再看一下。"),
        ("age", {"born": "上个月"}, "出生日期请说年月日，比如2025年3月8日。"),
        ("birth-register-until", {"born": "2027-09-26"}, "孩子的出生日期离今天（2026年11月29日）太远了，请再看一下。"),
        ("age", {}, "还不知道出生日期，请告诉我。"),
        ("adoption-age-reached", {"adopter_born": "1990-01-01", "child_born": "1989-12-31"},
         "孩子的出生日期不能早于收养人的出生日期，请核对一下这两个日期。"),
        ("maternity-leave-days", {"babies": 0}, "这次生的孩子数不能少于1个，请再看一下。"),
        ("maternity-leave-days", {"babies": 10}, "这次生的孩子数不能超过9个，请再看一下。"),
        ("maternity-leave-days", {"babies": "1.5"}, "这次生的孩子数要是整数，不带小数点。"),
        ("maternity-leave-days", {"babies": "一个"}, "这次生的孩子数请用数字说，单位是个。"),
        ("maternity-leave-days", {"babies": 1, "is_difficult": "大概"}, "是不是难产？请回答“是”或者“不是”。"),
        ("unemployment-benefit-months", {"paid_years": -1}, "失业保险缴费年数不能少于0年，请再看一下。"),
        ("unemployment-benefit-months", {"paid_years": 1, "paid_months": 12}, "零头月数不能超过11个月，请再看一下。"),
        ("deed-tax-rate", {"home": "fourth", "area": 90}, "买的是第几套住房，请从这几个里选：家庭唯一住房、家庭第二套住房、第三套及以上。"),
        ("deed-tax-rate", {"home": "first", "area": 0}, "建筑面积要大于0，请再看一下。"),
        ("deed-tax-rate", {"home": "first", "area": 10**5000}, "建筑面积请用数字说，单位是平方米。"),
    ],
)  # fmt: skip
def test_what_cannot_be_gets_one_kind_sentence(name: str, told: Mapping[str, object], says: str) -> None:
    assert refused(name, told) == says


def test_what_is_told_for_others_is_left_alone() -> None:
    assert value_of("age", {"born": "2000-01-01", "price": "很多", "worker": 7}) == 26


def test_words_of_a_choice_do_as_well_as_its_key() -> None:
    told = {"born": "1972-09-15"}
    assert value_of("retirement-age", {**told, "worker": "男职工"}) == value_of(
        "retirement-age", {**told, "worker": "man"}
    )


def test_a_day_without_a_rate_says_so() -> None:
    file = RateFile.model_validate(
        {"id": "ages", "title": "年龄", "rates": [{"id": "ebike", "title": "骑车年龄", "unit": "岁", "values": [
            {"value": 16, "from": "2020-01-01", "to": "2020-12-31", "source": "road-regs#72"}]}]}
    )  # fmt: skip
    book, told = RateBook([file]), {"born": date(2000, 1, 1)}
    assert isinstance(CALCULATORS["ebike-from"](told, date(2020, 12, 31), book), Computed)
    for day in (date(2019, 12, 31), date(2021, 1, 1)):
        outcome = CALCULATORS["ebike-from"](told, day, book)
        assert isinstance(outcome, NoFigure) and "骑车年龄" in outcome.says and f"{day.year}年" in outcome.says


def test_a_rate_of_another_day_is_told_by_that_day() -> None:
    assert "2023年" not in unknown("deduction-children", {"children": 1, "infants": 1}, "2022-12-31")


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=8)
@given(data=st.data(), as_of=DAYS)
def test_nothing_that_is_told_raises(name: str, data: st.DataObject, as_of: date) -> None:
    calculator = CALCULATORS[name]
    told = {each.name: data.draw(ANYTHING | possible(each), label=each.name) for each in calculator.inputs}
    outcome = calculator(told, as_of)
    assert isinstance(outcome, Computed | Impossible | NoFigure) and outcome.says.endswith("。")


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=8)
@given(data=st.data())
def test_what_is_possible_is_computed_with_sources_or_has_no_national_figure(name: str, data: st.DataObject) -> None:
    calculator = CALCULATORS[name]
    told = {each.name: data.draw(possible(each), label=each.name) for each in calculator.inputs}
    outcome = calculator(told, TODAY)
    if isinstance(outcome, Impossible):
        assert any(
            each.kind is Kind.DAY and (each.ahead_days is not None or each.not_before) for each in calculator.inputs
        )
    elif isinstance(outcome, Computed):
        assert outcome.source
        assert calculator(dict(reversed(told.items())), TODAY) == outcome


@pytest.mark.parametrize("worker", ["man", "woman-55", "woman-50"])
@settings(max_examples=30)
@given(born=st.dates(date(1940, 1, 1), date(2020, 1, 1)), days=st.integers(1, 400))
def test_who_is_younger_never_retires_earlier(worker: str, born: date, days: int) -> None:
    for name in ("retirement-age", "retirement-date", "retirement-earliest", "retirement-latest"):
        older = value_of(name, {"worker": worker, "born": born})
        younger = value_of(name, {"worker": worker, "born": born + timedelta(days=days)})
        assert older <= younger


@settings(max_examples=30)
@given(day=st.dates(date(2021, 1, 1), date(2026, 10, 1)), days=st.integers(1, 40))
def test_what_happens_later_ends_no_earlier(day: date, days: int) -> None:
    for name, asked in (
        ("divorce-certificate-until", "applied"), ("birth-register-until", "born"), ("injury-worker-until", "hurt"),
        ("arbitration-until", "knew"), ("marriage-from", "born"),
    ):  # fmt: skip
        told: dict[str, object] = {"party": "man", "place": "village"}
        assert value_of(name, {**told, asked: day}) <= value_of(name, {**told, asked: day + timedelta(days=days)})


@pytest.mark.parametrize(
    ("name", "told", "asked", "most"),
    [
        ("unemployment-benefit-months", {}, "paid_years", 60),
        ("annual-leave-days", {}, "worked_years", 60),
        ("survivor-grant-months", {"state": "working"}, "paid_years", 60),
        ("maternity-leave-days", {}, "babies", 9),
        ("deduction-children", {}, "children", 10),
    ],
)
def test_more_years_or_children_never_give_less(name: str, told: dict[str, Any], asked: str, most: int) -> None:
    values = [value_of(name, {**told, asked: number}) for number in range(1, most + 1)]
    assert values == sorted(values)


@settings(max_examples=30)
@given(born=st.dates(date(1930, 1, 1), date(2026, 11, 29)))
def test_who_is_older_has_no_shorter_card(born: date) -> None:
    long = 100
    earlier = value_of("id-card-years", {"born": born}, "2026-11-29") or long
    later = value_of("id-card-years", {"born": born}, "2027-11-29") or long
    assert earlier <= later


class _Recording(RateBook):
    """The shipped rates, and which of them were looked at."""

    def __init__(self) -> None:
        self.rates = load_rates().rates
        self.used: set[str] = set()

    def of(self, name: str, on: date) -> RateInForce:
        self.used.add(name)
        return super().of(name, on)


def test_no_rate_is_kept_for_nothing() -> None:
    book, chance = _Recording(), Random(7)
    for calculator in CALCULATORS.values():
        for _ in range(150):
            told = {each.name: _at_random(each, chance) for each in calculator.inputs}
            calculator(told, chance.choice((date(2022, 6, 1), TODAY)), book)
    assert book.rates.keys() - book.used == set()


def _at_random(each: Input, chance: Random) -> object:
    match each.kind:
        case Kind.DAY:
            return chance.choice(
                (None, date(chance.choice((1940, 1990, 2003, 2020, 2026)), 1 + chance.randrange(11), 9))
            )
        case Kind.NUMBER:
            assert each.least is not None and each.most is not None
            return chance.randint(ceil(each.least), min(int(each.most), 400))
        case Kind.CHOICE:
            return chance.choice(list(each.options))
        case Kind.YES_NO:
            return chance.random() < 0.5


def test_no_sentence_is_kept_for_nothing() -> None:
    text = "\n".join(path.read_text("utf-8") for path in _WORDING.parent.glob("*.py"))
    named = {name.removesuffix("-late") for name in WORDS.names}
    spoken = {name for name in named if f'"{name}"' in text or f'"{name.removeprefix("impossible-")}"' in text}
    assert {name for name in named - spoken if not name.startswith("capacity-")} == set()


def test_no_figure_of_policy_stands_in_a_sentence() -> None:
    """But for an example of a date, for nothing, and for the 12 points by which a rule is known."""
    with_figures = {name for name in WORDS.names if re.search(r"\d", WORDS.say(name, **dict.fromkeys(_FIELDS, "")))}
    assert with_figures == {
        "impossible-day", "impossible-nothing", "licence-next-years", "licence-next-long", "licence-next-ordinary"
    }  # fmt: skip


def test_every_article_that_a_rule_names_is_kept() -> None:
    text = "\n".join(path.read_text("utf-8") for path in _WORDING.parent.glob("*.py"))
    named = set(re.findall(r'"([a-z0-9-]+)#([^"]+)"', text))
    kept = {
        (source, str(article))
        for source in {source for source, _ in named}
        for article in read_yaml(CONTENT / "sources" / f"{source}.yml").data["articles"]
    }
    assert named and named - kept == set()
