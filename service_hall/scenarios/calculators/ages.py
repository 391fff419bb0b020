"""Ages that an errand looks at: to marry, to act for oneself, to adopt, to ride."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from service_hall.scenarios.calculators.calculator import Calculator, Computed, Rates, computed
from service_hall.scenarios.calculators.days import COUNTED_AS, age_on, years_after
from service_hall.scenarios.calculators.inputs import choice, day, yes_no
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import in_words, say_day

PARTIES = {"man": "男方", "woman": "女方"}
CAPACITIES = {"none": "无民事行为能力", "limited": "限制民事行为能力", "full": "完全民事行为能力"}
_BORN = day("born", "出生日期")
_PARTY = (choice("party", "男方还是女方", PARTIES), _BORN)
_ADOPTION = (
    day("adopter_born", "收养人的出生日期"),
    day("child_born", "孩子的出生日期", not_before="adopter_born"),
    yes_no("is_single_of_other_sex", "是不是无配偶收养异性子女"),
)


def age(told: Told, rates: Rates) -> Computed:
    years = age_on(told.day("born"), rates.as_of)
    return computed(Decimal(years), "age", COUNTED_AS, day=say_day(rates.as_of), years=str(years))


def marriage_from(told: Told, rates: Rates) -> Computed:
    """A birthday on 29 February falls on the 28th in a common year."""
    return _marriage(told, rates)[0]


def is_old_enough_to_marry(told: Told, rates: Rates) -> Computed:
    known, first = _marriage(told, rates)
    return replace(known, value=first <= rates.as_of)


def capacity(told: Told, rates: Rates) -> Computed:
    limited, own, adult = (rates.of(f"ages.{name}") for name in ("limited-capacity", "own-income", "adult"))
    years = age_on(told.day("born"), rates.as_of)
    if years < limited.whole:
        kind = "none"
    elif years >= adult.whole or (years >= own.whole and told.is_so("lives_by_own_work")):
        kind = "full"
    else:
        kind = "limited"
    return computed(kind, f"capacity-{kind}", limited, own, adult, "civil-code#18", years=str(years))


def may_adopt(told: Told, rates: Rates) -> Computed:
    """By their ages alone; the other conditions are for the window."""
    least, apart, adult = rates.of("ages.adopter"), rates.of("ages.adopter-apart"), rates.of("ages.adult")
    adopter, child = told.day("adopter_born"), told.day("child_born")
    if age_on(child, rates.as_of) >= adult.whole:
        return computed(False, "adoption-child-grown", adult, "civil-code#1093", years=in_words(adult.number))
    if age_on(adopter, rates.as_of) < least.whole:
        return computed(False, "adoption-too-young", least, years=in_words(least.number))
    if told.is_so("is_single_of_other_sex") and years_after(adopter, apart.whole) > child:
        return computed(False, "adoption-too-near", apart, years=in_words(apart.number))
    return computed(True, "adoption-age-reached", least, apart, adult)


def ebike_from(told: Told, rates: Rates) -> Computed:
    years = rates.of("ages.ebike")
    first = years_after(told.day("born"), years.whole)
    return computed(first, "ebike-from", years, COUNTED_AS, years=in_words(years.number), day=say_day(first))


def _marriage(told: Told, rates: Rates) -> tuple[Computed, date]:
    years = rates.of(f"ages.marriage-{told.chosen('party')}")
    first = years_after(told.day("born"), years.whole)
    says = "marriage-reached" if first <= rates.as_of else "marriage-from"
    party = PARTIES[told.chosen("party")]
    known = computed(first, says, years, COUNTED_AS, party=party, years=in_words(years.number), day=say_day(first))
    return known, first


CALCULATORS = (
    Calculator("age", "周岁", (_BORN,), age),
    Calculator("marriage-from", "从哪天起可以登记结婚", _PARTY, marriage_from),
    Calculator("marriage-age-reached", "到没到结婚年龄", _PARTY, is_old_enough_to_marry),
    Calculator(
        "capacity", "民事行为能力", (_BORN, yes_no("lives_by_own_work", "是不是靠自己的劳动收入生活")), capacity
    ),
    Calculator("adoption-age-reached", "收养的年龄条件", _ADOPTION, may_adopt),
    Calculator("ebike-from", "从哪天起可以骑电动自行车", (_BORN,), ebike_from),
)
