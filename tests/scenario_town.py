"""The made-up town where somebody gets a dog, and what the hall makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from knowledge_base.library import Library
from knowledge_base.scenarios.model import Scenario
from knowledge_base.yaml_lines import lined_yaml
from tests.fakes import build_town, published
from tests.town_house import SharedShelf
from tests.visit_town import town_offices

DOG_LIFE = "keep-a-dog"
TODAY = date(2026, 11, 25)

WRITTEN = """
id: keep-a-dog
title: 我家要养狗（养狗一件事）
theme: 示范
audience: 个人
opening: 恭喜添了新成员！
first: {says: 先给狗上证，再带它出门。, source: rule#3}
words: [养狗, 小狗, 狗狗]
asked:
  - 我家要养狗，都要办什么
  - 刚抱了只小狗，手续有哪些
  - 养狗要跑哪些地方
  - 家里添了条狗，从头到尾怎么弄
  - 想养条狗，一步步怎么办
  - 小狗接回家要办的事
  - 养狗一件事
  - 老伴想养条狗，要办啥
  - 捡了只流浪狗想留下，要办哪些
  - 朋友送我一只狗，后面都要办啥
  - 养狗的全套手续
  - 准备养狗，先办什么后办什么
questions:
  - id: whose
    kind: single
    ask: 狗是谁养？
    options:
      - {value: family, label: 自己家养, means: [家里, 自己, 个人], said: [陪老人作伴, 给孩子解闷]}
      - {value: firm, label: 单位养来看门, means: [公司, 单位, 厂里], said: [守着仓库, 夜里巡逻]}
  - id: came-on
    kind: date
    ask: 狗是哪天到家的？
    fact: dog-came-on
    bounds:
      - {not_after: today, says: 这一天还没到，请填狗已经到家的日子。}
      - {not_before: today-20y, says: 年份好像写错了，请再看一下。}
  - id: born-on
    kind: date
    ask: 狗是哪天生的？
    when: {answer: whose, is: family}
    unsure: {label: 不知道, means: [不清楚]}
    bounds:
      - {not_after: {answer: came-on}, says: 狗总是先出生再到家，请看一下日子。}
  - id: dogs
    kind: number
    ask: 一共几只？
    unit: 只
    bounds:
      - {at_least: 1, says: 至少有1只，请重新填。}
      - {at_most: 20, says: 养这么多请先打12345问一下。}
  - id: also
    kind: multi
    ask: 还打算做什么？
    when: family
    options:
      - {value: reads, label: 带它去图书馆, means: [图书馆, 看书], said: [一起去听故事]}
      - {value: sells, label: 夜市卖狗粮, means: [夜市, 摆摊], said: [晚上出摊]}
    none: {label: 都没有, means: [没有]}
conditions:
  family: {answer: whose, is: family}
  many: {answer: dogs, at_least: 3}
  reads: {answer: also, has: reads}
  young: {answer: born-on, days_less_than: 90}
calculated:
  - {id: pens, compute: pens, with: {dogs: {answer: dogs}}, step: register}
steps:
  - id: vaccine
    title: 打狂犬疫苗
    says: 到宠物医院打，拿好接种证明。
    source: unverified
    when: {not: young}
    reason: 上证要看接种证明。
    urgent: true
    at_hall: false
  - id: register
    item: dog-register
    after: vaccine
    reason: 不上证的狗不能出门。
    who: 养狗的人
    statements: {chip-fee: many}
  - id: card
    item: library-card-first
    when: reads
    reason: 没有借书证进不去。
  - id: stall
    item: night-stall
    when: {answer: also, has: sells}
    after: [register, card]
    reason: 摆摊要备案。
papers:
  - {id: vaccine, name: 狂犬疫苗接种证明, of: [dog-register/vaccine], also_for: register, given_by: vaccine}
notes:
  - {says: 牵绳出门。, source: unverified, when: many}
"""


@dataclass(frozen=True)
class Pens:
    value: object
    says: str
    source: tuple[str, ...] = ("rule#3",)
    input: str = ""


def pens(inputs: Any, as_of: date) -> Pens:
    """One a dog."""
    if "dogs" not in inputs:
        return Pens(None, "", input="dogs")
    return Pens(inputs["dogs"], f"要备{inputs['dogs']}个狗窝。")


CALCULATORS = {"pens": pens}


@lru_cache(maxsize=1)
def dog_life() -> Scenario:
    return scenario_of(WRITTEN)


def scenario_of(written: str) -> Scenario:
    return Scenario.model_validate(lined_yaml(written).data)


@lru_cache(maxsize=1)
def scenario_library() -> Library:
    return build_town(published(offices=town_offices(), scenarios={DOG_LIFE: dog_life()}))


class SharedScenarioShelf(SharedShelf):
    """The town whose offices take bookings, and that knows what a dog in the house takes."""

    def restock(self) -> None:
        self._library = scenario_library()
