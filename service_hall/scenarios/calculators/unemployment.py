"""For how long unemployment benefit is paid, at most."""

from __future__ import annotations

from decimal import Decimal

from service_hall.scenarios.calculators.calculator import Calculator, Computed, Rates, computed
from service_hall.scenarios.calculators.inputs import count
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import in_words, say_months

_ASKED = (
    count("paid_years", "失业保险缴费年数", "年", 0, 60),
    count("paid_months", "零头月数", "个月", 0, 11, is_optional=True),
    count("left_months", "上次没领完的月数", "个月", 0, 24, is_optional=True),
)


def benefit_months(told: Told, rates: Rates) -> Computed:
    """What was left of an earlier unemployment is added, up to the most."""
    first, second, third, most = (
        rates.of(f"unemployment.{name}") for name in ("from-years", "second-years", "third-years", "most-months")
    )
    paid = told.whole("paid_years") * 12 + told.whole("paid_months", 0)
    if paid < first.whole * 12:
        return computed(Decimal(0), "unemployment-none", first, paid=say_months(paid), years=in_words(first.number))
    step = "first" if paid < second.whole * 12 else "second" if paid < third.whole * 12 else "third"
    months = rates.of(f"unemployment.{step}-months")
    left = told.number("left_months", 0)
    value = min(months.number + left, most.number)
    says = "unemployment-benefit-with-left" if left else "unemployment-benefit"
    return computed(
        value, says, months, most,
        paid=say_months(paid), months=in_words(months.number), left=in_words(left), all=in_words(value),
    )  # fmt: skip


CALCULATORS = (Calculator("unemployment-benefit-months", "失业保险金最长领几个月", _ASKED, benefit_months),)
