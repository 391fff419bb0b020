"""At the counter: call, call again, serve, finish, pass over, call after all, send on. One citizen, one counter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from knowledge_base.offices import CounterLine, Office
from service_hall.queue.order import may_recall
from service_hall.queue.outcomes import Done, Moving, Refused
from service_hall.queue.state import Queue, read_queue
from service_hall.visits.ledger import Page, office_lock
from service_hall.visits.means import Means
from service_hall.visits.notices import NoticeKind, notice
from service_hall.visits.states import AT_COUNTER, Move, Status, allows
from service_hall.visits.visit import Visit, VisitId, event_of

_AT_ONCE = timedelta(seconds=2)


def call_next(means: Means, office_id: str, counter: str, clerk: str) -> Moving:
    def work(page: Page, office: Office, line: CounterLine) -> Moving:
        queue = read_queue(page, means, office)
        # Asked of the ledger: somebody may be left over from yesterday, until the day is ended.
        if page.at_counter(office_id, counter):
            return Refused("counter_busy")
        waiting = queue.for_counter(line.id, counter)
        if not waiting:
            return Refused("nobody_waiting")
        called = _moved(
            page, means, waiting[0], Move.CALL, clerk, counter=counter, called_at=queue.now, calls=waiting[0].calls + 1
        )
        page.post(notice(called, NoticeKind.CALLED, queue.now))
        _warn_the_next(page, means, office, line)
        return Done(called)

    return _at_counter(means, office_id, counter, work)


def call_again(means: Means, office_id: str, counter: str, visit_id: VisitId, clerk: str) -> Moving:
    """A button that is pressed three times at once calls once more."""

    def work(page: Page, visit: Visit) -> Visit:
        if visit.calls > 1 and visit.called_at and means.now() - visit.called_at < _AT_ONCE:
            return visit
        again = _moved(page, means, visit, Move.CALL_AGAIN, clerk, calls=visit.calls + 1, called_at=means.now())
        page.post(notice(again, NoticeKind.CALLED, means.now()))
        return again

    return _of_counter(means, office_id, counter, visit_id, (Move.CALL_AGAIN,), work)


def serve(means: Means, office_id: str, counter: str, visit_id: VisitId, clerk: str) -> Moving:
    def work(page: Page, visit: Visit) -> Visit:
        return _moved(page, means, visit, Move.SERVE, clerk, serving_at=means.now())

    return _of_counter(means, office_id, counter, visit_id, (Move.SERVE,), work)


def finish(means: Means, office_id: str, counter: str, visit_id: VisitId, clerk: str) -> Moving:
    """Straight from the call too: the clerk forgot to press 开始办理."""

    def work(page: Page, visit: Visit) -> Visit:
        now = means.now()
        if visit.status is Status.CALLED:
            visit = _moved(page, means, visit, Move.SERVE, clerk, serving_at=visit.called_at)
        done = _moved(page, means, visit, Move.FINISH, clerk, ended_at=now)
        page.post(notice(done, NoticeKind.FINISHED, now))
        return done

    return _of_counter(means, office_id, counter, visit_id, (Move.FINISH, Move.SERVE), work)


def miss(means: Means, office_id: str, counter: str, visit_id: VisitId, clerk: str) -> Moving:
    """Called, and not there."""

    def work(page: Page, visit: Visit) -> Visit:
        missed = _moved(page, means, visit, Move.MISS, clerk, ended_at=means.now())
        page.post(notice(missed, NoticeKind.MISSED_CALL, means.now()))
        return missed

    return _of_counter(means, office_id, counter, visit_id, (Move.MISS,), work)


def recall(means: Means, office_id: str, counter: str, visit_id: VisitId, clerk: str) -> Moving:
    """A missed citizen who is there after all, today, at any counter of the line, or where the last call was to."""

    def work(page: Page, office: Office, line: CounterLine) -> Moving:
        visit = page.visit(visit_id)
        now = means.now()
        if visit is None or visit.office_id != office_id or visit.day != now.date() or not visit.ticket:
            return Refused("no_such_move")
        if visit.status is not Status.MISSED:
            return Refused("moved_already")
        if not may_recall(visit, line.id, counter):
            return Refused("no_such_move")
        if page.at_counter(office_id, counter):
            return Refused("counter_busy")
        called = _moved(
            page, means, visit, Move.RECALL, clerk, counter=counter, called_at=now, calls=visit.calls + 1, ended_at=None
        )
        page.post(notice(called, NoticeKind.CALLED, now))
        return Done(called)

    return _at_counter(means, office_id, counter, work)


def transfer(means: Means, office_id: str, counter: str, visit_id: VisitId, clerk: str, to_counter: str) -> Moving:
    """To the front of another counter's queue."""
    if to_counter == counter:
        return Refused("same_counter")
    office = means.office(office_id)
    if office is None or _line_of(office, to_counter) is None:
        return Refused("unknown_counter")

    def work(page: Page, visit: Visit) -> Visit:
        now = means.now()
        return _moved(
            page,
            means,
            visit,
            Move.TRANSFER,
            clerk,
            counter=to_counter,
            waits_since=now,
            called_at=None,
            serving_at=None,
            calls=0,
        )

    return _of_counter(means, office_id, counter, visit_id, (Move.TRANSFER,), work)


# every move at a counter


def _at_counter(
    means: Means, office_id: str, counter: str, work: Callable[[Page, Office, CounterLine], Moving]
) -> Moving:
    office = means.office(office_id)
    if office is None:
        return Refused("unknown_office")
    line = _line_of(office, counter)
    if line is None:
        return Refused("unknown_counter")
    return means.ledger.write([office_lock(office_id)], lambda page: work(page, office, line))


def _of_counter(
    means: Means,
    office_id: str,
    counter: str,
    visit_id: VisitId,
    moves: tuple[Move, ...],
    work: Callable[[Page, Visit], Visit],
) -> Moving:
    """For the visit that is at this counter now; whoever was slower is told so."""

    def at_this_counter(page: Page, office: Office, line: CounterLine) -> Moving:
        visit = page.visit(visit_id)
        if visit is None or visit.office_id != office_id:
            return Refused("no_such_move")
        if visit.status not in AT_COUNTER or visit.counter != counter:
            return Refused("moved_already")
        if not any(allows(move, visit.status) for move in moves):
            return Refused("no_such_move")
        return Done(work(page, visit))

    return _at_counter(means, office_id, counter, at_this_counter)


def _moved(page: Page, means: Means, visit: Visit, move: Move, clerk: str, **changes: Any) -> Visit:
    moved = visit.moved(move, **changes)
    at = {"counter": moved.counter} if moved.counter else {}
    page.save(moved, event_of(visit, moved, move, means.now(), f"clerk:{clerk}", **at))
    return moved


def _warn_the_next(page: Page, means: Means, office: Office, line: CounterLine) -> None:
    """即将叫号, once a visit."""
    queue: Queue = read_queue(page, means, office)
    for visit in queue.of_line(line.id)[: queue.rules.almost_called_ahead]:
        if visit.visitor_id and not page.has_notice(visit.visit_id, NoticeKind.ALMOST_CALLED):
            page.post(notice(visit, NoticeKind.ALMOST_CALLED, queue.now))


def _line_of(office: Office, counter: str) -> CounterLine | None:
    return next((line for line in office.lines if counter in line.counters), None)
