"""What letters and digits tell together: passports, permits, cards of Hong Kong, Macao and Taiwan, plates, mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service_hall.hearing.who.personal.everyday import Everyday
from service_hall.hearing.who.personal.found import Found, Kind
from service_hall.hearing.who.personal.runs import Group, whole

_GAP = r"[\s\-.·_]"
# Another document may follow: E12345678H12345678.
_ENDED = r"(?![0-9])(?:(?![A-Z])|(?=[A-Z]{1,2}[0-9]{6}))"
_DOCUMENT = re.compile(
    r"(?<![A-Z])(?<![0-9](?=[OIL]))(?:"
    # HKID A123456(7), XE123456(A); without brackets it looks like an old passport: D1234567
    rf"[A-Z]{{1,2}}{_GAP}?[0-9]{{3}}{_GAP}?[0-9]{{3}}{_GAP}?[(\[{{]\s?[0-9A]\s?[)\]}}]"
    rf"|[A-Z]{{1,2}}{_GAP}?[0-9]{{6}}[-/][0-9A](?![0-9A-Z])|[A-Z]{{1,2}}[0-9]{{6}}A{_ENDED}"
    # passports E12345678, EA1234567; permits H1234567800, C12345678, CA1234567; Taiwan A123456789, AB12345678
    rf"|(?!NO)[A-Z]{{1,2}}[0-9]{{7}}{_ENDED}|[A-Z][0-9]{{8,9}}{_ENDED}|[CHM][0-9]{{10}}{_ENDED}|[A-Z][A-D][0-9]{{8}}{_ENDED}"
    # the same with gaps, for the letters that documents begin with: E 1234 5678
    rf"|(?:[CDEGHKLMPSTW]|[CE][A-Z]){_GAP}{{0,2}}[0-9]{{2,4}}(?:{_GAP}{{1,2}}[0-9]{{2,4}}){{1,4}}{_ENDED}"
    rf"|[CEGHLMT]{_GAP}{{1,2}}[0-9]{{8}}{_ENDED}"
    # the old permit of permanent residence: CAN110081010310, but not a serial number that begins with the day
    rf"|[A-Z]{{3}}{_GAP}{{0,2}}(?!20[12][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))[0-9]{{12}}{_ENDED}"
    r")"
)
_MACAO = re.compile(r"(?<![0-9A-Z])(?:[157][0-9]{6}\s?\(\s?[0-9]\s?\)|[157]/[0-9]{6}/[0-9](?![0-9]))")
_LENGTHS = (6, 7, 8, 9, 10, 12)
_PLATE = re.compile(
    rf"[京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼新][A-Z]{_GAP}{{0,2}}(?=(?:[A-Z]?[0-9]){{3}})[A-Z0-9]{{5,6}}{_ENDED}"
)
_NAME_OF_BOX = r"[A-Z0-9._%+\-À-ɏ]{1,64}+"
_MAIL = re.compile(
    rf"{_NAME_OF_BOX}(?:\s{{0,2}}(?:@|艾特|圈A)\s{{0,2}}(?:[A-Z0-9\-]{{1,63}}(?:[.。点]|\s{{1,2}}[.点]\s{{1,2}})){{1,5}}[A-Z]{{2,24}}"
    r"|#(?:[A-Z0-9\-]{1,63}\.){1,5}(?:COM|CN|NET))"
)
_SPELLED = ((" AT ", " @  "), ("(AT)", "  @ "), ("[AT]", "  @ "), (" DOT ", "  .  "))


def find_mail(text: str) -> Iterator[Found]:
    for spelled, sign in _SPELLED:
        text = text.replace(spelled, sign)
    for found in _MAIL.finditer(text):
        yield Found(Kind.MAIL, found.start(), found.end())


def find_plates(text: str) -> Iterator[Found]:
    for found in _PLATE.finditer(text):
        yield Found(Kind.PLATE, found.start(), found.end())


def find_documents(text: str) -> Iterator[Found]:
    everyday = Everyday(text)
    for pattern in (_DOCUMENT, _MACAO):
        for found in pattern.finditer(text):
            digits = re.sub("[^0-9]", "", found[0])
            first = text.index(digits[0], found.start())
            window = whole(text, (Group(first, found.end(), digits),))
            if len(digits) in _LENGTHS and not everyday.explains(window):
                yield Found(Kind.DOCUMENT, found.start(), found.end(), re.sub("[^0-9A-Z]", "", found[0]))
