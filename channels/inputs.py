"""What every door reads alike: days and moments as the contract writes them, ids, free text, the key of a request."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from fastapi import Request
from pydantic import BeforeValidator, StringConstraints

from channels.refusals import Refusal, told
from service_hall.conversation.message import legible

MOST_KEY_CHARACTERS = 200
# Lax readers take a number for seconds since 1970, and `20261126` for a day.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 9000
"""Beyond, a change of time zone falls off the calendar."""


def _day(said: object) -> date:
    try:
        if isinstance(said, str) and _DAY.fullmatch(said):
            day = date.fromisoformat(said)
            if day.year >= _FIRST_YEAR:
                return day
    except ValueError:
        pass
    raise told("bad_day", "日期要写成 2026-11-26 的样子，请重新填写。")


def _moment(said: object) -> datetime:
    try:
        if isinstance(said, str) and _MOMENT.fullmatch(said):
            at = datetime.fromisoformat(said)
            if _FIRST_YEAR <= at.year < _LAST_YEAR:
                return at
    except ValueError:
        pass
    raise told("bad_time", "时间要写成 2026-11-26T09:00:00+08:00 的样子，请重新填写。")


Day = Annotated[date, BeforeValidator(_day)]
OptionalDay = Annotated[date | None, BeforeValidator(lambda said: _day(said) if said else None)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
"""With an offset."""
KeptId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""Of something in the ledger. A database chokes on characters that no id has."""
CatalogueId = Annotated[str, StringConstraints(max_length=64)]
"""Of something in the library, which says what it does not know."""
Said = Annotated[
    str,
    BeforeValidator(lambda said: legible(said) if isinstance(said, str) else said),
    StringConstraints(strip_whitespace=True),
]
"""Free text."""


def check_days(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise Refusal(422, "bad_days", "结束日期早于开始日期，请重新选择日期。")


def key_of(request: Request) -> str:
    """Empty: none was sent."""
    key = request.headers.get("idempotency-key", "").strip()
    if len(key) > MOST_KEY_CHARACTERS or (key and not key.isprintable()):
        raise Refusal(
            422,
            "bad_idempotency_key",
            f"请求里的 Idempotency-Key 不能超过{MOST_KEY_CHARACTERS}个字符，请刷新页面再试。",
        )
    return key


def required_key(request: Request) -> str:
    if key := key_of(request):
        return key
    raise Refusal(422, "missing_idempotency_key", "请求里缺少 Idempotency-Key，请刷新页面再预约一次。")
