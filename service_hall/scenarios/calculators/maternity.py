"""Maternity leave as the nation grants it, and what is paid meanwhile."""

from __future__ import annotations

from knowledge_base.rates import RateInForce
from service_hall.scenarios.calculators.calculator import Calculator, Computed, Rates, computed
from service_hall.scenarios.calculators.inputs import count, measure, yes_no
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import cents, in_words

_BIRTH = (
    count("babies", "这次生的孩子数", "个", 1, 9),
    yes_no("is_difficult", "是不是难产"),
)
_PREGNANCY = (measure("pregnant_months", "怀孕月数", "个月", 10, least="0"),)
_PAY = (
    measure("average_wage", "单位上年度职工月平均工资", "元", 1_000_000),
    count("leave_days", "产假天数", "天", 1, 400),
)


def leave_days(told: Told, rates: Rates) -> Computed:
    leave, further = rates.of("maternity.leave"), rates.of("maternity.each-further")
    held_by: list[RateInForce] = [leave]
    days = leave.number
    if told.is_so("is_difficult"):
        difficult = rates.of("maternity.difficult")
        days += difficult.number
        held_by.append(difficult)
    if told.whole("babies") > 1:
        days += further.number * (told.whole("babies") - 1)
        held_by.append(further)
    before = rates.of("maternity.before-birth")
    return computed(
        days, "maternity-leave", *held_by, before, "family-planning-law#25",
        days=in_words(days), before=in_words(before.number),
    )  # fmt: skip


def miscarriage_leave_days(told: Told, rates: Rates) -> Computed:
    limit = rates.of("maternity.miscarriage-months")
    is_late = told.number("pregnant_months") >= limit.number
    days = rates.of("maternity.miscarriage-late" if is_late else "maternity.miscarriage-early")
    says = "miscarriage-leave-long" if is_late else "miscarriage-leave-short"
    return computed(days.number, says, days, limit, months=in_words(limit.number), days=in_words(days.number))


def allowance(told: Told, rates: Rates) -> Computed:
    by = rates.of("maternity.allowance-days")
    amount = cents(told.number("average_wage") / by.number * told.number("leave_days"))
    return computed(
        amount, "maternity-allowance", "female-worker#8", by,
        wage=in_words(told.number("average_wage")), by=in_words(by.number), days=in_words(told.number("leave_days")),
        amount=in_words(amount),
    )  # fmt: skip


CALCULATORS = (
    Calculator("maternity-leave-days", "产假天数（国家规定）", _BIRTH, leave_days),
    Calculator("miscarriage-leave-days", "流产假天数", _PREGNANCY, miscarriage_leave_days),
    Calculator("maternity-allowance", "生育津贴", _PAY, allowance),
)
