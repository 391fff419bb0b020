"""每周二, 每个工作日, 隔周周三, 每天: somebody would like to come again and again, and a booking is one visit."""

from __future__ import annotations

import re

from service_hall.hearing.when.words import NUMBER

EVERY_DAY = "＊"
"""Stands for 每天."""
_MANY = r"(?:[一两二三四五六]|\d)?个?"
# 每周一次 counts; 每天都行 means any day.
_COUNTS = r"(?!(?:[一二两三四五六七八九十]|\d{1,2})?次|都|[费租薪供息利])"
_OF_A_DAY = re.compile(
    rf"(?:每(?:隔|逢)?{_MANY}|隔(?:一个?)?(?:周(?=周))?)(?=周[一二三四五六日1-7]{_COUNTS}|工作日{_COUNTS}|周末{_COUNTS})"
)
# 每月房租 is no visit.
_OF_A_WHILE = re.compile(
    rf"每(?:隔|逢)?{_MANY}(?:周(?=的?周)|月(?=的?(?:{NUMBER}[号日]|第|最后|[初底末中上下]))){_COUNTS}|隔周"
)
_DAILY = re.compile(rf"每(?:隔|逢)?{_MANY}[天日]{_COUNTS}|隔[天日]")


def told_once(said: str) -> tuple[str, bool]:
    """The days as if each were told once, and whether they were told to come again."""
    once = _OF_A_DAY.sub("", said)
    once = _DAILY.sub(EVERY_DAY, _OF_A_WHILE.sub("，", once))
    return once, once != said
