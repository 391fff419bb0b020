from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from knowledge_base.model import Aspect
from knowledge_base.statements import Fact, Statement, Voice
from tests import fakes

_adapter: TypeAdapter[Fact] = TypeAdapter(Statement)


def statement(kind: str = "note", says: str = "旧证交回。", **fields: Any) -> Fact:
    told = {"aspects": ["procedure"], **fields} if kind in ("note", "faq") else fields
    return _adapter.validate_python(fakes.statement("a-fact", kind, says, **told))


@pytest.mark.parametrize(
    ("kind", "fields", "about"),
    [
        ("summary", {}, (Aspect.OVERVIEW,)),
        ("condition", {}, (Aspect.ELIGIBILITY,)),
        ("exclusion", {}, (Aspect.ELIGIBILITY,)),
        ("material", {"name": "照片"}, (Aspect.MATERIALS,)),
        ("step", {"title": "申请"}, (Aspect.PROCEDURE,)),
        ("limit", {"basis": "legal", "value": 20, "unit": "工作日"}, (Aspect.TIME_LIMIT,)),
        ("fee", {"name": "工本费", "amount": 10}, (Aspect.FEE,)),
        ("amount", {"name": "失业保险金", "value": 1680, "unit": "元/月"}, (Aspect.AMOUNT,)),
        ("channel", {"through": "post", "name": "邮寄"}, (Aspect.CHANNELS,)),
        ("visits", {"count": 1}, (Aspect.CHANNELS,)),
        ("reach", {"scope": "全国"}, (Aspect.CHANNELS, Aspect.LOCATION)),
        ("place", {}, (Aspect.LOCATION,)),
        ("contact", {"phone": "12345"}, (Aspect.CONTACT,)),
        ("proxy", {"allowed": "can"}, (Aspect.PROXY,)),
        ("validity", {}, (Aspect.VALIDITY,)),
        ("note", {"aspects": ["fee", "validity"]}, (Aspect.FEE, Aspect.VALIDITY)),
        ("faq", {"aspects": ["fee"], "asked": ["要钱吗"]}, (Aspect.FEE,)),
    ],
)
def test_every_kind_says_what_it_is_about(kind: str, fields: dict[str, Any], about: tuple[Aspect, ...]) -> None:
    assert statement(kind, **fields).about == about


def test_a_statement_may_be_about_something_else_than_its_kind() -> None:
    assert statement("fee", name="体检费", amount=30, aspects=["materials"]).about == (Aspect.MATERIALS,)


@pytest.mark.parametrize("kind", ["note", "faq"])
def test_what_has_no_aspect_of_its_own_must_name_one(kind: str) -> None:
    with pytest.raises(ValidationError, match="要写明属于哪些方面"):
        statement(kind, aspects=[], asked=["要钱吗"])


def test_a_frequent_question_needs_its_question() -> None:
    with pytest.raises(ValidationError, match="常见问题要写问法"):
        statement("faq")


def test_a_bare_question_is_asked_in_a_plain_voice() -> None:
    asked = statement(asked=["要交回吗", {"q": "旧证还要得不", "voice": "southwestern", "decides": "不要"}]).asked
    assert [(each.q, each.voice, each.decides) for each in asked] == [
        ("要交回吗", Voice.PLAIN, ""),
        ("旧证还要得不", Voice.SOUTHWESTERN, "不要"),
    ]


def test_one_source_is_as_good_as_a_list_of_one() -> None:
    assert statement(source="rule#3").source == statement(source=["rule#3"]).source == ("rule#3",)


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("note", {"source": []}, "source"),
        ("note", {"says": "   "}, "says"),
        ("note", {"says": "长" * 161}, "says"),
        ("note", {"id": "Bad Id"}, "id"),
        ("note", {"asked": [{"q": ""}]}, "q"),
        ("note", {"asked": [{"q": "要钱吗", "voice": "shouting"}]}, "voice"),
        ("note", {"emphasis": "loud"}, "emphasis"),
        ("note", {"aspects": ["price"]}, "aspects"),
        ("note", {"phone": "12345"}, "phone"),
        ("note", {"effective_from": "2026-02-30"}, "effective_from"),
        ("note", {"effective_from": "2026-02-01", "effective_to": "2026-01-31"}, "失效日期早于生效日期"),
        ("rumour", {}, "rumour"),
        ("material", {}, "name"),
        ("material", {"name": "照片", "copies": 99}, "copies"),
        ("material", {"name": "照片", "brings": "somebody"}, "brings"),
        ("limit", {"basis": "legal", "value": -1, "unit": "日"}, "value"),
        ("limit", {"basis": "legal", "value": 20, "unit": "光年"}, "unit"),
        ("limit", {"basis": "guessed", "value": 20, "unit": "日"}, "basis"),
        ("fee", {"name": "工本费"}, "要写金额"),
        ("fee", {"name": "工本费", "amount": -1}, "amount"),
        ("amount", {"name": "补贴", "value": -1}, "value"),
        ("channel", {"name": "飞鸽", "through": "pigeon"}, "through"),
        ("channel", {"name": "网页", "through": "computer", "url": "javascript:alert(1)"}, "https://"),
        ("channel", {"name": "网页", "through": "computer", "url": "http://a b"}, "https://"),
        ("visits", {"count": 10}, "count"),
        ("reach", {"scope": "全球"}, "scope"),
        ("contact", {}, "phone"),
        ("proxy", {"allowed": "maybe"}, "allowed"),
    ],
)
def test_what_cannot_be_told_is_refused(kind: str, fields: dict[str, Any], message: str) -> None:
    body = {
        **fakes.statement("a-fact", kind, "旧证交回。", **({"aspects": ["fee"]} if kind == "note" else {})),
        **fields,
    }
    with pytest.raises(ValidationError, match=message):
        _adapter.validate_python(body)


@pytest.mark.parametrize("stated", [{"amount": 0}, {"rate": "1%"}, {"set_by": "省级人民政府"}])
def test_a_fee_is_stated_reckoned_or_set_by_somebody(stated: dict[str, Any]) -> None:
    assert statement("fee", name="登记费", **stated)


def test_a_statement_holds_on_its_first_and_its_last_day() -> None:
    dated = statement(effective_from="2026-01-01", effective_to="2026-12-31")
    days = ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
    assert [dated.is_in_force(date.fromisoformat(day)) for day in days] == [False, True, True, False]
    assert statement().is_in_force(date.min) and statement().is_in_force(date.max)
