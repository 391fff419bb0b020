"""Numbers of a person that digits alone tell: mobiles, identity numbers, bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service_hall.hearing.who.personal.everyday import Everyday, is_birthday
from service_hall.hearing.who.personal.found import Found, Kind, united
from service_hall.hearing.who.personal.runs import Group, Window, runs_in, whole

_MOBILE = re.compile("((?:00?)?86|0)?(1[3-9][0-9]{9})")
# As a mobile is told in groups; grouped otherwise it may be several numbers.
_USUAL = {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (5, 6), (1,) * 11, (3, 2, 2, 2, 2), (3, 4, 2, 2)}
# The last of the 18 may be an X; on a disability certificate two more digits follow, and B1 on its replacement.
_CHECK = re.compile(r"(?:\W|_){0,6}[X叉]")
_DISABILITY = re.compile(r"\s?[1-7][1-4](?![0-9])(?:\s?B[0-9])?")
_REPLACED = re.compile(r"\s?B[0-9](?![0-9])")
_ABROAD = re.compile(r"(?:\+|00)(?:852|853|886)|\+(?!86)")
_FEWEST, _MOST = 9, 20


def find_numbers(text: str) -> list[Found]:
    """`text`: folded. Where two of them would overlap, the one that is sure prevails."""
    everyday = Everyday(text)
    sure: list[Found] = []
    likely: list[Found] = []
    for run in runs_in(text):
        if run.is_endless:
            sure.append(Found(Kind.NUMBER, run.groups[0].start, run.groups[-1].end, run.digits))
            continue
        for window in run.windows(_FEWEST, _MOST):
            for found, is_sure in _read(window):
                if is_sure and (window.is_one or not everyday.is_all(window)):
                    sure.append(found)
                elif not everyday.explains(window):
                    likely.append(found)
    sure = united(sure)
    return united([*sure, *_clear_of(sure, likely)])


def find_any_numbers(text: str, least: int) -> Iterator[Found]:
    """Whatever has so many digits and is no date or time."""
    everyday = Everyday(text)
    for run in runs_in(text):
        beside: list[Group] = []
        for group in (*run.groups, None):
            if group and not everyday.is_time_or_money(group):
                beside.append(group)
                continue
            if sum(len(each.digits) for each in beside) >= least:
                window = whole(text, beside)
                check = _CHECK.match(text, window.end)
                yield Found(Kind.NUMBER, window.start, check.end() if check else window.end, window.digits)
            beside = []


def _read(window: Window) -> Iterator[tuple[Found, bool]]:
    """And whether it is sure."""
    digits = window.digits
    length = len(digits)
    if 11 <= length <= 15 and (mobile := _MOBILE.fullmatch(digits)):
        found = Found(Kind.MOBILE, _from_plus(window), window.end, mobile[2])
        yield found, window.shape(length - len(found.said)) in _USUAL
    if length <= 15 and _ABROAD.match(window.run.text, start := _from_plus(window)):
        yield Found(Kind.NUMBER, start, window.end, digits), window.is_one
    if length >= 15 and (identity := _identity(window, digits)):
        yield identity, window.is_one or _holds_birthday(digits)
    elif length >= 16 and (window.is_one or (length <= 19 and (window.is_even or window.has_blanks_only))):
        # more than fifteen without a gap are no number to show anyway
        yield Found(Kind.CARD, window.start, window.end, digits), window.is_one


def _from_plus(window: Window) -> int:
    """With the plus sign before it, and the bracket of (+86)."""
    start, text = window.start, window.run.text
    start -= text[start - 1 : start] == "+"
    if text[start - 1 : start] != "(":
        return start
    inside = text[start : window.end]
    return start - (inside.count(")") > inside.count("("))


def _identity(window: Window, digits: str) -> Found | None:
    """Eighteen digits, the last perhaps an X; the fifteen of the old cards; one too few or too many if they hold a
    birthday; twenty on a disability certificate."""
    length, text = len(digits), window.run.text
    if digits[0] == "0" or not 15 <= length <= 20:
        return None
    if length == 17 and (check := _CHECK.match(text, window.end)):
        if more := _DISABILITY.match(text, check.end()):
            return Found(Kind.DOCUMENT, window.start, more.end(), f"{digits}X")
        return Found(Kind.IDENTITY, window.start, check.end(), f"{digits}X")
    if length == 18:
        return Found(Kind.IDENTITY, window.start, window.end, digits)
    if length == 16 or not _holds_birthday(digits):
        return None
    if length == 20:
        more = _REPLACED.match(text, window.end)
        return Found(Kind.DOCUMENT, window.start, more.end() if more else window.end, digits)
    return Found(Kind.IDENTITY, window.start, window.end, digits)


def _holds_birthday(digits: str) -> bool:
    return is_birthday(f"19{digits[6:12]}" if len(digits) == 15 else digits[6:14])


def _clear_of(sure: list[Found], likely: list[Found]) -> Iterator[Found]:
    taken = iter(sure)
    at = next(taken, None)
    for each in sorted(likely, key=lambda one: one.start):
        while at and at.end <= each.start:
            at = next(taken, None)
        if at is None or not at.overlaps(each):
            yield each
