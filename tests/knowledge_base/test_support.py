"""How well a statement is held: by the article in force, figure by figure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from knowledge_base.sources import LegalText
from knowledge_base.statements import Note
from knowledge_base.support import State, Support, support_of
from tests import fakes
from tests.fakes import legal_text

ON = date(2026, 6, 1)
LAW = legal_text("law", "证件法", {"3": "三十日内办结。", "4": "每证四十元。"}, in_force_from="2020-01-01")
READ = LegalText.model_validate(
    {
        "id": "guide",
        "title": "办事指南",
        "kind": "notice",
        "articles": {
            "时限": {"text": "10日内。", "hold": "read", "read_at": "https://x.cn/a", "read_on": "2026-01-01"},
        },
    }
)
TITLE_ONLY = legal_text("letter", "某某复函", {})
ENDED = legal_text("old", "旧办法", {"1": "三十日内。"}, in_force_until="2026-05-31")
COMING = legal_text("new", "新办法", {"1": "三十日内。"}, in_force_from="2026-06-02")
SOURCES = {each.id: each for each in (LAW, READ, TITLE_ONLY, ENDED, COMING)}


def held(says: str, *source: str, on: date = ON, **fields: Any) -> Support:
    body = fakes.statement("a-fact", "note", says, list(source), aspects=["fee"], **fields)
    return support_of(Note.model_validate(body), SOURCES, on)


@pytest.mark.parametrize(
    ("says", "source", "state"),
    [
        ("30天内办好。", ["law#3"], State.VERIFIED),
        ("30天内办好，每证40元。", ["law#3", "law#4"], State.VERIFIED),
        ("本人来办。", ["law#3"], State.VERIFIED),
        ("10天内办好。", ["guide#时限"], State.READ),
        ("10天内办好，每证40元。", ["guide#时限", "law#4"], State.READ),
        ("本人来办。", ["letter"], State.UNVERIFIED),
        ("本人来办。", ["law"], State.UNVERIFIED),
        ("本人来办。", ["law#3", "letter"], State.UNVERIFIED),
        ("本人来办。", ["law#99"], State.UNVERIFIED),
        ("本人来办。", ["no-such-law#3"], State.UNVERIFIED),
        ("本人来办。", ["unverified"], State.UNVERIFIED),
        ("本人来办。", ["law#3", "unverified"], State.UNVERIFIED),
        ("本人来办。", ["sample"], State.SAMPLE),
        ("本人来办，40元。", ["sample", "law#3"], State.SAMPLE),
    ],
)
def test_a_statement_is_held_by_what_it_cites(says: str, source: list[str], state: State) -> None:
    assert held(says, *source).state is state


def test_a_figure_that_stands_in_no_article_is_named() -> None:
    support = held("30天内办好，每证20元。", "law#3", "law#4")
    assert support.state is State.UNVERIFIED and {str(each) for each in support.missing} == {"20元"}


def test_working_days_are_no_days() -> None:
    assert held("30个工作日内办好。", "law#3").state is State.UNVERIFIED


def test_a_lawful_calculation_is_held_with_its_formula() -> None:
    assert held("夫妻两人一共80元。", "law#4").state is State.UNVERIFIED
    assert held("夫妻两人一共80元。", "law#4", reckoned="40元×2人＝80元").state is State.VERIFIED


@pytest.mark.parametrize(("source", "day"), [("old#1", date(2026, 5, 31)), ("new#1", date(2026, 6, 2))])
def test_what_is_not_in_force_that_day_holds_nothing(source: str, day: date) -> None:
    support = held("30天内办好。", source)
    assert (support.state, support.ended) == (State.UNVERIFIED, (source.partition("#")[0],))
    assert held("30天内办好。", source, on=day).state is State.VERIFIED


def test_what_rests_on_no_article_lacks_no_figure() -> None:
    assert held("每证40元。", "letter").missing == frozenset()
