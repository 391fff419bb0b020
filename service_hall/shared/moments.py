"""A moment as the hall says it."""

from __future__ import annotations

from datetime import datetime, timedelta

from service_hall.shared.clock import SHANGHAI

_NEAR = ("今天", "明天", "后天")
_WEEKDAYS = "一二三四五六日"


def describe_moment(at: datetime, now: datetime) -> str:
    """11月26日（明天，周四）9:00, with the year where it is another."""
    at, now = at.astimezone(SHANGHAI), now.astimezone(SHANGHAI)
    year = f"{at.year}年" if at.year != now.year else ""
    near = next(
        (f"{name}，" for ahead, name in enumerate(_NEAR) if at.date() == now.date() + timedelta(days=ahead)), ""
    )
    weekday = f"周{_WEEKDAYS[at.weekday()]}"
    return f"{year}{at.month}月{at.day}日（{near}{weekday}）{at.hour}:{at.minute:02}"
