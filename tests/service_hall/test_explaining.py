"""Why a sentence is answered as it is."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from knowledge_base.search.find import figures_named
from server.explaining import lines_of
from service_hall.conversation.context import Context
from service_hall.explaining import Explained, explain
from service_hall.hall import Hall
from service_hall.shared.ids import VisitorId
from tests.fakes import town_hall

QUESTION = "借书证丢了怎么补办"


@pytest.fixture(scope="module")
def hall() -> Hall:
    return town_hall()


@pytest.fixture(scope="module")
def explained(hall: Hall) -> Explained:
    return hall.explain(QUESTION)


def test_it_comes_to_what_the_hall_would_answer(hall: Hall, explained: Explained) -> None:
    turn = hall.reception.respond_alone(VisitorId("v"), QUESTION, Context())
    assert (explained.rule, explained.outcome) == (turn.reason, turn.outcome.value)
    assert explained.weighed.decision == "answer" and explained.weighed.decided == ("library-card-lost",)


def test_every_figure_is_named_and_they_sum_to_the_likelihood(hall: Hall, explained: Explained) -> None:
    first, *others = explained.weighed.candidates
    assert first.guide_id == "library-card-lost" and all(first.likelihood >= each.likelihood for each in others)
    total = first.bias + sum(figure.speaks for figure in first.figures)
    assert first.likelihood == pytest.approx(1 / (1 + 2.718281828 ** -max(-30, min(30, total))), abs=1e-6)
    evidence = hall.library().evidence(QUESTION)[0]
    assert len(set(figures_named(evidence))) == len(first.figures)


def test_the_rules_before_it_are_told_in_order_and_the_one_that_answered_is_none_of_them(explained: Explained) -> None:
    assert explained.declined.index("open_walk_hears") < explained.declined.index("says_nothing")
    assert explained.rule not in explained.declined


def test_each_step_of_hearing_is_told_once(hall: Hall) -> None:
    heard = hall.explain("借書證丟咗點辦").heard
    assert [step.text for step in heard] == ["借書證丟咗點辦", "借书证丢咗点办", "借书证丢了怎么办"]
    assert len(hall.explain(QUESTION).heard) == 1


def test_names_and_numbers_are_masked_before_anything_else(hall: Hall) -> None:
    told = json.dumps(asdict(hall.explain("我的手机是13812345678，借书证丢了")), ensure_ascii=False)
    assert "13812345678" not in told


@pytest.mark.parametrize("text", ["", "？", "你好", "我要预约", "取消预约", "\x00😀", "/ask_fee{}", "长" * 5000])
def test_whatever_is_said_is_explained(hall: Hall, text: str) -> None:
    explained = hall.explain(text)
    assert explained.rule and "\n".join(lines_of(explained)).count(f"Rule: {explained.rule}") == 1


def test_what_is_printed_tells_bars_and_reply(explained: Explained) -> None:
    told = "\n".join(lines_of(explained))
    assert "met    " in told and "an item is answered: lead" in told
    assert "1. " in told and "library-card-lost" in told and explained.replies[0].splitlines()[0] in told


def test_it_leaves_no_trace_where_nobody_asks_for_one(hall: Hall) -> None:
    explain(hall.library(), hall.reception, QUESTION)
    assert hall.reception.respond_alone(VisitorId("v"), QUESTION, Context()).reason
