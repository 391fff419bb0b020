"""What questions come to, and what they came to before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service_hall.publishing.hit_testing import Closing
from service_hall.publishing.question_sets import FIRST_SET, Result, SavedQuestion, first_set
from tests.fakes import statement
from tests.publishing_town import ANNA, BERTA, QUESTIONS, PublishingTown


def test_one_question_shows_ranking_reasons_and_the_statement_told(town: PublishingTown) -> None:
    found = town.publishing.hit_testing.try_out("养狗要不要上证")
    assert found.answer.is_hit and found.answer.item == "dog-register" and found.answer.rule
    assert found.answer.statement.startswith("dog-register/")
    first = found.candidates[0]
    assert first.guide_id == "dog-register" and first.likelihood > found.candidates[1].likelihood and first.figures


def test_what_no_guide_answers_is_no_hit(town: PublishingTown) -> None:
    answer = town.publishing.hit_testing.try_out("明天下雨吗").answer
    assert not answer.is_hit and answer.statement == "" and answer.told


def test_a_run_is_kept_and_the_next_one_tells_what_became_another(town: PublishingTown) -> None:
    testing = town.publishing.hit_testing
    first = testing.run_set(FIRST_SET, ANNA)
    assert first and (first.run.asked, first.run.no_hits, first.run.as_expected) == (4, 1, 4)
    assert all(row.before is None and not row.is_another for row in first.rows)
    town.clock.at += timedelta(days=7)
    moved = statement("resident", "condition", "本地养的狗都要上证。", asked=["养狗要不要上证"])
    draft = town.handed_in(moved, statement("summary", "summary", "给狗上证由本人到窗口办理。"))
    town.publishing.reviewing.approve(draft.draft_id, BERTA)
    second = testing.run_set(FIRST_SET, ANNA)
    assert second
    changed = [row for row in second.rows if row.is_another]
    assert [(row.now.question, row.now.statement) for row in changed] == [("养狗要不要上证", "dog-register/resident")]
    assert all(row.before_at and (town.clock.at - row.before_at).days == 7 for row in second.rows)
    assert [run.run_id for run in town.publishing.desk.questions.runs(FIRST_SET)] == [
        second.run.run_id,
        first.run.run_id,
    ]
    again = testing.shown_again(first.run)
    assert [row.now for row in again.rows] == [row.now for row in first.rows]


def test_a_large_set_is_run_while_nobody_waits(town: PublishingTown) -> None:
    testing, runs = town.publishing.hit_testing, town.publishing.desk.questions.runs
    testing.begin_set(FIRST_SET, ANNA)
    testing.begin_set(FIRST_SET, BERTA)  # once at a time
    testing._under_way[FIRST_SET].result()
    assert not testing.is_under_way(FIRST_SET) and [run.by for run in runs(FIRST_SET)][-1] == ANNA
    town.publishing.close()
    with pytest.raises(Closing):
        testing.run(QUESTIONS, ANNA)


def test_names_and_numbers_are_kept_nowhere(town: PublishingTown) -> None:
    sheet = town.publishing.hit_testing.run([SavedQuestion("我手机13812345678，养狗要不要上证")], ANNA)
    [row] = sheet.rows
    assert "13812345678" not in row.now.question
    kept = town.publishing.hit_testing.keep_set(None, "我的", [SavedQuestion("手机13812345678"), *QUESTIONS, *QUESTIONS], False, ANNA)  # fmt: skip
    assert "13812345678" not in kept.questions[0].text and len(kept.questions) == 1 + len(QUESTIONS)


def test_what_is_expected_may_be_that_nothing_answers() -> None:
    def result(item: str, *expects: str) -> Result:
        return Result("问", expects, "answer", (item,), item, "", "", "answered")

    assert result("", "-").is_as_expected and result("a", "a", "b").is_as_expected
    assert result("a", "-").is_as_expected is False and result("a").is_as_expected is None


def test_none_of_the_shipped_questions_is_among_those_by_which_search_is_judged() -> None:
    from evaluation.questions import load_questions
    from evaluation.statements.questions import load_fact_questions

    judged = {each.text for each in load_questions("test")} | {each.text for each in load_fact_questions("test")}
    shipped = {each.text for each in first_set()}
    assert len(shipped) == len(first_set()) > 1000 and not shipped & judged
