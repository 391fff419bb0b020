"""What the citizen has answered so far, as it travels in `OpenFlow.answers`."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from service_hall.hearing.when.spoken_time import When
from service_hall.hearing.who.fields import PersonField

Proving = Literal["", "hold", "book", "book_share", "wish"]
"""What goes on once the citizen has proved not to be a robot."""


class TimeWanted(BaseModel):
    """As `When`, and kept over several sentences. `soonest`: the first free one of those that fit."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    days: tuple[date, ...] = ()
    from_time: time | None = None
    until_time: time | None = None
    at: time | None = None
    any_time: bool = False
    soonest: bool = False

    @property
    def has_hours(self) -> bool:
        return bool(self.at or self.from_time or self.until_time)

    @property
    def is_said(self) -> bool:
        return bool(self.days or self.has_hours or self.any_time or self.soonest)

    @property
    def is_just_soonest(self) -> bool:
        return self.soonest and not (self.days or self.has_hours)

    def is_just(self, starts_at: datetime) -> bool:
        """That moment and no other, the day said or left out."""
        return self.at == starts_at.time() and self.days in ((), (starts_at.date(),))

    def over(self, earlier: TimeWanted) -> TimeWanted:
        """What this leaves unsaid stands as it was said before: 明天上午 … 后天呢 is 后天上午."""
        if self.soonest and not self.days:
            return self
        changes: dict[str, Any] = {}
        if not self.days:
            changes["days"] = earlier.days
        if not (self.has_hours or self.any_time or self.soonest):
            changes |= {"from_time": earlier.from_time, "until_time": earlier.until_time, "at": earlier.at}
        return self.model_copy(update=changes)


def time_wanted(when: When, soonest: bool) -> TimeWanted:
    return TimeWanted(
        days=when.days,
        from_time=when.from_time,
        until_time=when.until_time,
        at=when.at,
        any_time=when.any_time,
        soonest=soonest or when == When(),
    )


class Answers(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    errand: Literal["book", "wait", "move", "cancel"] = "book"
    guide_id: str = ""
    office_id: str = ""
    wanted: TimeWanted = TimeWanted()
    starts_at: datetime | None = None
    hold: str = ""
    """Code of the place that is held for this talk."""
    visit: str = ""
    """Code of the booking that is to be moved or cancelled."""
    person: str = ""
    """JSON of the fields given so far, sealed, bound to the visitor."""
    who: str = ""
    """The same, masked, to be shown."""
    typed: tuple[PersonField, ...] = ()
    """What of it was told in this talk: whoever told it may see it whole."""
    lacks: tuple[PersonField, ...] = ("name", "phone")
    """What is still to be asked of the person."""
    no_id_number: bool = False
    """The identity number is not to be asked for: the citizen would rather not."""
    changing: bool = False
    """The person is known, and some of it is to be changed."""
    changes: PersonField | None = None
    """Just that of it; None: which, the next message tells."""
    known: str = ""
    """Who came last time, masked: offered instead of asking."""
    location: tuple[float, float] | None = None
    nearest: bool = False
    """The nearest office will do."""
    offered: tuple[str, ...] = ()
    """What the open question offers, in the order of its numbers: ids of items or offices, codes of bookings."""
    shown: tuple[datetime, ...] = ()
    """The openings that the open question shows, in order."""

    proving: Proving = ""
    hold_at: datetime | None = None
    """The start to be held then."""
    challenge: str = ""
    """JSON of the puzzle that is asked for."""
    code_sent_to: str = ""
    """The phone, masked."""

    @property
    def has_person(self) -> bool:
        return bool(self.person) and not self.lacks and not self.changing


def read_answers(kept: dict[str, Any]) -> Answers:
    """Answers that an earlier release wrote and this one cannot read are asked again."""
    try:
        return Answers.model_validate(kept)
    except ValidationError:
        return Answers()
