"""A ledger in memory. `tests/contract` holds it to the same behaviour as the databases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import TypeVar

from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId
from service_hall.visits.bookers import Bookers
from service_hall.visits.closures import Closure, ClosureId, ExtraHours
from service_hall.visits.ledger import SHARES_BOOKED, Appeal, Load, Look, Outdated, Page, Rating, visitors_locked
from service_hall.visits.notices import Notice, NoticeId, NoticeKind
from service_hall.visits.states import AT_COUNTER, IN_HALL, Status
from service_hall.visits.takings import PhoneCode, Taking
from service_hall.visits.visit import Code, Share, Visit, VisitEvent, VisitId
from service_hall.visits.waiting import Wish, WishId
from tests.fake_forgotten import FakeForgotten
from tests.fake_matches import Taken, collide, is_by, is_of, start, takes_place
from tests.fake_takings import FakeTakingPages
from tests.fake_wishes import FakeWishPages

T = TypeVar("T")
TRIES = 5


@dataclass
class Books:
    """All that is kept. What is in them never changes itself; a move puts another in its place."""

    visits: dict[VisitId, Visit] = field(default_factory=dict)
    events: dict[tuple[VisitId, int], VisitEvent] = field(default_factory=dict)
    keys: dict[tuple[VisitorId, str], VisitId] = field(default_factory=dict)
    closures: dict[ClosureId, Closure] = field(default_factory=dict)
    extra_hours: dict[str, ExtraHours] = field(default_factory=dict)
    wishes: dict[WishId, Wish] = field(default_factory=dict)
    notices: dict[NoticeId, Notice] = field(default_factory=dict)
    withdrawn: dict[NoticeId, bool] = field(default_factory=dict)
    delivered: dict[NoticeId, tuple[datetime, bool]] = field(default_factory=dict)
    """When, and whether it was said."""
    appeals: dict[VisitId, Appeal] = field(default_factory=dict)
    ratings: dict[VisitId, Rating] = field(default_factory=dict)
    looks: dict[int, Look] = field(default_factory=dict)
    takings: dict[str, Taking] = field(default_factory=dict)
    used_proofs: dict[str, datetime] = field(default_factory=dict)
    phone_codes: dict[str, PhoneCode] = field(default_factory=dict)

    def copied(self) -> Books:
        return Books(**{each.name: dict(getattr(self, each.name)) for each in fields(self)})


class FakeLedger:
    def __init__(self) -> None:
        self.books, self.written, self.forgotten = Books(), 0, FakeForgotten()
        self._lock = threading.Lock()

    def write(self, locks: Iterable[str], work: Callable[[Page], T]) -> T:
        self.forgotten.refuse(visitors_locked(locks))
        tries_left = TRIES
        while True:
            with self._lock:
                books = self.books.copied()
                try:
                    done = work(FakePage(books))
                except (Outdated, Taken):
                    tries_left -= 1
                    if not tries_left:
                        raise
                else:
                    self.books, self.written = books, self.written + 1
                    return done

    def read(self, work: Callable[[Page], T]) -> T:
        return work(FakePage(self.books.copied()))


class FakePage(FakeTakingPages, FakeWishPages):
    def __init__(self, books: Books) -> None:
        FakeTakingPages.__init__(self, books)
        FakeWishPages.__init__(self, books)
        self.books = books

    # visits

    def visit(self, visit_id: VisitId) -> Visit | None:
        return self.books.visits.get(visit_id)

    def by_code(self, code: Code) -> Visit | None:
        return next(iter(self._visits(lambda visit: visit.code == code)), None)

    def of_visitor(self, visitor_id: VisitorId, limit: int = 100) -> list[Visit]:
        own = self._visits(lambda visit: visit.visitor_id == visitor_id)
        return sorted(own, key=lambda visit: (visit.day, start(visit)), reverse=True)[:limit]

    def booked_by(self, bookers: Bookers, limit: int = 100) -> list[Visit]:
        theirs = self._visits(lambda visit: is_by(visit, bookers))
        return sorted(theirs, key=lambda visit: (visit.day, start(visit)), reverse=True)[:limit]

    def of_person(self, keys: Collection[str], statuses: Collection[Status]) -> list[Visit]:
        return self._visits(lambda visit: is_of(visit, keys) and visit.status in statuses)

    def of_office(
        self, office_id: str, first: date, last: date, statuses: Collection[Status], line_id: str = ""
    ) -> list[Visit]:
        return self._visits(
            lambda visit: (
                visit.office_id == office_id
                and first <= visit.day <= last
                and visit.status in statuses
                and line_id in ("", visit.line_id)
            )
        )

    def loads(self, office_id: str, line_id: str, first: date, last: date, now: datetime) -> list[Load]:
        loads: dict[datetime, Load] = {}
        for visit in self._visits(lambda visit: (visit.office_id, visit.line_id) == (office_id, line_id)):
            start = visit.starts_at
            if start is None or not first <= start.astimezone(SHANGHAI).date() <= last:
                continue
            if visit.share not in SHARES_BOOKED or not takes_place(visit, now):
                continue
            load = loads.get(start, Load(start.astimezone(SHANGHAI)))
            if visit.share is Share.PUBLIC:
                loads[start] = replace(load, public=load.public + visit.minutes)
            else:
                loads[start] = replace(load, internal=load.internal + visit.minutes)
        return sorted(loads.values(), key=lambda load: load.starts_at)

    def at_counter(self, office_id: str, counter: str) -> Visit | None:
        there = self._visits(
            lambda visit: (visit.office_id, visit.counter) == (office_id, counter) and visit.status in AT_COUNTER
        )
        return next(iter(there), None)

    def tickets_given(self, office_id: str, day: date, letter: str) -> int:
        of_day = self._visits(lambda visit: (visit.office_id, visit.day) == (office_id, day))
        numbers = [visit.ticket.removeprefix(letter) for visit in of_day if visit.ticket.startswith(letter)]
        return max((int(number) for number in numbers if number.isdigit()), default=0)

    def add(self, visit: Visit, event: VisitEvent) -> None:
        if visit.visit_id in self.books.visits:
            raise Taken(visit.visit_id)
        self._put(visit, event)

    def save(self, visit: Visit, event: VisitEvent) -> None:
        known = self.visit(visit.visit_id)
        if known is None or known.version != visit.version - 1:
            raise Outdated(visit.visit_id)
        self._put(visit, event)

    def keep_pack(self, visit: Visit) -> None:
        self._change(visit.visit_id, pack=visit.pack, share_with_clerk=visit.share_with_clerk, question=visit.question)

    def history(self, visit_id: VisitId) -> list[VisitEvent]:
        return [event for (of_visit, _), event in sorted(self.books.events.items()) if of_visit == visit_id]

    # keys

    def by_key(self, visitor_id: VisitorId, key: str) -> Visit | None:
        kept = self.books.keys.get((visitor_id, key))
        return self.visit(kept) if kept else None

    def keep_key(self, visitor_id: VisitorId, key: str, visit_id: VisitId, at: datetime) -> None:
        if (visitor_id, key) in self.books.keys:
            raise Taken(key)
        self.books.keys[visitor_id, key] = visit_id

    # what falls due

    def holds_run_out(self, now: datetime, limit: int = 200) -> list[Visit]:
        held = self._visits(lambda visit: visit.status is Status.HELD and not takes_place(visit, now))
        return sorted(held, key=lambda visit: (visit.held_until or now, visit.visit_id))[:limit]

    def booked_before(self, day: date, limit: int = 200) -> list[Visit]:
        return self._visits(lambda visit: visit.status is Status.BOOKED and visit.day < day)[:limit]

    def in_hall_before(self, day: date, limit: int = 200) -> list[Visit]:
        return self._visits(lambda visit: visit.status in IN_HALL and visit.day < day)[:limit]

    def to_forget(self, before: datetime, limit: int = 200) -> list[Visit]:
        known = [
            (visit.person is None, visit.ended_at, visit.visit_id)
            for visit in self.books.visits.values()
            if visit.ended_at and visit.ended_at < before and (visit.person or visit.phone_key)
        ]
        return [self.books.visits[visit_id] for *_, visit_id in sorted(known)][:limit]

    def forget(self, visit_id: VisitId, keep_phone: bool) -> None:
        phone = {} if keep_phone else {"phone_key": None}
        self._change(visit_id, person=None, question="", **phone)
        if rating := self.rating(visit_id):
            self.keep_rating(replace(rating, comment=""))
        if (appeal := self.appeal(visit_id)) and appeal.granted is not None:
            self.keep_appeal(replace(appeal, reason=""))

    def forget_words(self, before: datetime) -> int:
        ratings = [each for each in self.books.ratings.values() if each.at < before and each.comment]
        appeals = [each for each in self.books.appeals.values() if each.made_at < before and each.reason]
        appeals = [each for each in appeals if each.granted is not None]
        self.books.ratings.update({each.visit_id: replace(each, comment="") for each in ratings})
        self.books.appeals.update({each.visit_id: replace(each, reason="") for each in appeals})
        return len(ratings) + len(appeals)

    def leave_to_staff(self, visit_id: VisitId) -> None:
        self._change(visit_id, visitor_id=None)
        for notice in self._undelivered():
            if notice.visit_id == visit_id:
                self.books.notices[notice.notice_id] = replace(notice, visitor_id=None)

    def packs_to_check(
        self, guide_id: str, digest: str, today: date, limit: int = 200, office_id: str = ""
    ) -> list[Visit]:
        return self._visits(
            lambda visit: (
                visit.status is Status.BOOKED
                and visit.guide_id == guide_id
                and visit.day >= today
                and visit.pack.digest != digest
                and office_id in ("", visit.office_id)
            )
        )[:limit]

    def guides_ahead(self, today: date) -> list[str]:
        ahead = self._visits(lambda visit: visit.status is Status.BOOKED and visit.day >= today)
        return sorted({visit.guide_id for visit in ahead})

    # closed and extra hours

    def closures(self, office_id: str, from_: datetime, until: datetime) -> list[Closure]:
        meeting = [
            closure
            for closure in self.books.closures.values()
            if closure.office_id == office_id and closure.from_ < until and from_ < closure.until
        ]
        return sorted(meeting, key=lambda closure: (closure.from_, closure.closure_id))

    def closure(self, closure_id: ClosureId) -> Closure | None:
        return self.books.closures.get(closure_id)

    def add_closure(self, closure: Closure) -> None:
        self.books.closures[closure.closure_id] = closure

    def drop_closure(self, closure_id: ClosureId) -> None:
        self.books.closures.pop(closure_id, None)

    def extra_hours(self, office_id: str, first: date, last: date) -> list[ExtraHours]:
        wanted = [
            extra
            for extra in self.books.extra_hours.values()
            if extra.office_id == office_id and first <= extra.day <= last
        ]
        return sorted(wanted, key=lambda extra: (extra.day, extra.opens, extra.extra_id))

    def add_extra_hours(self, extra: ExtraHours) -> None:
        self.books.extra_hours[extra.extra_id] = extra

    def drop_extra_hours(self, extra_id: str) -> None:
        self.books.extra_hours.pop(extra_id, None)

    # the outbox

    def post(self, notices: Iterable[Notice]) -> None:
        self.books.notices.update({notice.notice_id: notice for notice in notices})

    def withdraw(self, visit_id: VisitId, kinds: Collection[NoticeKind]) -> None:
        for notice in self.books.notices.values():
            if notice.visit_id == visit_id and notice.kind in kinds and notice.notice_id not in self.books.delivered:
                self.books.withdrawn[notice.notice_id] = True

    def has_notice(self, visit_id: VisitId, kind: NoticeKind) -> bool:
        return any((notice.visit_id, notice.kind) == (visit_id, kind) for notice in self._standing())

    def notice(self, notice_id: NoticeId) -> Notice | None:
        return next((each for each in self._standing() if each.notice_id == notice_id), None)

    def due(self, now: datetime, limit: int = 100) -> list[Notice]:
        return [notice for notice in self._undelivered() if notice.due_at <= now and notice.visitor_id][:limit]

    def to_tell(self, office_id: str, before: datetime) -> list[Notice]:
        booked = {visit.visit_id for visit in self.of_office(office_id, date.min, date.max, [Status.BOOKED])}
        theirs = [notice for notice in self._undelivered() if not notice.visitor_id and notice.visit_id in booked]
        return [notice for notice in theirs if notice.due_at <= before]

    def put_off(self, notice_id: NoticeId, until: datetime) -> None:
        self.books.notices[notice_id] = replace(self.books.notices[notice_id], due_at=until)

    def delivered(self, notice_id: NoticeId, at: datetime, said: bool) -> None:
        self.books.delivered[notice_id] = at, said

    # takings: the rest stands in `FakeTakingPages`

    def visits_taken(self, taken_ids: Collection[VisitId | WishId], office_id: str) -> list[Visit]:
        return self._visits(lambda visit: visit.visit_id in taken_ids and visit.office_id == office_id)

    def wishes_taken(self, taken_ids: Collection[VisitId | WishId], office_id: str) -> list[Wish]:
        return self._wishes(lambda wish: wish.wish_id in taken_ids and wish.office_id == office_id)

    # no-shows, ratings, looks

    def no_shows(self, bookers: Bookers, since: date) -> list[Visit]:
        return self._visits(
            lambda visit: is_by(visit, bookers) and visit.no_show and not visit.exempt and visit.day >= since
        )

    def exempt(self, visit_id: VisitId) -> None:
        self._change(visit_id, exempt=True)

    def appeal(self, visit_id: VisitId) -> Appeal | None:
        return self.books.appeals.get(visit_id)

    def keep_appeal(self, appeal: Appeal) -> None:
        self.books.appeals[appeal.visit_id] = appeal

    def open_appeals(self, office_id: str) -> list[Appeal]:
        undecided = [
            appeal
            for appeal in self.books.appeals.values()
            if appeal.granted is None and self.books.visits[appeal.visit_id].office_id == office_id
        ]
        return sorted(undecided, key=lambda appeal: (appeal.made_at, appeal.visit_id))

    def rating(self, visit_id: VisitId) -> Rating | None:
        return self.books.ratings.get(visit_id)

    def keep_rating(self, rating: Rating) -> None:
        self.books.ratings[rating.visit_id] = rating

    def note_look(self, look: Look) -> None:
        self.books.looks[len(self.books.looks)] = look

    def looks(self, visit_id: VisitId) -> list[Look]:
        return sorted(
            (look for look in self.books.looks.values() if look.visit_id == visit_id), key=lambda look: look.at
        )

    def service_minutes(self, office_id: str, line_id: str, day: date) -> Sequence[float]:
        times = [
            (visit.ended_at, visit.serving_at)
            for visit in self._visits(
                lambda each: (each.office_id, each.line_id, each.day) == (office_id, line_id, day)
            )
            if visit.status is Status.FINISHED and visit.serving_at and visit.ended_at
        ]
        return [(ended - began).total_seconds() / 60 for ended, began in sorted(times)]

    def counter_acts(self, office_id: str, day: date) -> Mapping[str, Sequence[datetime]]:
        acts: dict[str, list[datetime]] = {}
        for visit in self._visits(lambda each: (each.office_id, each.day) == (office_id, day) and bool(each.counter)):
            if visit.status not in {*AT_COUNTER, Status.FINISHED, Status.MISSED}:
                continue
            finished_at = visit.ended_at if visit.status is Status.FINISHED else None
            acts.setdefault(visit.counter, []).extend(
                at for at in (visit.called_at, visit.serving_at, finished_at) if at
            )
        return {counter: sorted(each) for counter, each in acts.items()}

    # helpers

    def _visits(self, wanted: Callable[[Visit], bool]) -> list[Visit]:
        found = filter(wanted, self.books.visits.values())
        return sorted(found, key=lambda visit: (visit.day, start(visit), visit.visit_id))

    def _standing(self) -> list[Notice]:
        return [notice for notice in self.books.notices.values() if notice.notice_id not in self.books.withdrawn]

    def _undelivered(self) -> list[Notice]:
        waiting = [notice for notice in self._standing() if notice.notice_id not in self.books.delivered]
        return sorted(waiting, key=lambda notice: (notice.due_at, notice.notice_id))

    def _put(self, visit: Visit, event: VisitEvent) -> None:
        others = [other for other in self.books.visits.values() if other.visit_id != visit.visit_id]
        if any(collide(visit, other) for other in others) or (event.visit_id, event.version) in self.books.events:
            raise Taken(visit.visit_id)
        self.books.visits[visit.visit_id] = visit
        self.books.events[event.visit_id, event.version] = event

    def _change(self, visit_id: VisitId, **changes: object) -> None:
        """Without a move."""
        self.books.visits[visit_id] = replace(self.books.visits[visit_id], **changes)  # type: ignore[arg-type]
