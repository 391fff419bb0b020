"""When a driving licence is renewed, for how long, and what age changes."""

from __future__ import annotations

from decimal import Decimal

from service_hall.scenarios.calculators.calculator import Calculator, Computed, Rates, computed, deadline
from service_hall.scenarios.calculators.days import COUNTED_AS, days_after, years_after
from service_hall.scenarios.calculators.inputs import choice, day, yes_no
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import in_words, say_day

TERMS = {"six": "6年", "ten": "10年"}
LONG_TERM = Decimal(0)
"""长期: no end."""
_BORN = (day("born", "出生日期"),)
_TERM = (choice("term", "现在驾驶证的有效期", TERMS), yes_no("had_12_points", "有没有记满过12分", is_optional=False))


def renew_from(told: Told, rates: Rates) -> Computed:
    days, years = rates.of("driving.renew-days"), rates.of("driving.void-years")
    expires = told.day("expires")
    first, void = days_after(expires, -days.whole), years_after(expires, years.whole)
    says = (
        "licence-renew-from" if rates.as_of <= expires else "licence-expired" if rates.as_of <= void else "licence-void"
    )
    return computed(
        first, says, days, years,
        first=say_day(first), last=say_day(expires), void=say_day(void), years=in_words(years.number),
    )  # fmt: skip


def next_years(told: Told, rates: Rates) -> Computed:
    """Whoever reached 12 points gets the ordinary term again."""
    first, second = rates.of("driving.first-years"), rates.of("driving.second-years")
    if told.is_so("had_12_points"):
        return computed(first.number, "licence-next-ordinary", first, second, years=in_words(first.number))
    if told.chosen("term") == "ten":
        return computed(LONG_TERM, "licence-next-long", second)
    return computed(second.number, "licence-next-years", second, years=in_words(second.number))


def check_from(told: Told, rates: Rates) -> Computed:
    age, days = rates.of("driving.check-age"), rates.of("driving.check-days")
    first = years_after(told.day("born"), age.whole)
    says = "licence-check-now" if first <= rates.as_of else "licence-check-from"
    return computed(
        first, says, age, days, COUNTED_AS, age=in_words(age.number), day=say_day(first), days=in_words(days.number)
    )  # fmt: skip


def heavy_until(told: Told, rates: Rates) -> Computed:
    """The birthday itself is too late: 以上 includes it."""
    age = rates.of("driving.heavy-age")
    last = days_after(years_after(told.day("born"), age.whole), -1)
    return deadline(last, rates, "licence-heavy-until", age, COUNTED_AS, age=in_words(age.number))


CALCULATORS = (
    Calculator(
        "driving-licence-renew-from", "从哪天起可以换驾驶证",
        (day("expires", "驾驶证有效期截止日", ahead_days=None),), renew_from,
    ),
    Calculator("driving-licence-next-years", "换发的驾驶证有效期（年，0是长期）", _TERM, next_years),
    Calculator("driving-check-from", "从哪天起每年体检", _BORN, check_from),
    Calculator("driving-heavy-until", "大中型客货车开到哪天", _BORN, heavy_until),
)  # fmt: skip
