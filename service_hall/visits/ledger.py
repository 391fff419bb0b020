"""What the rooms ask of storage: pages of a ledger, written whole or not at all.

`Ledger.write` runs a piece of work in one transaction under named locks; the work may be run again when the database
asks for it, so it changes nothing but the page. One suite tests every implementation (tests/contract).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from service_hall.shared.ids import VisitorId
from service_hall.visits.bookers import Bookers
from service_hall.visits.closures import Closure, ClosureId, ExtraHours
from service_hall.visits.notices import Notice, NoticeId, NoticeKind
from service_hall.visits.states import Status
from service_hall.visits.takings import TakingPages
from service_hall.visits.visit import Code, Share, Visit, VisitEvent, VisitId
from service_hall.visits.waiting import Wish, WishId, WishStatus

T = TypeVar("T")
_VISITOR = "visitor "


@dataclass(frozen=True)
class Load:
    """Minutes taken of one start, by share."""

    starts_at: datetime
    public: int = 0
    internal: int = 0


@dataclass(frozen=True)
class Appeal:
    visit_id: VisitId
    reason: str
    made_at: datetime
    granted: bool | None = None
    """None: not decided yet."""
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Rating:
    """`score` after GB/T 39046: 1 非常满意 … 5 非常不满意. `comment`: masked."""

    visit_id: VisitId
    score: int
    comment: str
    at: datetime


@dataclass(frozen=True)
class Look:
    """A member of staff looked at what is not for everybody: the `pack` with consent, the `phone` to call; or has
    `told` something by telephone."""

    visit_id: VisitId
    at: datetime
    by: str
    what: str


class Page(TakingPages, Protocol):
    """The ledger inside one transaction."""

    # visits
    def visit(self, visit_id: VisitId) -> Visit | None: ...
    def by_code(self, code: Code) -> Visit | None: ...
    def of_visitor(self, visitor_id: VisitorId, limit: int = 100) -> list[Visit]:
        """Newest day first."""
        ...

    def booked_by(self, bookers: Bookers, limit: int = 100) -> list[Visit]:
        """Of the visitor, or with the confirmed phone. Newest day first; nothing of nobody."""
        ...

    def of_person(self, keys: Collection[str], statuses: Collection[Status]) -> list[Visit]:
        """Visits of whoever has any of these keys (`SealedPerson.keys`): for staff, who have the person on the line."""
        ...

    def of_office(
        self, office_id: str, first: date, last: date, statuses: Collection[Status], line_id: str = ""
    ) -> list[Visit]:
        """By day and start. `line_id` empty: all lines."""
        ...

    def loads(self, office_id: str, line_id: str, first: date, last: date, now: datetime) -> list[Load]:
        """Starts of those days, both included, that have any. A hold that has run out takes no place."""
        ...

    def at_counter(self, office_id: str, counter: str) -> Visit | None:
        """Whoever is called to or served at it."""
        ...

    def tickets_given(self, office_id: str, day: date, letter: str) -> int:
        """The highest number so far; 0 if none."""
        ...

    def add(self, visit: Visit, event: VisitEvent) -> None: ...
    def save(self, visit: Visit, event: VisitEvent) -> None:
        """Raises Outdated unless the stored visit is exactly one version older."""
        ...

    def keep_pack(self, visit: Visit) -> None:
        """Pack, consent and question alone: no move."""
        ...

    def history(self, visit_id: VisitId) -> list[VisitEvent]: ...

    # a key of a visitor (`keys.kept_key`) stands for one booking or ticket
    def by_key(self, visitor_id: VisitorId, key: str) -> Visit | None: ...
    def keep_key(self, visitor_id: VisitorId, key: str, visit_id: VisitId, at: datetime) -> None: ...

    # what falls due
    def holds_run_out(self, now: datetime, limit: int = 200) -> list[Visit]: ...
    def booked_before(self, day: date, limit: int = 200) -> list[Visit]:
        """Still booked though the day is over."""
        ...

    def in_hall_before(self, day: date, limit: int = 200) -> list[Visit]: ...
    def to_forget(self, before: datetime, limit: int = 200) -> list[Visit]:
        """Ended before that, with the person or the hash of a phone still on it."""
        ...

    def forget(self, visit_id: VisitId, keep_phone: bool) -> None:
        """Take the person away, and what was written for it: the question, the comment of the rating, an appeal that is
        decided. `keep_phone`: the hash of a confirmed phone stays, for a no-show that still counts."""
        ...

    def forget_words(self, before: datetime) -> int:
        """What was written before that with a rating, or with an appeal that is decided. How many."""
        ...

    def leave_to_staff(self, visit_id: VisitId) -> None:
        """The visitor has gone from every door: it is nobody's, as what staff booked, and they tell what is to be
        told."""
        ...

    def packs_to_check(
        self, guide_id: str, digest: str, today: date, limit: int = 200, office_id: str = ""
    ) -> list[Visit]:
        """Booked visits ahead of that item whose pack was taken from other materials. `office_id` empty: anywhere."""
        ...

    def guides_ahead(self, today: date) -> list[str]:
        """Items that somebody has booked, today or later."""
        ...

    # closed and extra hours
    def closures(self, office_id: str, from_: datetime, until: datetime) -> list[Closure]: ...
    def closure(self, closure_id: ClosureId) -> Closure | None: ...
    def add_closure(self, closure: Closure) -> None: ...
    def drop_closure(self, closure_id: ClosureId) -> None: ...
    def extra_hours(self, office_id: str, first: date, last: date) -> list[ExtraHours]: ...
    def add_extra_hours(self, extra: ExtraHours) -> None: ...
    def drop_extra_hours(self, extra_id: str) -> None: ...

    # the waiting list
    def wish(self, wish_id: WishId) -> Wish | None: ...
    def wish_of_visit(self, visit_id: VisitId) -> Wish | None: ...
    def wishes_of(self, visitor_id: VisitorId) -> list[Wish]: ...
    def waiting(self, office_id: str, line_id: str = "") -> list[Wish]:
        """Who waits, who came first in front."""
        ...

    def offices_waited_for(self) -> list[str]: ...
    def add_wish(self, wish: Wish) -> None: ...
    def settle_wish(self, wish_id: WishId, status: WishStatus, visit_id: VisitId | None) -> None:
        """The person goes, unless it stands."""
        ...

    def drop_wishes(self, before: datetime) -> int:
        """Those made before that and settled since. How many."""
        ...

    # the outbox
    def post(self, notices: Iterable[Notice]) -> None: ...
    def withdraw(self, visit_id: VisitId, kinds: Collection[NoticeKind]) -> None:
        """Those not delivered yet."""
        ...

    def has_notice(self, visit_id: VisitId, kind: NoticeKind) -> bool: ...
    def notice(self, notice_id: NoticeId) -> Notice | None:
        """None also for what was withdrawn."""
        ...

    def due(self, now: datetime, limit: int = 100) -> list[Notice]:
        """For visitors, who are told at a door."""
        ...

    def to_tell(self, office_id: str, before: datetime) -> list[Notice]:
        """For whom no door reaches, of visits that are booked; due then at the latest. The oldest in front."""
        ...

    def put_off(self, notice_id: NoticeId, until: datetime) -> None: ...

    def delivered(self, notice_id: NoticeId, at: datetime, said: bool) -> None:
        """`said` False: there was no longer a reason to say it."""
        ...

    # no-shows, ratings, looks
    def no_shows(self, bookers: Bookers, since: date) -> list[Visit]:
        """Those of theirs that count."""
        ...

    def exempt(self, visit_id: VisitId) -> None:
        """The no-show no longer counts: no move."""
        ...

    def appeal(self, visit_id: VisitId) -> Appeal | None: ...
    def keep_appeal(self, appeal: Appeal) -> None: ...
    def open_appeals(self, office_id: str) -> list[Appeal]: ...
    def rating(self, visit_id: VisitId) -> Rating | None: ...
    def keep_rating(self, rating: Rating) -> None: ...
    def note_look(self, look: Look) -> None: ...
    def looks(self, visit_id: VisitId) -> list[Look]: ...
    def service_minutes(self, office_id: str, line_id: str, day: date) -> Sequence[float]:
        """How long each visit that was finished that day took at the counter."""
        ...

    def counter_acts(self, office_id: str, day: date) -> Mapping[str, Sequence[datetime]]:
        """When each counter called, served or finished somebody that day, in order."""
        ...


class Outdated(Exception):
    """The visit has moved since it was read; the ledger runs the work again."""


class Ledger(Protocol):
    @property
    def written(self) -> int:
        """Another number after each write of this process: what was read before may no longer be so."""
        ...

    def write(self, locks: Iterable[str], work: Callable[[Page], T]) -> T:
        """Under the locks, which are taken in one order for everybody. Committed when it returns. Raises
        VisitorForgotten where a lock is of a visitor who wanted to be."""
        ...

    def read(self, work: Callable[[Page], T]) -> T: ...


def office_lock(office_id: str) -> str:
    return f"office {office_id}"


def person_locks(keys: Iterable[str]) -> list[str]:
    return [f"person {key}" for key in keys]


def phone_lock(phone_key: str) -> str:
    return f"phone {phone_key}"


def visitor_lock(visitor_id: VisitorId) -> str:
    """Of whoever is written for; it is not given for those who were forgotten."""
    return f"{_VISITOR}{visitor_id}"


def visitors_locked(locks: Iterable[str]) -> list[VisitorId]:
    return [VisitorId(name.removeprefix(_VISITOR)) for name in locks if name.startswith(_VISITOR)]


def address_locks(address_key: str) -> list[str]:
    """None for a door that knows no address."""
    return [f"address {address_key}"] if address_key else []


SHARES_BOOKED = (Share.PUBLIC, Share.INTERNAL)
