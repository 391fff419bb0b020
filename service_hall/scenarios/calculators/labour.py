"""Time to go to arbitration, and paid days of leave."""

from __future__ import annotations

from decimal import Decimal

from service_hall.scenarios.calculators.calculator import (
    Calculator,
    Computed,
    NoFigure,
    Rates,
    cited,
    computed,
    deadline,
)
from service_hall.scenarios.calculators.days import COUNTED_AS, years_after
from service_hall.scenarios.calculators.inputs import count, day, yes_no
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import WORDS, in_words

_DISPUTE = (
    day("knew", "知道权利受侵害的日子"),
    yes_no("is_unpaid_wage", "是不是欠工资"),
    day("ended", "离职的日子", ahead_days=None, is_optional=True),
)


def arbitration_until(told: Told, rates: Rates) -> Computed | NoFigure:
    """A wage that is owed can be claimed as long as the employment lasts, and a year beyond."""
    years = rates.of("labour.arbitration-years")
    if told.is_so("is_unpaid_wage") and not told.has("ended"):
        return NoFigure(WORDS.say("arbitration-open", years=in_words(years.number)), cited(years))
    begins = told.day("ended") if told.is_so("is_unpaid_wage") else told.day("knew")
    last = years_after(begins, years.whole)
    return deadline(last, rates, "arbitration-until", years, COUNTED_AS)


def annual_leave_days(told: Told, rates: Rates) -> Computed:
    first, second, third = (rates.of(f"labour.leave-{name}-years") for name in ("first", "second", "third"))
    worked = told.number("worked_years")
    if worked < first.number:
        return computed(Decimal(0), "annual-leave-none", first, "annual-leave#2", years=in_words(first.number))
    step = "first" if worked < second.number else "second" if worked < third.number else "third"
    days = rates.of(f"labour.leave-{step}")
    return computed(days.number, "annual-leave", days, worked=in_words(worked), days=in_words(days.number))


CALCULATORS = (
    Calculator("arbitration-until", "最晚哪天申请劳动仲裁", _DISPUTE, arbitration_until),
    Calculator(
        "annual-leave-days", "年休假天数", (count("worked_years", "累计工作年数", "年", 0, 60),), annual_leave_days
    ),
)
