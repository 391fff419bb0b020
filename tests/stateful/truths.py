"""What holds after every step, whatever has happened before."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from service_hall.appointments.budgets import day_began
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId
from service_hall.shared.origin import Origin
from service_hall.visits.hours import is_open_at
from service_hall.visits.keys import Operation, kept_key
from service_hall.visits.ledger import Page
from service_hall.visits.means import ends_at, exceptions_on
from service_hall.visits.notices import REMINDERS, Notice, NoticeKind
from service_hall.visits.states import AHEAD, AT_COUNTER, IN_HALL, Move, Status, status_after
from service_hall.visits.visit import Share, Visit, VisitId, has_run_out
from service_hall.visits.waiting import WishStatus
from tests.proofs import HERE, THERE
from tests.visit_town import MONDAY, VisitTown, moment

LONG = timedelta(days=400)
FIRST, LAST = MONDAY - LONG, MONDAY + LONG
LATER = moment(LAST, "23:59")
EVERY = frozenset(Status)
Slot = tuple[str, str, Share, datetime]


class Truths:
    """Looks at the ledger as a whole; remembers what it saw the last time, and what the citizens were promised."""

    def __init__(
        self, town: VisitTown, visitors: tuple[VisitorId, ...], origins: tuple[Origin, ...] = (HERE, THERE)
    ) -> None:
        self._town, self._visitors, self._origins = town, visitors, origins
        self._versions: dict[VisitId, int] = {}
        self._taken: dict[Slot, int] = {}
        self._came_back: set[VisitId] = set()
        self.visits: list[Visit] = []
        """As they stand, in the order in which they were first seen."""
        self.confirmed: dict[tuple[VisitorId, str], VisitId] = {}
        """By the key under which the citizen was told that it is booked."""
        self.given_up: set[VisitId] = set()
        """Cancelled by the citizens themselves."""

    def check(self) -> None:
        self._town.ledger.read(self._check)

    def _check(self, page: Page) -> None:
        found = [
            visit
            for office in self._town.library.published.offices
            for visit in page.of_office(office.id, FIRST, LAST, EVERY)
        ]
        seen_before = {visit_id: place for place, visit_id in enumerate(self._versions)}
        self.visits = sorted(found, key=lambda visit: seen_before.get(visit.visit_id, len(seen_before)))
        assert len(found) >= len(seen_before), "a visit has vanished"
        self._histories_are_whole(page)
        self._places_are_given_once(page)
        self._hall_is_in_order()
        self._nobody_books_twice_for_one_person()
        self._budgets_are_kept(page)
        self._closed_hours_are_empty(page)
        self._reminders_fit(page)
        self._wishes_fit(page)
        self._promises_are_kept(page)

    def _histories_are_whole(self, page: Page) -> None:
        for visit in self.visits:
            if self._versions.get(visit.visit_id) == visit.version:
                continue
            lines = page.history(visit.visit_id)
            assert [line.version for line in lines] == list(range(1, visit.version + 1))
            before = None
            for line in lines:
                assert line.before == before
                assert status_after(line.move, before) is line.after
                before = line.after
            assert visit.status is before
            if any(line.move in (Move.RETURN, Move.RECALL) for line in lines):
                self._came_back.add(visit.visit_id)
            self._versions[visit.visit_id] = visit.version

    def _places_are_given_once(self, page: Page) -> None:
        """Where a capacity was cut afterwards, what had been booked stays, and nothing comes on top."""
        taken: dict[Slot, int] = {}
        for office in self._town.library.published.offices:
            for line in office.lines:
                for load in page.loads(office.id, line.id, FIRST, LAST, self._town.clock()):
                    for share, minutes, capacity in (
                        (Share.PUBLIC, load.public, line.public_minutes),
                        (Share.INTERNAL, load.internal, line.internal_minutes),
                    ):
                        slot = office.id, line.id, share, load.starts_at
                        taken[slot] = minutes
                        assert minutes <= max(capacity, self._taken.get(slot, 0)), f"overbooked: {slot}"
        self._taken = taken

    def _hall_is_in_order(self) -> None:
        counters = Counter((visit.office_id, visit.counter) for visit in self.visits if visit.status in AT_COUNTER)
        assert all(place[1] and many == 1 for place, many in counters.items()), "two at one counter"
        tickets = Counter((visit.office_id, visit.day, visit.ticket) for visit in self.visits if visit.ticket)
        assert all(many == 1 for many in tickets.values()), "one number twice"
        assert all(visit.ticket for visit in self.visits if visit.status in {*IN_HALL, Status.FINISHED})
        assert len({visit.code for visit in self.visits}) == len(self.visits)

    def _nobody_books_twice_for_one_person(self) -> None:
        """For one item; staff being one booker. Who was missed, booked anew and is back after all may stand in the hall
        beside it."""
        standing = Counter(
            (visit.visitor_id, key, visit.guide_id)
            for visit in self.visits
            if visit.person and (visit.status is Status.BOOKED or visit.status in IN_HALL)
            if visit.visit_id not in self._came_back
            for key in visit.person.keys
        )
        assert all(many == 1 for many in standing.values()), "two bookings for one person and item"

    def _budgets_are_kept(self, page: Page) -> None:
        """Above the day's budget of an address nothing was taken without a proof."""
        for origin in self._origins:
            takings = page.takings_of(origin.address_key, moment(FIRST, "00:00"))
            unproven = Counter(day_began(taking.at) for taking in takings if not taking.is_proven)
            assert all(many <= self._town.rules.bookings_per_address for many in unproven.values()), "above the budget"

    def _closed_hours_are_empty(self, page: Page) -> None:
        means = self._town.means
        for visit in self.visits:
            if visit.status not in AHEAD or visit.displaced or has_run_out(visit, means.now()):
                continue
            office, line = means.office(visit.office_id), means.line(visit.office_id, visit.line_id)
            assert office and line and visit.starts_at
            assert visit.day == visit.starts_at.astimezone(SHANGHAI).date()
            exceptions = exceptions_on(page, office.id, visit.day, visit.day)
            for at in (visit.starts_at, ends_at(means, visit) - timedelta(minutes=1)):
                assert is_open_at(office, line, at, means.calendar, exceptions), f"{visit.status} while closed: {at}"

    def _reminders_fit(self, page: Page) -> None:
        """What waits to be said belongs to a booking that stands, at its time; and none is missing."""
        now, rules = self._town.clock(), self._town.rules
        waiting: dict[VisitId, list[Notice]] = {}
        for notice in page.due(LATER, limit=100_000):
            if notice.kind in REMINDERS:
                waiting.setdefault(notice.visit_id, []).append(notice)
        for visit in self.visits:
            due = {notice.kind: notice.due_at for notice in waiting.get(visit.visit_id, [])}
            assert len(due) == len(waiting.get(visit.visit_id, [])), "reminded twice"
            if visit.status is not Status.BOOKED or visit.displaced or visit.visitor_id is None:
                assert not due, f"a reminder of what is {visit.status}"
                continue
            assert visit.starts_at
            evening = moment(visit.day - timedelta(days=1), f"{rules.remind_day_before_at:%H:%M}")
            soon = visit.starts_at - timedelta(minutes=rules.remind_minutes_before)
            for kind, at in ((NoticeKind.DAY_BEFORE, evening), (NoticeKind.SOON, soon)):
                if at.time() < rules.notices_from:  # nobody is woken; the evening's may be enough
                    morning = moment(at.date(), f"{rules.notices_from:%H:%M}")
                    assert due.get(kind, morning) == morning, "a reminder at night"
                elif at > now:
                    assert due.get(kind) == at, "a reminder is missing"
                else:
                    assert due.get(kind, at) == at

    def _wishes_fit(self, page: Page) -> None:
        known = {visit.visit_id: visit for visit in self.visits}
        for visitor in self._visitors:
            for wish in page.wishes_of(visitor):
                offered = known.get(wish.visit_id) if wish.visit_id else None
                match wish.status:
                    case WishStatus.WAITING:
                        assert offered is None
                    case WishStatus.OFFERED:
                        assert offered and offered.status is Status.HELD, "offered a place that is gone"
                    case WishStatus.TAKEN:
                        assert offered and offered.status is not Status.HELD

    def _promises_are_kept(self, page: Page) -> None:
        known = {visit.visit_id: visit for visit in self.visits}
        for (visitor, key), visit_id in self.confirmed.items():
            booked = page.by_key(visitor, kept_key(Operation.BOOK, key))
            assert booked and booked == known[visit_id], "a confirmed booking is lost"
            assert booked.status is not Status.HELD
            if booked.status is Status.CANCELLED and visit_id not in self.given_up:
                kinds = (NoticeKind.CLOSED, NoticeKind.RELEASED)
                told = booked.visitor_id is None or any(page.has_notice(visit_id, kind) for kind in kinds)
                assert told, "a confirmed booking ended in silence"
