"""The national childcare subsidy: how many months, how much in all, and until when to ask for it first."""

from __future__ import annotations

from datetime import date
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
from service_hall.scenarios.calculators.days import years_after
from service_hall.scenarios.calculators.inputs import birth_of_child
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import in_words, say_day, say_month

_ASKED = (birth_of_child(),)


def subsidy_months(told: Told, rates: Rates) -> Computed:
    months, held_by = _months(told, rates)
    if not months:
        return _too_old(rates, held_by)
    return computed(Decimal(months), "childcare-months", *held_by, months=str(months), age=in_words(held_by[1].number))


def subsidy_total(told: Told, rates: Rates) -> Computed:
    """In all, over the years, what a place adds aside."""
    months, held_by = _months(told, rates)
    if not months:
        return _too_old(rates, held_by)
    monthly, yearly = rates.of("childcare.monthly"), rates.of("childcare.yearly")
    total = monthly.number * months
    begins, until, *_ = held_by
    says = "childcare-total" if told.day("born") >= begins.day else "childcare-total-older"
    return computed(
        total, says, *held_by, yearly, monthly,
        months=str(months), monthly=in_words(monthly.number), yearly=in_words(yearly.number), total=in_words(total),
        begins=say_month(begins.day), age=in_words(until.number),
    )  # fmt: skip


def apply_until(told: Told, rates: Rates) -> Computed | NoFigure:
    months, held_by = _months(told, rates)
    if not months:
        return NoFigure(_too_old(rates, held_by).says, cited(*held_by))
    older = rates.of("childcare.older-apply-until")
    born = told.day("born")
    last = date(born.year + 1, 12, 31) if born >= rates.of("childcare.begins").day else older.day
    return deadline(last, rates, "childcare-apply-until", *held_by, older)


def _months(told: Told, rates: Rates) -> tuple[int, tuple[RateInForce, ...]]:
    """From the later of birth and beginning to the third birthday, that day included; a month that is begun counts as
    one. 0: she was too old by then."""
    begins, until, born_from = (rates.of(f"childcare.{name}") for name in ("begins", "until-age", "born-from"))
    born = told.day("born")
    if born >= begins.day:
        return until.whole * 12, (begins, until)
    ends = years_after(born, until.whole)
    months = (ends.year - begins.day.year) * 12 + ends.month - begins.day.month + 1
    return months if born >= born_from.day else 0, (begins, until, born_from)


def _too_old(rates: Rates, held_by: tuple[RateInForce, ...]) -> Computed:
    begins, until, *_ = held_by
    return computed(Decimal(0), "childcare-too-old", *held_by, day=say_day(begins.day), age=in_words(until.number))


CALCULATORS = (
    Calculator("childcare-subsidy-months", "育儿补贴发几个月", _ASKED, subsidy_months),
    Calculator("childcare-subsidy-total", "育儿补贴一共多少", _ASKED, subsidy_total),
    Calculator("childcare-subsidy-apply-until", "育儿补贴首次申请截止", _ASKED, apply_until),
)
