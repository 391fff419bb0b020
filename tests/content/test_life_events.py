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
MARRIES = {
    "bars": "neither", "partner": "mainland", "special": ["none"], "checkup": "not-wanted", "move": "stays", "baby": "not-now",
}  # fmt: skip
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


@pytest.mark.parametrize("pension", ["retired", "working", "resident"])
def test_the_sums_of_a_year_are_told_of_deaths_of_that_year_alone(pension: str, read: Content) -> None:
    died = {**DIED, "pension": pension}
    now = made(read, "after-a-death", {**died, "death-date": "2026-11-01"}).text
    before = made(read, "after-a-death", {**died, "death-date": "2024-11-01"}).text
    assert ("1200元" in now) is (pension == "resident") and "按去世时的标准算" not in now
    assert not any(each in before for each in ("1200元", "8400元", "46200元")) and "按去世时的标准算" in before


@pytest.mark.parametrize("left", [["car"], ["savings"], ["house", "car", "savings"]])
def test_what_is_disputed_waits_for_no_notary(left: list[str], read: Content) -> None:
    dispute = {**DIED, "death-date": "2026-11-01", "left": left, "sums": "large", "heirs": "dispute", "minor": "nobody"}
    reply = made(read, "after-a-death", dispute)
    assert "settle-dispute" in steps(reply) and not {"notary", "house"} & set(steps(reply))
    assert ("car-disputed" in steps(reply)) is ("car" in left) and "car" not in steps(reply)
    assert "继承公证书" not in reply.text
    agreed = steps(made(read, "after-a-death", {**dispute, "heirs": "agreed"}))
    assert "notary" in agreed and "settle-dispute" not in agreed


def test_the_meters_of_somebody_elses_house_wait_for_no_notary(read: Content) -> None:
    answers = {**DIED, "death-date": "2026-11-01", "left": ["meters", "car"], "heirs": "agreed", "minor": "nobody"}
    reply = made(read, "after-a-death", answers)
    certificate = next(each.order for each in reply.steps if each.step_id == "death-certificate")
    assert next(each.after for each in reply.steps if each.step_id == "meters-alone") == (certificate,)


def test_for_a_child_who_inherits_the_guardian_acts(read: Content) -> None:
    answers = {**DIED, "death-date": "2026-11-01", "left": ["house"], "heirs": "agreed"}
    child = made(read, "after-a-death", {**answers, "minor": "child"})
    assert "监护人代办" in child.text and "不能随便替孩子放弃" in child.text
    assert "监护人" not in made(read, "after-a-death", {**answers, "minor": "nobody"}).text


@pytest.mark.parametrize(
    ("bars", "article"), [("kin", "第一千零四十八条"), ("spoken-for", "第九条"), ("same-sex", "第七条")]
)
def test_whom_the_registry_turns_away_is_told_so_and_nothing_else(bars: str, article: str, read: Content) -> None:
    reply = made(read, "get-married", {"bars": bars})
    assert len(reply.steps) == 1 and not reply.materials and "费用" not in reply.text
    assert article in [each.article for each in reply.steps[0].sources]
    assert steps(made(read, "get-married", {"bars": bars}, by_address=True)) == []


def test_children_are_not_hired_and_the_young_are_spared(read: Content) -> None:
    answers = {"accounts": "both", "contract": "signed", "handler": "self"}
    child = made(read, "hire-people", {**answers, "kinds": ["child"]})
    assert child.steps[0].step_id == "no-child" and "第六十一条" in [each.article for each in child.steps[0].sources]
    assert "young-worker" in steps(made(read, "hire-people", {**answers, "kinds": ["minor"]}))
    assert not {"no-child", "young-worker"} & set(steps(made(read, "hire-people", {**answers, "kinds": ["none"]})))


@pytest.mark.parametrize(
    ("owner", "first"),
    [
        ({"owner": "individual", "runs": "foreigner"}, "foreign-owner"),
        ({"owner": "individual", "runs": "minor"}, "young-owner"),
        ({"owner": "has-licence", "scope": "missing"}, "add-catering"),
    ],
)
def test_who_cannot_simply_open_a_restaurant_is_told_first(owner: dict[str, str], first: str, read: Content) -> None:
    shop = {"area": 60, "place": "shop", "kitchen": "light", "drains": "shared", "sign": "nothing", "staff": 1}
    reply = made(read, "open-restaurant", {**owner, **shop})
    assert reply.steps[0].step_id == first
    food = next(each for each in reply.steps if each.step_id == "food-licence")
    assert food.after, "the food licence waits for it"
    assert ("licence-individual" in steps(reply)) is (owner.get("runs") == "minor")


def test_a_child_born_abroad_has_no_papers_of_a_hospital_here(read: Content) -> None:
    reply = made(read, "have-a-baby", {**BORN, "born-where": "abroad"})
    names = {paper.name for paper in reply.materials}
    assert "孩子的出生医学证明" not in names and not any("首剂" in name for name in names)
    assert any("国外的出生证明" in name for name in names)


@pytest.mark.parametrize(
    ("worker", "born", "plan"),
    [
        ("man", "1950-11-05", "ill"),
        ("man", "1950-11-05", "hard-work"),
        ("man", "1945-01-05", "early"),
        ("woman-50", "1946-01-05", "late"),
    ],
)
def test_who_is_past_the_age_retires_now(worker: str, born: str, plan: str, read: Content) -> None:
    reply = made(read, "retire", {**RETIRES, "worker": worker, "born": born, "plan": plan})
    assert "pension" in steps(reply) and not {"flexible", "special", "assess", "sick"} & set(steps(reply))
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
