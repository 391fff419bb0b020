"""What a home costs in taxes, as far as the nation sets it."""

from __future__ import annotations

from decimal import Decimal

from knowledge_base.rates import RateInForce
from service_hall.scenarios.calculators.calculator import Calculator, Computed, NoFigure, Rates, cited, computed
from service_hall.scenarios.calculators.days import years_after
from service_hall.scenarios.calculators.inputs import choice, day, measure, yes_no
from service_hall.scenarios.calculators.told import Told
from service_hall.scenarios.calculators.words import WORDS, cents, in_words

HOMES = {"first": "家庭唯一住房", "second": "家庭第二套住房", "further": "第三套及以上"}
_MOST_YUAN = 10_000_000_000
_HOME = (choice("home", "买的是第几套住房", HOMES), measure("area", "建筑面积", "平方米", 10_000))
_PRICE = measure("price", "成交价", "元", _MOST_YUAN)
_SALE = (
    _PRICE,
    day("bought", "买房的日子"),
    yes_no("is_only_home", "是不是家庭唯一住房", is_optional=False),
    measure("original_price", "当初的买价", "元", _MOST_YUAN, is_optional=True),
    measure("costs", "合理费用", "元", _MOST_YUAN, is_optional=True, least="0"),
)


def deed_tax_rate(told: Told, rates: Rates) -> Computed | NoFigure:
    rate = _deed_rate(told, rates)
    if isinstance(rate, NoFigure):
        return rate
    return computed(rate.number, "deed-tax-rate", rate, home=HOMES[told.chosen("home")], rate=in_words(rate.number))


def deed_tax(told: Told, rates: Rates) -> Computed | NoFigure:
    rate = _deed_rate(told, rates)
    if isinstance(rate, NoFigure):
        return rate
    price, home = told.number("price"), HOMES[told.chosen("home")]
    tax = cents(price * rate.number / 100)
    return computed(
        tax, "deed-tax", rate, "deed#4", "deed#5",
        home=home, price=in_words(price), rate=in_words(rate.number), tax=in_words(tax),
    )  # fmt: skip


def sale_income_tax(told: Told, rates: Rates) -> Computed | NoFigure:
    """Of the seller. Without the old price it is for the tax office to assess."""
    years, rate = rates.of("homes.sale-exempt-years"), rates.of("homes.sale-income-tax")
    if told.is_so("is_only_home") and years_after(told.day("bought"), years.whole) <= rates.as_of:
        return computed(Decimal(0), "sale-income-tax-none", years, years=in_words(years.number))
    if not told.has("original_price"):
        return NoFigure(WORDS.say("sale-income-tax-unknown", rate=in_words(rate.number)), cited(rate, "iit-v2#6"))
    gain = told.number("price") - told.number("original_price") - told.number("costs", 0)
    tax = cents(max(gain, Decimal(0)) * rate.number / 100)
    return computed(
        tax, "sale-income-tax", rate, "iit-v2#6",
        gain=in_words(max(gain, Decimal(0))), rate=in_words(rate.number), tax=in_words(tax),
    )  # fmt: skip


def _deed_rate(told: Told, rates: Rates) -> RateInForce | NoFigure:
    small = rates.of("homes.small-home")
    home = told.chosen("home")
    if home == "further":
        least, most = rates.of("homes.deed-least"), rates.of("homes.deed-most")
        says = WORDS.say("deed-tax-local", least=in_words(least.number), most=in_words(most.number))
        return NoFigure(says, cited(least, most))
    return rates.of(f"homes.deed-{home}-{'small' if told.number('area') <= small.number else 'large'}")


CALCULATORS = (
    Calculator("deed-tax-rate", "契税税率", _HOME, deed_tax_rate),
    Calculator("deed-tax", "契税", (*_HOME, _PRICE), deed_tax),
    Calculator("home-sale-income-tax", "个人卖房的个人所得税", _SALE, sale_income_tax),
)
