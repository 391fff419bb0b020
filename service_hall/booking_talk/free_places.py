"""What can be had of what was wanted: one place to take, or some to choose from, and why not what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from service_hall.appointments.openings import Opening, days_bookable
from service_hall.appointments.outcomes import NotOpen
from service_hall.appointments.places import MOST_ALTERNATIVES, openings_between
from service_hall.booking_talk.answers import TimeWanted
from service_hall.booking_talk.said_back import describe_day, describe_wanted
from service_hall.booking_talk.talk import Talk, wording
from service_hall.booking_talk.why_closed import open_that_day, why_closed
from service_hall.shared.clock import SHANGHAI
from service_hall.visits.means import Means
from service_hall.visits.states import Status
from service_hall.visits.visit import Code

MOST_DAYS = 5
MOST_SHOWN = 48


@dataclass(frozen=True)
class Take:
    """`exact`: just what was said."""

    starts_at: datetime
    exact: bool


@dataclass(frozen=True)
class Offer:
    """`why`: said above the openings; '' where they are what was asked for."""

    openings: tuple[Opening, ...]
    why: str = ""
    is_full: bool = False
    never: bool = False
    """No day is open at that hour."""


def look_up(talk: Talk, wanted: TimeWanted) -> Take | Offer:
    means, answers = talk.means, talk.answers
    first, last = days_bookable(means.now(), means.rules_now())
    found = openings_for(talk, first, last)
    if isinstance(found, NotOpen):
        return Offer((), found.message)
    return _Search(means, answers.guide_id, answers.office_id, wanted, found).result()


def first_free(talk: Talk) -> datetime | None:
    """At the talk's office, of the times that are wanted."""
    means, answers = talk.means, talk.answers
    found = openings_for(talk, *days_bookable(means.now(), means.rules_now()))
    if isinstance(found, NotOpen):
        return None
    fitting = _Search(means, answers.guide_id, answers.office_id, answers.wanted, found).fitting_free()
    return fitting[0].starts_at if fitting else None


def openings_after(talk: Talk, day: date) -> tuple[Opening, ...]:
    """Of the next days with a place at the hours that are wanted, or at any; after the last day the first ones."""
    means, answers = talk.means, talk.answers
    found = openings_for(talk, *days_bookable(means.now(), means.rules_now()))
    if isinstance(found, NotOpen):
        return ()
    free = _Search(means, answers.guide_id, answers.office_id, answers.wanted, found).at_any_day() or _free(found)
    return _of_days([each for each in free if _day(each) > day] or free, MOST_DAYS)


def openings_for(talk: Talk, first: date, last: date) -> list[Opening] | NotOpen:
    """The place that the talk holds itself is free for it."""
    answers = talk.answers
    found = openings_between(talk.means, answers.guide_id, answers.office_id, first, last)
    held = held_start(talk)
    if held is None or isinstance(found, NotOpen):
        return found
    return [replace(each, left=each.left + 1) if each.starts_at == held else each for each in found]


