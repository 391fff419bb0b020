"""What is deducted from one's income each month before tax, and from the year's for a private pension."""

from __future__ import annotations

from decimal import Decimal

from knowledge_base.rates import NoRate
from service_hall.scenarios.calculators.calculator import Calculator, Computed, NoFigure, Rates, cited, computed
from service_hall.scenarios.calculators.days import age_on
from service_hall.scenarios.calculators.inputs import choice, count, day, measure, yes_no
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import WORDS, in_words

HOMES = {
    "mortgage": "首套房贷", "rent-large": "租房，在直辖市、省会或者计划单列市",
    "rent-middle": "租房，市辖区户籍人口超过100万", "rent-small": "租房，其他城市",
}  # fmt: skip
_CHILDREN = (
    count("children", "满3岁在读的孩子", "个", 0, 10),
    count("infants", "3岁以下的孩子", "个", 0, 10, is_optional=True),
    yes_no("is_shared", "是不是夫妻各扣一半"),
)
_ELDERLY = (day("elder_born", "老人的出生日期"), yes_no("is_only_child", "是不是独生子女", is_optional=False))


def children(told: Told, rates: Rates) -> Computed:
    child, half = rates.of("deductions.child"), rates.of("deductions.half")
    infants = told.number("infants", 0)
    infant = rates.of("deductions.infant") if infants else None
    monthly = child.number * told.number("children") + (infant.number * infants if infant else 0)
    if told.is_so("is_shared"):
        monthly = monthly * half.number / 100
    says = "deduction-children-half" if told.is_so("is_shared") else "deduction-children"
    return computed(monthly, says, child, *([infant] if infant else []), half, monthly=in_words(monthly))


def elderly(told: Told, rates: Rates) -> Computed | NoFigure:
    """Among brothers and sisters the sum is shared; what one of them may take at most is not known for every day."""
    age, whole = rates.of("deductions.elderly-age"), rates.of("deductions.elderly")
    if age_on(told.day("elder_born"), rates.as_of) < age.whole:
        return computed(Decimal(0), "deduction-elderly-young", age, age=in_words(age.number))
    if told.is_so("is_only_child"):
        return computed(whole.number, "deduction-elderly", whole, age, monthly=in_words(whole.number))
    try:
        share = rates.of("deductions.elderly-share")
    except NoRate:
        return NoFigure(
            WORDS.say("deduction-elderly-shared", monthly=in_words(whole.number)), cited(whole, "deduction-2018-41#22")
        )
    return computed(share.number, "deduction-elderly-share", share, whole, age, monthly=in_words(share.number))


def home(told: Told, rates: Rates) -> Computed:
    """Rent or mortgage, never both in one year."""
    amount = rates.of(f"deductions.{told.chosen('home')}")
    return computed(
        amount.number, "deduction-home", amount, "deduction-2018-41#20",
        home=HOMES[told.chosen("home")], monthly=in_words(amount.number),
    )  # fmt: skip


def private_pension(told: Told, rates: Rates) -> Computed:
    most = rates.of("deductions.private-pension")
    amount = min(told.number("paid"), most.number)
    return computed(amount, "private-pension", most, most=in_words(most.number), amount=in_words(amount))


CALCULATORS = (
    Calculator("deduction-children", "孩子每月扣多少（子女教育、婴幼儿照护）", _CHILDREN, children),
    Calculator("deduction-elderly", "赡养老人每月扣多少", _ELDERLY, elderly),
    Calculator("deduction-home", "房租或者房贷每月扣多少", (choice("home", "租房还是房贷", HOMES),), home),
    Calculator(
        "private-pension-deduction", "个人养老金一年扣多少",
        (measure("paid", "今年缴的个人养老金", "元", 1_000_000, least="0"),), private_pension,
    ),
)  # fmt: skip
