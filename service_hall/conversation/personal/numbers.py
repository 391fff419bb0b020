"""Numbers of a person that digits alone tell: mobiles, identity numbers, bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service_hall.conversation.personal.everyday import Everyday, is_birthday
from service_hall.conversation.personal.found import Found, Kind, united
from service_hall.conversation.personal.runs import Group, Window, runs_in, window_of, windows_of

_MOBILE = re.compile("((?:00?)?86|0)?(1[3-9][0-9]{9})")
# As a mobile is told in groups; grouped otherwise it may be several numbers.
_USUAL = {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (5, 6), (1,) * 11, (3, 2, 2, 2, 2), (3, 4, 2, 2)}
# The last of the 18 may be an X; on a disability certificate two more digits follow, and B1 on its replacement.
_CHECK = re.compile(r"(?:\W|_){0,6}[X叉]")
_DISABILITY = re.compile(r"\s?[1-7][1-4](?![0-9])(?:\s?B[0-9])?")
_REPLACED = re.compile(r"\s?B[0-9](?![0-9])")
_ABROAD = re.compile(r"(?:\+|00)(?:852|853|886)|\+(?!86)")
_LENGTHS = frozenset(range(9, 21))


def find_numbers(text: str) -> list[Found]:
    """`text`: folded. Where two of them would overlap, the one that is sure prevails."""
    everyday = Everyday(text)
    sure: list[Found] = []
    likely: list[Found] = []
    for run in runs_in(text):
        for window in windows_of(text, run, _LENGTHS):
            for found, is_sure in _read(window):
                if is_sure and (len(window.groups) == 1 or not everyday.is_all(window)):
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
        for group in (*run, None):
            if group and not everyday.is_time_or_money(group):
                beside.append(group)
                continue
            if sum(len(each.digits) for each in beside) >= least:
                window = window_of(text, tuple(beside))
                check = _CHECK.match(text, window.end)
                yield Found(Kind.NUMBER, window.start, check.end() if check else window.end, window.digits)
            beside = []


def _read(window: Window) -> Iterator[tuple[Found, bool]]:
    """And whether it is sure."""
    is_one = len(window.groups) == 1
    if found := _mobile(window):
        yield found, window.shape(len(window.digits) - len(found.said)) in _USUAL
    if found := _abroad(window):
        yield found, is_one
    if found := _identity(window):
        yield found, is_one or _holds_birthday(window.digits)
    elif found := _card(window):
        yield found, is_one


def _mobile(window: Window) -> Found | None:
    found = _MOBILE.fullmatch(window.digits)
    return Found(Kind.MOBILE, _from_plus(window), window.end, found[2]) if found else None


def _abroad(window: Window) -> Found | None:
    """With the code of a country before it."""
    start = _from_plus(window)
    is_abroad = _ABROAD.match(window.text, start) and 9 <= len(window.digits) <= 15
    return Found(Kind.NUMBER, start, window.end, window.digits) if is_abroad else None


def _from_plus(window: Window) -> int:
    """With the plus sign before it, and the bracket of (+86)."""
    start = window.start
    start -= window.text[start - 1 : start] == "+"
    inside = window.text[start : window.end]
    return start - (window.text[start - 1 : start] == "(" and inside.count(")") > inside.count("("))


def _identity(window: Window) -> Found | None:
    """Eighteen digits, the last perhaps an X; the fifteen of the old cards; one too few or too many if they hold a
    birthday; twenty on a disability certificate."""
    digits = window.digits
    length, holds = len(digits), _holds_birthday(digits)
    if digits[0] == "0" or length not in (15, 17, 18, 19, 20):
        return None
    if length == 17 and (check := _CHECK.match(window.text, window.end)):
        if more := _DISABILITY.match(window.text, check.end()):
            return Found(Kind.DOCUMENT, window.start, more.end(), f"{digits}X")
        return Found(Kind.IDENTITY, window.start, check.end(), f"{digits}X")
    if length == 20 and holds:
        more = _REPLACED.match(window.text, window.end)
        return Found(Kind.DOCUMENT, window.start, more.end() if more else window.end, digits)
    if length == 18 or (length in (15, 17, 19) and holds):
        return Found(Kind.IDENTITY, window.start, window.end, digits)
    return None


def _holds_birthday(digits: str) -> bool:
    return is_birthday(f"19{digits[6:12]}" if len(digits) == 15 else digits[6:14])


def _card(window: Window) -> Found | None:
    """Sixteen to nineteen digits in equal groups or with blanks; more than fifteen without a gap are no number to show
    anyway."""
    length = len(window.digits)
    if length < 16 or (len(window.groups) > 1 and not (length <= 19 and (_is_even(window) or window.has_blanks_only))):
        return None
    return Found(Kind.CARD, window.start, window.end, window.digits)


def _is_even(window: Window) -> bool:
    """6222 0212 3456 7890 123"""
    length, last = len(window.groups[0].digits), len(window.groups[-1].digits)
    return last <= length and all(len(group.digits) == length for group in window.groups[1:-1])


def _clear_of(sure: list[Found], likely: list[Found]) -> Iterator[Found]:
    taken = iter(sure)
    at = next(taken, None)
    for each in sorted(likely, key=lambda one: one.start):
        while at and at.end <= each.start:
            at = next(taken, None)
        if at is None or not at.overlaps(each):
            yield each
