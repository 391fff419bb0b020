"""Single situations of the shipped life events: what is on the list, which papers, and what is not said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from evaluation.scenarios.report import standing_of
from knowledge_base.content_files import Content, load_content
from service_hall.conversation.reply import ChecklistReply
from service_hall.scenarios.calculators import CALCULATORS
from service_hall.scenarios.checklist import make_checklist, untold
from service_hall.scenarios.telling import tell_checklist
from service_hall.scenarios.way import find_way

TODAY = date(2026, 11, 23)
DIED = {
    "place": "hospital", "funeral": "done", "hukou": "cancelled", "pension": "retired", "paid-years": 30,
    "pension-years": 3, "left": ["none"],
}  # fmt: skip
RETIRES = {
    "worker": "man", "employed": "employer", "years": "enough", "elsewhere": "moved", "archive": "no-archive",
    "fund": "no-fund",
}  # fmt: skip
MARRIES = {"partner": "mainland", "special": ["none"], "checkup": "not-wanted", "move": "stays", "baby": "not-now"}
BORN = {
    "stage": "born", "birth-date": "2026-11-01", "born-where": "hospital", "parents": "unmarried",
    "hukou-with": "mother", "mother-insured": "employer", "babies": 2, "delivery": "normal", "bills-paid": "settled",
}  # fmt: skip
DIVORCE = {
    "stage": "thinking", "agreed": "agreed", "married-where": "mainland", "special": ["pregnant", "violence"],
    "then": ["none"],
}  # fmt: skip


@pytest.fixture(scope="module")
def read() -> Content:
    return load_content()


def made(read: Content, scenario_id: str, answers: Mapping[str, object], *, by_address: bool = False) -> ChecklistReply:
    way = find_way(read.scenarios[scenario_id], answers, TODAY, CALCULATORS)
    assert way.next is None and way.refused is None, way.next
    told = untold(way.told) if by_address else way.told
    standing = standing_of(read, TODAY)
    return tell_checklist(make_checklist(told, standing, None), standing, None)


def steps(reply: ChecklistReply) -> list[str]:
    return [step.step_id for step in reply.steps]


def papers(reply: ChecklistReply, step_id: str) -> set[str]:
    order = next(step.order for step in reply.steps if step.step_id == step_id)
    return {paper.name for paper in reply.materials if order in paper.steps}


def test_a_notice_is_not_applied_to_deaths_before_it_was_in_force(read: Content) -> None:
    late = made(read, "after-a-death", {**DIED, "death-date": "2021-09-01"}).text
    early = made(read, "after-a-death", {**DIED, "death-date": "2021-08-31"}).text
    assert "抚恤金发" in late and "按当时的规定" not in late
    assert "抚恤金发" not in early and "24个月" not in early and "按当时的规定" in early and "12333" in early


@pytest.mark.parametrize(
    ("worker", "born", "plan"),
    [("man", "1950-11-05", "ill"), ("man", "1945-01-05", "early"), ("woman-50", "1946-01-05", "late")],
)
def test_who_is_past_the_age_retires_now(worker: str, born: str, plan: str, read: Content) -> None:
    reply = made(read, "retire", {**RETIRES, "worker": worker, "born": born, "plan": plan})
    assert "pension" in steps(reply) and not {"flexible", "assess", "sick"} & set(steps(reply))
    assert "现在就可以申请养老金" in reply.text and "最早" not in reply.text and "最晚可以延到" not in reply.text


def test_who_may_retire_early_already_is_told_no_past_month(read: Content) -> None:
    reply = made(read, "retire", {**RETIRES, "born": "1966-10-05", "plan": "early"})
    assert "flexible" in steps(reply) and "现在就可以申请弹性提前退休" in reply.text and "2026年10月" not in reply.text


@pytest.mark.parametrize(
    ("born", "plan", "step_id"), [("1968-05-05", "ill", "sick"), ("1965-05-05", "late", "flexible")]
)
def test_other_ways_are_open_before_that(born: str, plan: str, step_id: str, read: Content) -> None:
    reply = made(read, "retire", {**RETIRES, "born": born, "plan": plan})
    assert step_id in steps(reply) and "已经到龄的" not in reply.text


def test_a_mother_alone_brings_her_own_papers(read: Content) -> None:
    alone = made(read, "have-a-baby", BORN)
    assert {"妈妈的身份证", "妈妈的户口簿"} <= papers(alone, "hukou")
    assert any("书面声明" in name for name in papers(alone, "birth-certificate"))
    for step_id in ("hukou", "medical", "social-card", "allowance"):
        assert not any("父母双方" in name or "父母的户口簿" in name for name in papers(alone, step_id)), step_id
    both = made(read, "have-a-baby", {**BORN, "parents": "married"})
    assert "父母双方的身份证" in papers(both, "hukou") and "妈妈的身份证" not in both.text


def test_a_subsidy_is_told_by_child(read: Content) -> None:
    assert "每个孩子每年3600元" in made(read, "have-a-baby", BORN).text


def test_who_is_pregnant_registers_without_waiting_for_the_wedding(read: Content) -> None:
    young = {**MARRIES, "too-young": ["woman"], "woman-born": "2010-05-05", "baby": "expecting"}
    now = next(each for each in made(read, "get-married", young).steps if each.step_id == "birth-registration-now")
    assert now.after == ()
    planned = made(read, "get-married", {**MARRIES, "too-young": ["none"], "baby": "planned"})
    assert next(each for each in planned.steps if each.step_id == "birth-registration").after


def test_who_is_old_enough_does_not_wait(read: Content) -> None:
    old = made(read, "get-married", {**MARRIES, "too-young": ["man"], "man-born": "1990-05-05"})
    assert "wait" not in steps(old) and "已经到了结婚年龄" in old.text
    young = made(read, "get-married", {**MARRIES, "too-young": ["man"], "man-born": "2010-05-05"})
    assert "wait" in steps(young) and "2032年5月5日" in young.text


def test_a_bequest_is_not_said_to_have_all_the_time(read: Content) -> None:
    answers = {"owner": "dead", "mortgage": "clear", "heirs": "will", "heir": "other", "notary": "without"}
    inherit = next(each for each in made(read, "house-to-family", answers).steps if each.step_id == "inherit")
    assert "不用急" not in inherit.reason and any("60日" in each for each in inherit.says)


def test_a_list_at_its_address_tells_no_answer(read: Content) -> None:
    own, shared = made(read, "divorce", DIVORCE), made(read, "divorce", DIVORCE, by_address=True)
    assert "家庭暴力" in own.text and "怀孕" in own.text
    assert not any(word in shared.text for word in ("家庭暴力", "先保证安全", "女方怀孕、刚生完孩子的这段"))
    assert [step.order for step in shared.steps] == list(range(1, len(shared.steps) + 1))
    answers = {**MARRIES, "too-young": ["man"], "man-born": "2010-05-05"}
    assert "2032" in made(read, "get-married", answers).text
    assert "2032" not in made(read, "get-married", answers, by_address=True).text
    unknown = {**DIED, "death-date": "unsure"}
    assert "还不清楚" in made(read, "after-a-death", unknown).text
    assert "还不清楚" not in made(read, "after-a-death", unknown, by_address=True).text
