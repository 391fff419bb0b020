"""When an employee may retire, by the gradual schedule: later by a month for every few months, up to a limit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from knowledge_base.rates import RateInForce
from service_hall.scenarios.calculators.calculator import Calculator, Computed, Rates, computed
from service_hall.scenarios.calculators.days import COUNTED_AS, months_after, years_after
from service_hall.scenarios.calculators.inputs import choice, day
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import in_words, say_age, say_month, say_months

WORKERS = {"man": "男职工", "woman-55": "原55周岁退休的女职工", "woman-50": "原50周岁退休的女职工"}
_ASKED = (choice("worker", "哪类职工", WORKERS), day("born", "出生日期"))
_MONTHS = 12


def retirement_age(told: Told, rates: Rates) -> Computed:
    months, held_by = _age(told, rates)
    born, worker = told.day("born"), WORKERS[told.chosen("worker")]
    return computed(
        Decimal(months), "retirement-age", *held_by,
        born=say_month(born), worker=worker, age=say_age(months), month=say_month(months_after(born, months)),
    )  # fmt: skip


def retirement_date(told: Told, rates: Rates) -> Computed:
    months, held_by = _age(told, rates)
    reached = months_after(told.day("born"), months)
    says = "retirement-reached" if reached <= rates.as_of else "retirement-date"
    return computed(reached, says, *held_by, COUNTED_AS, age=say_age(months), month=say_month(reached))


def retirement_earliest(told: Told, rates: Rates) -> Computed:
    """No earlier than the age that held before the schedule. Where that day is past, it is said to be open now."""
    months, held_by = _age(told, rates)
    earlier, notice = rates.of("retirement.earlier"), rates.of("retirement.earlier-notice")
    original = _of(told, rates, "original")
    first = months_after(told.day("born"), max(original.whole * _MONTHS, months - earlier.whole * _MONTHS))
    says = "retirement-earliest-now" if first <= rates.as_of else "retirement-earliest"
    years, held_by_years = fewest_years(max(first, rates.as_of), rates)
    return computed(
        first, says, earlier, notice, *held_by, *held_by_years,
        month=say_month(first), years=say_months(int(years * _MONTHS)),
        most=in_words(earlier.number), notice=in_words(notice.number),
    )  # fmt: skip


def retirement_latest(told: Told, rates: Rates) -> Computed:
    months, held_by = _age(told, rates)
    later, notice = rates.of("retirement.later"), rates.of("retirement.later-notice")
    last = years_after(months_after(told.day("born"), months), later.whole)
    return computed(
        last, "retirement-latest", later, notice, *held_by,
        month=say_month(last), most=in_words(later.number), notice=in_words(notice.number),
    )  # fmt: skip


def minimum_contribution_years(told: Told, rates: Rates) -> Computed:
    years, held_by = fewest_years(told.day("retires"), rates)
    paid = say_months(int(years * _MONTHS))
    return computed(years, "minimum-contribution-years", *held_by, year=str(told.day("retires").year), years=paid)


def fewest_years(retires: date, rates: Rates) -> tuple[Decimal, tuple[RateInForce, ...]]:
    """That must have been paid by whoever retires that day; half years count."""
    fewest, rise, step, final = (
        rates.of(f"retirement.{name}")
        for name in ("fewest-years", "fewest-years-rise", "fewest-years-step", "fewest-years-final")
    )
    steps = max(retires.year - rise.day.year + 1, 0)
    return min(fewest.number + step.number * steps / _MONTHS, final.number), (fewest, rise, step, final)


def _age(told: Told, rates: Rates) -> tuple[int, tuple[RateInForce, ...]]:
    """In months. Whoever reached the old age before the schedule began retires by it."""
    original, final, every = (_of(told, rates, name) for name in ("original", "final", "every"))
    begins = rates.of("retirement.begins")
    reached = years_after(told.day("born"), original.whole)
    since = (reached.year - begins.day.year) * _MONTHS + reached.month - begins.day.month
    delay = since // every.whole + 1 if since >= 0 else 0
    most = (final.whole - original.whole) * _MONTHS
    return original.whole * _MONTHS + min(delay, most), (begins, original, final, every)


def _of(told: Told, rates: Rates, name: str) -> RateInForce:
    return rates.of(f"retirement.{told.chosen('worker')}-{name}")


CALCULATORS = (
    Calculator("retirement-age", "法定退休年龄", _ASKED, retirement_age),
    Calculator("retirement-date", "法定退休的日子", _ASKED, retirement_date),
    Calculator("retirement-earliest", "弹性提前退休最早的日子", _ASKED, retirement_earliest),
    Calculator("retirement-latest", "弹性延迟退休最晚的日子", _ASKED, retirement_latest),
    Calculator(
        "minimum-contribution-years", "最低缴费年限", (day("retires", "退休的日子", ahead_days=None),),
        minimum_contribution_years,
    ),
)  # fmt: skip