@dataclass(frozen=True)
class _Search:
    means: Means
    guide_id: str
    office_id: str
    wanted: TimeWanted
    all: Sequence[Opening]

    def result(self) -> Take | Offer:
        wanted, free = self.wanted, _free(self.all)
        if not free:
            return Offer((), wording.say("nothing_free"), is_full=True)
        if not wanted.is_said:
            return Offer(_of_days(free, MOST_DAYS))
        fitting = self._fitting()
        if open_ones := _free(fitting):
            if wanted.any_time or wanted.soonest:
                return Take(open_ones[0].starts_at, exact=False)
            if len(open_ones) == 1 and (wanted.has_hours or len(fitting) == 1):
                return Take(open_ones[0].starts_at, exact=self._is_exact(open_ones[0]))
            return Offer(_of_days(open_ones, 7 if wanted.days else MOST_DAYS))
        if fitting:
            return self._full(fitting[0].starts_at, free)
        return self._not_open(free)

    def fitting_free(self) -> tuple[Opening, ...]:
        return _free(self._fitting())

    def at_any_day(self) -> tuple[Opening, ...]:
        return _free([each for each in self.all if self._at_hour(each)])

    def _fitting(self) -> list[Opening]:
        return [each for each in self.all if self._on_day(each) and self._at_hour(each)]

    def _on_day(self, opening: Opening) -> bool:
        return not self.wanted.days or _day(opening) in self.wanted.days

    def _at_hour(self, opening: Opening) -> bool:
        start = opening.starts_at.astimezone(SHANGHAI).time()
        if self.wanted.at:
            wanted_at = datetime.combine(_day(opening), self.wanted.at, SHANGHAI)
            return opening.starts_at <= wanted_at < opening.starts_at + self._slot
        from_time, until_time = self.wanted.from_time, self.wanted.until_time
        return (from_time is None or start >= from_time) and (until_time is None or start < until_time)

    def _is_exact(self, opening: Opening) -> bool:
        return self.wanted.at is None or opening.starts_at.astimezone(SHANGHAI).time() == self.wanted.at

    @property
    def _slot(self) -> timedelta:
        office = self.means.office(self.office_id)
        line = office.line_of(self.guide_id) if office else None
        return timedelta(minutes=line.slot_minutes if line else 0)

    def _full(self, around: datetime, free: Sequence[Opening]) -> Offer:
        return Offer(_nearest(free, around), wording.say("full", when=self._said()), is_full=True)

    def _not_open(self, free: Sequence[Opening]) -> Offer:
        """Nothing is open at what was said, free or not."""
        days, now = self.wanted.days, self.means.now()
        first, last = days_bookable(now, self.means.rules_now())
        if not days:
            return Offer(_of_days(free, MOST_DAYS), wording.say("not_at_that_hour", when=self._said()), never=True)
        if min(days) > last:
            message = NotOpen("beyond_horizon", self.means.rules_now().horizon_days).message
            told = wording.say("far_day", day=describe_day(days[0], now), why=message) if len(days) == 1 else message
            return Offer(_of_days(free, MOST_DAYS), told)
        of_days = [each for each in self.all if self._on_day(each)]
        if of_days:  # another hour of the same day
            if others := _free(of_days):
                never = not any(self._at_hour(each) for each in self.all)
                return Offer(others[:MOST_SHOWN], wording.say("not_at_that_hour", when=self._said()), never=never)
            return self._full(of_days[0].starts_at, free)
        if days[0] == first and (reason := self._why_not_today()):
            return Offer(_of_days(free, 3), reason)
        return Offer(_near_days(free, days[0]), self._why_closed(days))

    def _why_not_today(self) -> str:
        today = self.means.now().date()
        return "" if why_closed(self.means, self.guide_id, self.office_id, today) else wording.say("too_late_today")

    def _why_closed(self, days: Sequence[date]) -> str:
        reasons = [why_closed(self.means, self.guide_id, self.office_id, day) for day in days]
        name = office.name if (office := self.means.office(self.office_id)) else ""
        if len(days) > 1 or not reasons[0]:
            return wording.say("closed_days", office=name)
        told = wording.say("closed_day", day=describe_day(days[0], self.means.now()), office=name, why=reasons[0])
        places = "、".join(open_that_day(self.means, self.guide_id, days[0]))
        return told + (wording.say("served_elsewhere", places=places) if places else "")

    def _said(self) -> str:
        return describe_wanted(self.wanted, self.means.now())


def held_start(talk: Talk) -> datetime | None:
    answers = talk.answers
    visit = talk.means.ledger.read(lambda page: page.by_code(Code(answers.hold))) if answers.hold else None
    if (
        visit is None
        or visit.status is not Status.HELD
        or (visit.guide_id, visit.office_id)
        != (
            answers.guide_id,
            answers.office_id,
        )
    ):
        return None
    return visit.starts_at if visit.held_until and visit.held_until > talk.means.now() else None


def _free(openings: Sequence[Opening]) -> tuple[Opening, ...]:
    return tuple(each for each in openings if each.left > 0)


def _day(opening: Opening) -> date:
    return opening.starts_at.astimezone(SHANGHAI).date()


def _of_days(openings: Sequence[Opening], most: int) -> tuple[Opening, ...]:
    days = list(dict.fromkeys(map(_day, openings)))[:most]
    return tuple(each for each in openings if _day(each) in days)[:MOST_SHOWN]


def _near_days(openings: Sequence[Opening], day: date) -> tuple[Opening, ...]:
    def far(other: date) -> tuple[int, date]:
        return abs((other - day).days), other

    days = sorted(dict.fromkeys(map(_day, openings)), key=far)[:3]
    return tuple(each for each in openings if _day(each) in days)[:MOST_SHOWN]


def _nearest(openings: Sequence[Opening], moment: datetime) -> tuple[Opening, ...]:
    far: Callable[[Opening], timedelta] = lambda each: abs(each.starts_at - moment)  # noqa: E731
    return tuple(sorted(sorted(openings, key=far)[:MOST_ALTERNATIVES], key=lambda each: each.starts_at))
