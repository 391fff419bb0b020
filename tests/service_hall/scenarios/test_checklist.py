"""The list: steps in order, each paper once, what it costs and takes; told whole by its text."""

from __future__ import annotations

from typing import Any

from knowledge_base.standing import Standing
from service_hall.conversation.reply import ChecklistReply
from service_hall.scenarios.checklist import Checklist, make_checklist
from service_hall.scenarios.telling import tell_checklist
from service_hall.scenarios.way import find_way
from tests.fakes import EAST, TOWN, published
from tests.scenario_town import CALCULATORS, TODAY, dog_life
from tests.visit_town import town_offices

FAMILY = {"whose": "family", "came-on": "2026-11-01", "born-on": "2026-06-01", "dogs": 2, "also": ["reads", "sells"]}


def standing() -> Standing:
    return Standing(published(offices=town_offices()), TOWN, TODAY)


def checklist(region: str | None = None, **changed: Any) -> Checklist:
    answers = {**FAMILY, **{name.replace("_", "-"): value for name, value in changed.items()}}
    return make_checklist(find_way(dog_life(), answers, TODAY, CALCULATORS).told, standing(), region)


def told(region: str | None = None, **changed: Any) -> ChecklistReply:
    return tell_checklist(checklist(region, **changed), standing(), region)


def test_steps_stand_in_order_behind_what_they_wait_for() -> None:
    assert [(step.step_id, step.after) for step in told().steps] == [
        ("vaccine", ()),
        ("register", (1,)),
        ("card", ()),
        ("stall", (2, 3)),
    ]


def test_a_step_that_falls_away_leaves_its_place_to_what_came_before_it() -> None:
    first = told(born_on="2026-10-01").steps[0]
    assert (first.step_id, first.after) == ("register", ())


def test_steps_that_wait_for_the_same_can_be_done_at_the_same_time() -> None:
    assert "第1、3件可以同时办。" in told().text


def test_each_paper_stands_once_with_all_that_want_it() -> None:
    names = [material.name for material in told(EAST).materials]
    assert len(set(names)) == len(names)
    [identity] = [each for each in told(EAST).materials if each.name == "居民身份证"]
    assert identity.needed_by == ("dog-register", "library-card-first", "night-stall")


def test_a_form_is_another_one_at_each_counter() -> None:
    names = [each.name for each in told(EAST).materials]
    assert "给狗上证的申请表" in names and "备案夜市摊位的申请表" in names


def test_a_paper_that_a_step_gives_says_so() -> None:
    [paper] = [each for each in told(EAST).materials if each.name == "狂犬疫苗接种证明"]
    assert paper.given_by == 1 and paper.steps == (2,)
    assert "· 狂犬疫苗接种证明（第1件办好就有，第2件用）" in told(EAST).text


def test_a_fee_that_the_step_decides_counts_only_where_it_holds() -> None:
    assert told(dogs=2).steps[1].fee == ""
    assert told(dogs=3).steps[1].fee == "芯片费30元"


def test_the_limit_is_what_the_place_promises() -> None:
    assert told().steps[1].days == 5
    assert told().totals.days >= 5


def test_what_is_waited_for_in_a_step_in_words_counts_into_the_time() -> None:
    life = dog_life()
    waits = [step.model_copy(update={"wait_days": 45}) if step.id == "vaccine" else step for step in life.steps]
    way = find_way(life.model_copy(update={"steps": tuple(waits)}), FAMILY, TODAY, CALCULATORS)
    made = make_checklist(way.told, standing(), None)
    assert made.steps[0].days == 33 and made.totals.days == 33 + 5 + 20  # then the certificate, then the stall
    assert "最长33个工作日" in tell_checklist(made, standing(), None).text


def test_what_a_calculator_says_stands_below_its_step() -> None:
    assert told(dogs=2).steps[1].says == ("要备2个狗窝。",)


def test_a_note_is_told_where_it_holds() -> None:
    assert "牵绳出门。" not in told(dogs=2).notes
    assert told(dogs=3).notes[0] == "牵绳出门。（未核原文）"


def test_offices_are_those_of_the_region() -> None:
    assert told(EAST).steps[1].office_ids == ("east-hall",)
    assert told().steps[0].office_ids == ()


def test_steps_at_one_hall_are_offered_as_one_visit_unless_one_waits_for_the_other() -> None:
    assert told(EAST).visits == ()  # the stall waits for the dog's papers


def test_what_is_not_checked_is_said() -> None:
    assert "没有核对" in told(dogs=3).text


def test_the_list_is_the_same_whatever_the_order_of_the_answers() -> None:
    backwards = dict(reversed(FAMILY.items()))
    again = make_checklist(find_way(dog_life(), backwards, TODAY, CALCULATORS).told, standing(), None)
    assert tell_checklist(again, standing(), None) == told()


def test_a_step_whose_cost_and_time_are_settled_there_leaves_the_totals_open() -> None:
    life = dog_life()
    open_ended = life.model_copy(
        update={
            "steps": tuple(each if each.item else each.model_copy(update={"open_end": True}) for each in life.steps)
        }
    )
    way = find_way(open_ended, FAMILY, TODAY, CALCULATORS)
    text = tell_checklist(make_checklist(way.told, standing(), None), standing(), None).text
    assert "别的看办理部门" in text and "都不收费。" not in text
