"""When a fact counts as told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evaluation.questions import load_questions
from evaluation.statements.questions import FactQuestion, has_all, load_fact_questions
from evaluation.statements.records import Told, read_told
from evaluation.statements.score import by, score

QUESTION = FactQuestion("s1", "多久发", ("a", "b"), "days", (("15天", "十五日"), ("工资",)), "oral")


def told(text: str, **stated: Any) -> Told:
    return Told(
        **{
            "question": QUESTION,
            "theme": "就业",
            "outcome": "answered",
            "guide_id": "a",
            "offered": (),
            "text": text,
            **stated,
        }
    )


@pytest.mark.parametrize("text", ["工资 15 天内付清。", "工资１５天内付清。", "十五日内付清工资。"])
def test_each_group_must_be_there_however_it_is_written(text: str) -> None:
    assert has_all(QUESTION.must_have, text)


def test_half_of_a_fact_is_not_told() -> None:
    assert not has_all(QUESTION.must_have, "15天内付清。")


def test_a_fact_told_by_another_guide_is_answered_wrong() -> None:
    scores = score([told("工资15天内付清。", guide_id="c")])
    assert (scores.fact_told.count, scores.fact_answered_wrong.count) == (0, 1)


def test_a_fact_far_down_is_told_but_not_first() -> None:
    scores = score([told("先说别的。" * 30 + "工资15天内付清。", guide_id="b"), told("工资15天内付清。")])
    assert (scores.right_guide.count, scores.fact_told.count, scores.fact_told_first.count) == (2, 2, 1)


def test_a_question_back_tells_nothing() -> None:
    scores = score([told("", guide_id="", outcome="clarify", offered=("a",))])
    assert (scores.fact_told.count, scores.fact_answered_wrong.count) == (0, 0)


def test_results_are_read_as_they_were_written() -> None:
    one = told("工资15天内付清。", offered=("a", "b"))
    assert read_told(json.loads(json.dumps(one.as_row))) == one
    assert "就业" in str(by([one], "theme", lambda each: each.theme))


def test_no_question_is_asked_twice() -> None:
    facts = [each.text for split in ("dev", "test") for each in load_fact_questions(split)]
    pages = [each.text for split in ("dev", "test") for each in load_questions(split)]
    assert len({*facts, *pages}) == len(facts) + len(pages)


def test_every_fact_can_be_recognised() -> None:
    assert all(
        each.must_have and all(each.must_have) for split in ("dev", "test") for each in load_fact_questions(split)
    )
