"""A day and a time said back as they were understood."""

from __future__ import annotations

from datetime import date, datetime, time

from service_hall.booking_talk.answers import TimeWanted
from service_hall.booking_talk.talk import wording
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.moments import describe_moment

MOST_TOLD_SINGLY = 3
_PARTS = {(8, 12): "上午", (12, 18): "下午", (8, 10): "早上", (17, 21): "晚上"}


def describe_day(day: date, now: datetime) -> str:
    return describe_moment(datetime.combine(day, time(0), SHANGHAI), now).removesuffix("0:00")


def describe_wanted(wanted: TimeWanted, now: datetime) -> str:
    """As it is said back: 11月26日（明天，周四）上午, 12月1日（周二）15:00."""
    days = wanted.days
    told = ""
    if len(days) == 1:
        told = describe_day(days[0], now)
    elif len(days) <= MOST_TOLD_SINGLY and days and (days[-1] - days[0]).days >= len(days):
        told = "、".join(describe_day(day, now) for day in days)
    elif days:
        told = f"{days[0].month}月{days[0].day}日到{days[-1].month}月{days[-1].day}日"
    if wanted.at:
        return f"{told}{wanted.at.hour}:{wanted.at.minute:02}"
    since, until = wanted.from_time, wanted.until_time
    if since and until:
        return told + (_PARTS.get((since.hour, until.hour)) or f"{since:%H:%M}—{until:%H:%M}")
    if since or until:
        return told + (f"{since:%H:%M}以后" if since else f"{until:%H:%M}以前")
    return told or wording.say("that_time")
