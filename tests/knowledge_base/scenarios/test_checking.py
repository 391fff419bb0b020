"""What is wrong in a scenario's file is named, with its place and in the editor's words."""

from __future__ import annotations

import pytest

from knowledge_base.scenarios.checking import Listed, faults_in
from knowledge_base.scenarios.model import Scenario
from knowledge_base.standing import Standing
from knowledge_base.statements import Statement
from tests.fakes import EAST, published
from tests.scenario_town import TODAY, WRITTEN, dog_life, scenario_of

LISTED = Listed("keep-a-dog", "我家要养狗（养狗一件事）", "示范", "个人", ("dog-register",))


def items() -> dict[str, dict[str, Statement]]:
    standing = Standing(published(), EAST, TODAY)
    guides = {item: standing.guide(item) for item in dog_life().items}
    return {item: {each.id: each for each in guide.statements} for item, guide in guides.items() if guide}


def faults_of(scenario: Scenario, listed: Listed | None = LISTED) -> list[str]:
    return [f"{'.'.join(map(str, place))}: {message}" for place, message in faults_in(scenario, listed, items())]


def test_the_town_s_scenario_has_no_fault() -> None:
    assert faults_of(dog_life()) == []


@pytest.mark.parametrize(
    ("was", "now", "complains"),
    [
        ("when: reads", "when: writes", "steps.2.when: 没有叫这个名字的条件：writes"),
        ("{answer: dogs, at_least: 3}", "{answer: cats, at_least: 3}", "conditions.many: 没有这个问题：cats"),
        ("{answer: dogs, at_least: 3}", "{answer: dogs, has: x}", "conditions.many: has 不能用在 number 的问题上：dogs"),
        ("{answer: also, has: reads}", "{answer: also, has: sings}", "conditions.reads: 问题 also 没有这个答案：sings"),
        ("when: {answer: whose, is: family}", "when: {answer: also, is: none}", "questions.2.when: 要看的问题排在后面：also"),
        ("{answer: came-on}, says", "{answer: dogs}, says", "questions.2.bounds.0: 没有可以比的问题：dogs"),
        ("after: vaccine", "after: walk", "steps.1.after: 没有这一步：walk"),
        ("after: vaccine", "after: stall", "steps: 先后绕了圈"),
        ("chip-fee: many", "chip-free: many", "steps.1.statements.chip-free: dog-register 没有这条陈述：chip-free"),
        ("item: night-stall", "item: day-stall", "steps.3.item: 没有在办的事项：day-stall"),
        ("dog-register/vaccine", "dog-register/fee", "papers.0: 没有这条材料：dog-register/fee"),
        ("given_by: vaccine", "given_by: vet", "papers.0: 没有这一步：vet"),
        ("step: register}", "step: walk}", "calculated.0.step: 没有这一步：walk"),
        ("  many: {answer", "  few: {not: few}\n  many: {answer", "conditions.few: 条件绕回了自己"),
        ("  many: {answer", "  few: {answer: dogs, at_most: 1}\n  many: {answer", "conditions.few: 没有用到这个条件"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_place(was: str, now: str, complains: str) -> None:
    assert was in WRITTEN
    assert any(fault.startswith(complains) for fault in faults_of(scenario_of(WRITTEN.replace(was, now, 1))))


def test_a_question_that_changes_nothing_is_a_fault() -> None:
    asked = WRITTEN.replace("conditions:", "  - {id: name, kind: text, ask: 狗叫什么？}\nconditions:", 1)
    assert faults_of(scenario_of(asked)) == ["questions.5: 问了 name 却没有用到答案"]


def test_what_is_not_on_the_list_is_a_fault() -> None:
    assert faults_of(dog_life(), None) == ["id: scenarios.csv 里没有 keep-a-dog"]
    other = Listed("keep-a-dog", "养狗", "示范", "个人", ("dog-register", "tree-felling"))
    assert faults_of(dog_life(), other) == [
        "title: 应与 scenarios.csv 一致：养狗",
        "steps: scenarios.csv 里列的事项没有写到：tree-felling",
    ]


def test_papers_that_look_alike_have_to_be_settled() -> None:
    stranger = {
        item: {
            name: each.model_copy(update={"name": "摊主的身份证"})
            if (item, name) == ("night-stall", "id-card")
            else each
            for name, each in of_item.items()
        }
        for item, of_item in items().items()
    }
    [(place, message)] = faults_in(dog_life(), LISTED, stranger)
    assert place == ("papers",) and "身份证（" in message and "night-stall/id-card" in message
