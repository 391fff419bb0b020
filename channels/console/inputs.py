"""What the counter's routes take in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from channels.bookings import PersonIn
from channels.inputs import CatalogueId, Day, KeptId, Moment, Said
from channels.refusals import Refusal
from service_hall.appointments.closing import ToClose
from service_hall.hall import Hall

MOST_DAYS = 400
"""How long a closure may be, and how far ahead a day may lie."""
_OfDay = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class LoginIn(BaseModel):
    name: Annotated[Said, Field(max_length=64)]
    password: Annotated[str, Field(max_length=200)]
    code: Annotated[str, Field(max_length=20)] = ""
    """Of the second step, where the account has one."""


class VisitIn(BaseModel):
    visit_id: KeptId


class TransferIn(VisitIn):
    to_counter: Annotated[str, Field(max_length=6)]


class CodeIn(BaseModel):
    code: Annotated[str, Field(max_length=40)]


class ItemIn(BaseModel):
    guide_id: CatalogueId


class ClosureIn(BaseModel):
    from_: Annotated[Moment, Field(alias="from")]
    until: Moment
    line_id: CatalogueId = ""
    reason: Annotated[Said, Field(max_length=200)] = ""


class ClosingIn(ClosureIn):
    reason: Annotated[Said, Field(min_length=1, max_length=200)]
    do: Literal["move", "notify"]


class ExtraHoursIn(BaseModel):
    day: Day
    opens: _OfDay
    closes: _OfDay
    line_id: CatalogueId = ""


class DecisionIn(BaseModel):
    grant: bool


class KeptVisitsIn(BaseModel):
    visit_ids: Annotated[list[KeptId], Field(max_length=300)]


class CallerIn(BaseModel):
    """What somebody tells who calls: the code, or else who it was booked for."""

    code: Annotated[str, Field(max_length=40)] = ""
    person: PersonIn | None = None


class InternalBookingIn(PersonIn):
    guide_id: CatalogueId
    starts_at: Moment


def closure_wanted(hall: Hall, office_id: str, body: ClosureIn) -> ToClose:
    """Refuses (422) what closes nothing."""
    check_office_and_line(hall, office_id, body.line_id)
    if body.until <= body.from_:
        raise Refusal(422, "bad_hours", "结束时间要晚于开始时间，请重新填写。")
    if (body.until - body.from_).days > MOST_DAYS:
        raise Refusal(422, "bad_hours", "一次最多停办一年，请分几次填写。")
    if body.until <= hall.now():
        raise Refusal(422, "past", "这段时间已经过去了，请填以后的时间。")
    return ToClose(office_id, body.from_, body.until, body.reason, body.line_id)


def check_not_far(day: date, today: date) -> None:
    if (day - today).days > MOST_DAYS:
        raise Refusal(422, "beyond_horizon", "日子太远了，请填一年以内的日子。")


def check_office_and_line(hall: Hall, office_id: str, line_id: str) -> None:
    office = hall.office(office_id)
    if office is None:
        raise Refusal(404, "unknown_office", "没有这个网点，请重新选择。")
    if line_id and office.line(line_id) is None:
        raise Refusal(422, "unknown_line", "没有这条业务线，请重新选择。")
