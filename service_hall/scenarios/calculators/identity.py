"""For how long an identity card or a passport is valid, by the age at which it is applied for."""

from __future__ import annotations

from decimal import Decimal

from service_hall.scenarios.calculators.calculator import Calculator, Computed, Rates, computed, deadline
from service_hall.scenarios.calculators.days import COUNTED_AS, age_on, months_after, years_after
from service_hall.scenarios.calculators.inputs import day
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import in_words, say_day

_ASKED = (day("born", "出生日期"),)
LONG_TERM = Decimal(0)
"""长期: no end."""


def card_years(told: Told, rates: Rates) -> Computed:
    adult, middle, long = (rates.of(f"identity.card-{name}") for name in ("from-age", "middle-age", "long-age"))
    years = age_on(told.day("born"), rates.as_of)
    if years >= long.whole:
        return computed(LONG_TERM, "id-card-long", long, age=str(years))
    step = "child" if years < adult.whole else "young" if years < middle.whole else "middle"
    valid = rates.of(f"identity.card-{step}-years")
    return computed(valid.number, "id-card-years", valid, age=str(years), years=in_words(valid.number))


def card_apply_until(told: Told, rates: Rates) -> Computed:
    age, months = rates.of("identity.card-from-age"), rates.of("identity.card-apply-months")
    reached = years_after(told.day("born"), age.whole)
    last = months_after(reached, months.whole)
    return deadline(
        last, rates, "id-card-apply-until", age, months, COUNTED_AS, age=in_words(age.number), reached=say_day(reached)
    )


def passport_years(told: Told, rates: Rates) -> Computed:
    limit = rates.of("identity.passport-age")
    years = age_on(told.day("born"), rates.as_of)
    valid = rates.of("identity.passport-years" if years >= limit.whole else "identity.passport-child-years")
    return computed(valid.number, "passport-years", valid, limit, age=str(years), years=in_words(valid.number))


CALCULATORS = (
    Calculator("id-card-years", "身份证有效期（年，0是长期）", _ASKED, card_years),
    Calculator("id-card-apply-until", "满16周岁后最晚哪天申领身份证", _ASKED, card_apply_until),
    Calculator("passport-years", "普通护照有效期（年）", _ASKED, passport_years),
)
