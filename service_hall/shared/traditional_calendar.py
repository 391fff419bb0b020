"""The lunar calendar and the 24 solar terms: which day of ours 腊月二十三, 冬至 or 元宵 is."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from borax.calendars.lunardate import TERMS_CN, InvalidLunarDateError, LunarDate, TermUtils

FIRST_YEAR, LAST_YEAR = 1901, 2099
"""Of which the library knows lunar months and terms."""
SOLAR_TERMS: tuple[str, ...] = tuple(TERMS_CN)
FESTIVALS = {
    "元宵": (1, 15), "龙抬头": (2, 2), "七夕": (7, 7), "中元": (7, 15), "重阳": (9, 9), "腊八": (12, 8),
    "小年": (12, 23),
}  # fmt: skip
"""By lunar month and day, those that are no statutory holidays."""
NEW_YEARS_EVE = "除夕"
_ONE_DAY = timedelta(days=1)


def lunar_day(month: int, day: int, around: date, *, is_leap: bool = False, year: int = 0) -> date | None:
    """The next one from `around` on; `year`: of that lunar year. None where there is none within two years: not every
    month has a thirtieth, and leap months are rare."""
    years = (year,) if year else range(around.year - 1, around.year + 3)
    days = (_lunar(each, month, day, is_leap) for each in years)
    return next((found for found in days if found and (year or found >= around)), None)


def traditional_day(name: str, around: date) -> date | None:
    """The next one of that name from `around` on; None for a name that is neither a term nor a festival nor 除夕."""
    if name in SOLAR_TERMS:
        return term_day(name, around)
    if name == NEW_YEARS_EVE:
        return new_years_eve(around)
    return lunar_day(*FESTIVALS[name], around) if name in FESTIVALS else None


def new_years_eve(around: date, *, year: int = 0) -> date | None:
    """The last day of a lunar year, be it the twenty-ninth or the thirtieth; arguments as of `lunar_day`."""
    new_year = lunar_day(1, 1, around + _ONE_DAY, year=year and year + 1)
    return new_year - _ONE_DAY if new_year else None


def term_day(name: str, around: date) -> date:
    """The next one from `around` on. Raises ValueError for what is no solar term."""
    found = _term(around.year, name)
    return found if found >= around else _term(around.year + 1, name)


@lru_cache(maxsize=512)
def _lunar(year: int, month: int, day: int, is_leap: bool) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        found: date = LunarDate(year, month, day, int(is_leap)).to_solar_date()
    except InvalidLunarDateError:
        return None
    return found


@lru_cache(maxsize=256)
def _term(year: int, name: str) -> date:
    if name not in SOLAR_TERMS:
        raise ValueError(name)
    found: date = TermUtils.day_start_from_term(min(max(year, FIRST_YEAR), LAST_YEAR), name)
    return found
