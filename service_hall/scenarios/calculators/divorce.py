"""The two periods of a divorce by agreement: days to think it over, then days to take the certificate."""

from __future__ import annotations

from datetime import date

from knowledge_base.rates import RateInForce
from service_hall.scenarios.calculators.calculator import Calculator, Computed, Rates, computed, deadline
from service_hall.scenarios.calculators.days import days_after, postponed
from service_hall.scenarios.calculators.inputs import day
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import say_day

_ASKED = (day("applied", "提交离婚申请的日子", ahead_days=None),)


def withdraw_until(told: Told, rates: Rates) -> Computed:
    last, held_by = _cooling_off(told, rates)
    return deadline(last, rates, "divorce-withdraw-until", held_by)


def certificate_from(told: Told, rates: Rates) -> Computed:
    last, held_by = _cooling_off(told, rates)
    first = days_after(last, 1)
    return computed(first, "divorce-certificate-from", held_by, day=say_day(first))


def certificate_until(told: Told, rates: Rates) -> Computed:
    last, held_by = _cooling_off(told, rates)
    days = rates.of("divorce.certificate")
    until = postponed(days_after(last, days.whole))
    return deadline(until, rates, "divorce-certificate-until", held_by, days, first=say_day(days_after(last, 1)))


def _cooling_off(told: Told, rates: Rates) -> tuple[date, RateInForce]:
    """Its last day, moved behind the days off."""
    days = rates.of("divorce.cooling-off")
    return postponed(days_after(told.day("applied"), days.whole)), days


CALCULATORS = (
    Calculator("divorce-withdraw-until", "离婚冷静期的最后一天", _ASKED, withdraw_until),
    Calculator("divorce-certificate-from", "从哪天起可以领离婚证", _ASKED, certificate_from),
    Calculator("divorce-certificate-until", "最晚哪天领离婚证", _ASKED, certificate_until),
)
