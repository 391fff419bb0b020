"""How calculators speak: `wording.yml`, and days, numbers and amounts as citizens write them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from service_hall.shared.wording import Wording

WORDS = Wording(Path(__file__).with_name("wording.yml"))


def say_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def say_month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def say_months(months: int) -> str:
    """As years and months: 61岁4个月 is 736."""
    years, rest = divmod(months, 12)
    return "".join((f"{years}年" if years else "", f"{rest}个月" if rest or not years else ""))


def say_age(months: int) -> str:
    years, rest = divmod(months, 12)
    return f"{years}岁" + (f"{rest}个月" if rest else "")


def in_words(number: Decimal) -> str:
    """Without zeros at the end, never 1E+2."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def cents(amount: Decimal) -> Decimal:
    """Half a cent counts as one."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
