"""Until when a birth and a death are registered, and for how many months the family of a dead employee is paid."""

from __future__ import annotations

from decimal import Decimal

from knowledge_base.rates import RateInForce
from service_hall.scenarios.calculators.calculator import (
    Calculator,
    Computed,
    NoFigure,
    Rates,
    cited,
    computed,
    deadline,
)
from service_hall.scenarios.calculators.days import COUNTED_AS, days_after, months_after
from service_hall.scenarios.calculators.inputs import birth_of_child, choice, count, day
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import WORDS, cents, in_words

PLACES = {"city": "城市", "village": "农村"}
STATES = {"working": "还没退休", "retired": "已经退休"}
_BORN = (birth_of_child(),)
_DIED = (choice("place", "在城市还是农村", PLACES), day("died", "去世的日子"))
_PAID = (
    choice("state", "去世时退没退休", STATES),
    count("paid_years", "养老保险缴费年数", "年", 0, 60),
    count("paid_months", "零头月数", "个月", 0, 11, is_optional=True),
    count("pension_years", "领了几年养老金", "年", 0, 60, is_optional=True),
)


def birth_register_until(told: Told, rates: Rates) -> Computed:
    months = rates.of("births-and-deaths.birth-months")
    last = months_after(told.day("born"), months.whole)
    return deadline(last, rates, "birth-register-until", months, COUNTED_AS, months=in_words(months.number))


def newborn_insurance_until(told: Told, rates: Rates) -> Computed:
    days = rates.of("births-and-deaths.insurance-days")
    last = days_after(told.day("born"), days.whole)
    return deadline(last, rates, "newborn-insurance-until", days, days=in_words(days.number))


def death_register_until(told: Told, rates: Rates) -> Computed | NoFigure:
    months = rates.of("births-and-deaths.death-months")
    if told.chosen("place") == "city":
        return NoFigure(WORDS.say("death-register-city"), cited(months))
    last = months_after(told.day("died"), months.whole)
    return deadline(last, rates, "death-register-until", months, COUNTED_AS, months=in_words(months.number))


def grant_months(told: Told, rates: Rates) -> Computed:
    months, held_by = _grant(told, rates)
    least = rates.of("births-and-deaths.grant-second-years")
    if told.number("paid_years") >= least.number:
        return computed(months, "survivor-grant-months", *held_by, months=_rounded(months))
    return computed(
        months, "survivor-grant-months-capped", *held_by, least, "survivors#不足五年封顶",
        months=_rounded(months), years=in_words(least.number),
    )  # fmt: skip


def _grant(told: Told, rates: Rates) -> tuple[Decimal, tuple[RateInForce | str, ...]]:
    """Months of income, with twelfths for single months paid."""
    second, third, rise, most = (
        rates.of(f"births-and-deaths.grant-{name}")
        for name in ("second-years", "third-years", "rise-years", "most-months")
    )
    paid = told.number("paid_years") + told.number("paid_months", 0) / 12
    step = "first" if paid < second.number else "second" if paid < third.number else "third"
    base = rates.of(f"births-and-deaths.grant-{step}-months")
    months = min(base.number + max(paid - rise.number, Decimal(0)), most.number)
    if told.chosen("state") == "working":
        return months, (base, most, "survivors#零头月份")
    least = rates.of("births-and-deaths.grant-retired-least-months")
    return max(months - told.number("pension_years", 0), least.number), (least, most, "survivors#退休抚恤金")


def _rounded(months: Decimal) -> str:
    return in_words(cents(months))


CALCULATORS = (
    Calculator("birth-register-until", "出生登记最晚哪天", _BORN, birth_register_until),
    Calculator("newborn-insurance-until", "新生儿参加居民医保最晚哪天", _BORN, newborn_insurance_until),
    Calculator("death-register-until", "死亡登记最晚哪天", _DIED, death_register_until),
    Calculator("survivor-grant-months", "抚恤金发几个月", _PAID, grant_months),
)
