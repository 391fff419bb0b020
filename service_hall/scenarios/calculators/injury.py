"""Injured at work: until when to have it identified, and the one-off payments."""

from __future__ import annotations

from service_hall.scenarios.calculators.calculator import Calculator, Computed, Rates, computed, deadline
from service_hall.scenarios.calculators.days import COUNTED_AS, days_after, years_after
from service_hall.scenarios.calculators.inputs import count, day, measure
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import cents, in_words

_HURT = (day("hurt", "受伤或者诊断职业病的日子"),)
_LEVEL = (count("level", "伤残等级", "级", 1, 10),)
_WAGE = measure("monthly_wage", "本人月平均缴费工资", "元", 1_000_000)


def employer_until(told: Told, rates: Rates) -> Computed:
    days = rates.of("injury.employer-days")
    last = days_after(told.day("hurt"), days.whole)
    return deadline(last, rates, "injury-employer-until", days, days=in_words(days.number))


def worker_until(told: Told, rates: Rates) -> Computed:
    years = rates.of("injury.worker-years")
    last = years_after(told.day("hurt"), years.whole)
    return deadline(last, rates, "injury-worker-until", years, COUNTED_AS, years=in_words(years.number))


def grant_months(told: Told, rates: Rates) -> Computed:
    months = rates.of(f"injury.grant-level-{told.whole('level')}")
    return computed(
        months.number, "injury-grant-months", months, level=str(told.whole("level")), months=in_words(months.number)
    )


def grant(told: Told, rates: Rates) -> Computed:
    months = rates.of(f"injury.grant-level-{told.whole('level')}")
    amount = cents(months.number * told.number("monthly_wage"))
    return computed(
        amount, "injury-grant", months, "injury#64",
        level=str(told.whole("level")), months=in_words(months.number),
        wage=in_words(told.number("monthly_wage")), amount=in_words(amount),
    )  # fmt: skip


def death_grant(told: Told, rates: Rates) -> Computed:
    """By the income of the year before the accident."""
    times, income = rates.of("injury.death-times"), rates.of("injury.urban-income", told.day("hurt"))
    amount = times.number * income.number
    return computed(
        amount, "work-death-grant", times, income,
        income=in_words(income.number), times=in_words(times.number), amount=in_words(amount),
    )  # fmt: skip


CALCULATORS = (
    Calculator("injury-employer-until", "单位最晚哪天申请工伤认定", _HURT, employer_until),
    Calculator("injury-worker-until", "自己最晚哪天申请工伤认定", _HURT, worker_until),
    Calculator("injury-grant-months", "一次性伤残补助金发几个月工资", _LEVEL, grant_months),
    Calculator("injury-grant", "一次性伤残补助金", (*_LEVEL, _WAGE), grant),
    Calculator("work-death-grant", "一次性工亡补助金", _HURT, death_grant),
)
