"""Until when the capital of a limited company has to be paid up."""

from __future__ import annotations

from service_hall.scenarios.calculators.calculator import Calculator, Computed, Rates, computed, deadline
from service_hall.scenarios.calculators.days import COUNTED_AS, days_after, years_after
from service_hall.scenarios.calculators.inputs import day
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import in_words, say_day


def capital_due(told: Told, rates: Rates) -> Computed:
    """At the latest: for a company that is older than the law, the end of the term to which it may adjust its own."""
    begins = rates.of("companies.law-begins")
    if told.day("founded") >= begins.day:
        years = rates.of("companies.paid-years")
        last = years_after(told.day("founded"), years.whole)
        return deadline(last, rates, "capital-due", years, COUNTED_AS, years=in_words(years.number))
    adjust, since, most = (rates.of(f"companies.older-{name}") for name in ("adjust-until", "from", "years"))
    last = days_after(years_after(since.day, most.whole), -1)
    return computed(
        last, "capital-due-older", begins, adjust, since, most, adjust=say_day(adjust.day), day=say_day(last)
    )


CALCULATORS = (
    Calculator("capital-due", "有限责任公司注册资本最晚哪天缴足", (day("founded", "公司成立的日子"),), capital_due),
)
