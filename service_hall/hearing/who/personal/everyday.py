"""Numbers that belong to nobody: dates, times, money, hotlines, companies."""

from __future__ import annotations

import re

from stdnum.cn import uscc

from service_hall.hearing.who.personal.runs import Group, Window

_YEAR, _MONTH, _DAY = "(?:19|20)[0-9]{2}", "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12][0-9]|3[01])"
_HOUR, _MINUTE = "(?:[01]?[0-9]|2[0-4])", "[0-5][0-9]"
_TO = r"\s?(?:[-~—–至到]{1,2})\s?"
_BIRTHDAY = re.compile("(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_CLEAR = re.compile(
    rf"(?<![0-9])(?:{_YEAR}([-/.]){_MONTH}\1{_DAY}"
    rf"|{_YEAR}[-/.]{_MONTH}{_TO}{_YEAR}[-/.]{_MONTH}"
    rf"|{_HOUR}\.{_MINUTE}{_TO}{_HOUR}\.{_MINUTE}"
    rf"|{_HOUR}:{_MINUTE}(?::{_MINUTE})?)(?![0-9])"
    r"|[¥$]\s?[0-9][0-9,]{0,20}(?:\.[0-9]{1,2})?"
    r"|(?<![0-9,])[0-9]{1,3}(?:,[0-9]{3}){1,6}(?:\.[0-9]{1,2})?(?=\s?[元万块])"
)
_DATED = re.compile(rf"(?<![0-9])(?:{_YEAR}|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9])")
_PUBLIC = re.compile(
    r"(?<![0-9])(?:0[0-9]{2,3}[- ]?[2-9][0-9]{6,7}|[48]00[- ]?[0-9]{3}[- ]?[0-9]{4}"
    r"|11[0-9]|12[02]|1[02][0-9]{3}|9[56][0-9]{3}|[0-9]{1,3}(?:\.[0-9]{1,2})?%)(?![0-9])"
)
# 131、132、133、24路: what the last of several numbers counts, all of them count.
_UNIT = re.compile(r"\s?[元块万亿年月日号点时分天岁人个份张次本页米平吨斤里度路栋幢层楼室线户套]")
_COMPANY = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")
# What masking leaves of a mobile.
_HIDDEN = re.compile(r"(?<![0-9])1[0-9]{2}\*{4}[0-9]{4}(?![0-9])")
_IN_PUBLIC, _ON_A_DAY, _CLEARLY = 1, 2, 3


class Everyday:
    """Of a text that has been folded."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks = bytearray(len(text))
        for pattern, mark in ((_PUBLIC, _IN_PUBLIC), (_DATED, _ON_A_DAY), (_CLEAR, _CLEARLY)):
            for found in pattern.finditer(text):
                self._marks[found.start() : found.end()] = bytes([mark]) * (found.end() - found.start())

    def is_all(self, window: Window) -> bool:
        """Every part of it is a date, a time, a year, a hotline, …"""
        return all(self._marks[group.start] for group in window.groups)

    def is_time_or_money(self, group: Group) -> bool:
        return self._marks[group.start] >= _ON_A_DAY

    def explains(self, window: Window) -> bool:
        """It is such numbers, or was cut out of several: it begins or ends with a date, a time or money, or 元, 路, 号
        stands behind it."""
        marks = self._marks[window.start], self._marks[window.end - 1]
        return _CLEARLY in marks or bool(_UNIT.match(self._text, window.end)) or self.is_all(window)


def is_birthday(digits: str) -> bool:
    """`digits`: YYYYMMDD. A number that is wrong by a digit may tell the 31st of February."""
    return bool(_BIRTHDAY.fullmatch(digits))


def is_company(code: str) -> bool:
    """A unified social credit code, which is public. Of digits, and perhaps an X, it could be a person's number too:
    those hold a birthday, and none of a company's begins otherwise than 91 to 93."""
    if code.rstrip("X").isdigit() and (code[:2] not in ("91", "92", "93") or is_birthday(code[6:14])):
        return False
    return bool(uscc.is_valid(code))


def without_public(text: str, hidden: str) -> str:
    """Company codes and what is masked already, written over with that letter: no part of them is looked at."""
    text = _COMPANY.sub(lambda found: hidden * len(found[0]) if is_company(found[0]) else found[0], text)
    return _HIDDEN.sub(lambda found: hidden * len(found[0]), text)
