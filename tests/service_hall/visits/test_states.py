"""One table says which move is allowed from where, and where it leads."""

from __future__ import annotations

from datetime import date

import pytest

from service_hall.appointments.changing import cancel
from service_hall.visits.states import (
    AHEAD,
    AT_COUNTER,
    ENDED,
    IN_HALL,
    IllegalMove,
    Move,
    Status,
    allows,
    status_after,
)
from service_hall.visits.visit import event_of
from tests.visit_town import VisitTown, as_it_stands, booked, visitor

EVERY_STATUS = (None, *Status)


def after(*moves: Move) -> Status | None:
    status: Status | None = None
    for move in moves:
        status = status_after(move, status)
    return status


def test_the_whole_way_of_a_visit() -> None:
    way = (Move.HOLD, Move.BOOK, Move.CHECK_IN, Move.CALL, Move.SERVE, Move.FINISH)
    assert [after(*way[: step + 1]) for step in range(len(way))] == [
        Status.HELD,
        Status.BOOKED,
        Status.CHECKED_IN,
        Status.CALLED,
        Status.SERVING,
        Status.FINISHED,
    ]


@pytest.mark.parametrize(
    ("moves", "status"),
    [
        ((Move.TAKE_TICKET,), Status.CHECKED_IN),
        ((Move.HOLD, Move.EXPIRE), Status.CANCELLED),
        ((Move.HOLD, Move.CANCEL), Status.CANCELLED),
        ((Move.HOLD, Move.BOOK, Move.RESCHEDULE), Status.BOOKED),
        ((Move.HOLD, Move.BOOK, Move.DISPLACE, Move.RESTORE), Status.BOOKED),
        ((Move.HOLD, Move.BOOK, Move.MISS), Status.MISSED),
        ((Move.TAKE_TICKET, Move.CALL, Move.CALL_AGAIN, Move.MISS), Status.MISSED),
        ((Move.TAKE_TICKET, Move.CALL, Move.MISS, Move.RECALL), Status.CALLED),
        ((Move.TAKE_TICKET, Move.CALL, Move.MISS, Move.RETURN), Status.CHECKED_IN),
        ((Move.TAKE_TICKET, Move.CALL, Move.TRANSFER), Status.CHECKED_IN),
        ((Move.TAKE_TICKET, Move.CALL, Move.SERVE, Move.TRANSFER), Status.CHECKED_IN),
    ],
)
def test_every_side_way_is_there(moves: tuple[Move, ...], status: Status) -> None:
    assert after(*moves) is status


@pytest.mark.parametrize("status", [Status.FINISHED, Status.CANCELLED])
def test_what_is_finished_or_cancelled_never_moves_again(status: Status) -> None:
    assert not [move for move in Move if allows(move, status)]


def test_the_missed_can_only_be_called_after_all_or_come_back() -> None:
    assert {move for move in Move if allows(move, Status.MISSED)} == {Move.RECALL, Move.RETURN}


def test_a_visit_begins_with_a_hold_or_a_ticket() -> None:
    assert {move for move in Move if allows(move, None)} == {Move.HOLD, Move.TAKE_TICKET}


def test_whoever_is_at_a_counter_cannot_be_cancelled() -> None:
    assert not any(allows(Move.CANCEL, status) for status in AT_COUNTER)


@pytest.mark.parametrize("move", list(Move))
@pytest.mark.parametrize("status", EVERY_STATUS)
def test_what_is_not_allowed_is_refused(move: Move, status: Status | None) -> None:
    if allows(move, status):
        assert status_after(move, status) in Status
    else:
        with pytest.raises(IllegalMove):
            status_after(move, status)


def test_every_status_can_be_reached() -> None:
    reached = {status_after(move, status) for move in Move for status in EVERY_STATUS if allows(move, status)}
    assert reached == set(Status)


def test_a_visit_is_ahead_in_the_hall_or_ended() -> None:
    assert set(Status) == AHEAD | IN_HALL | ENDED
    assert not AHEAD & IN_HALL and not IN_HALL & ENDED and not AHEAD & ENDED


def test_every_move_is_counted_and_leaves_the_old_visit_as_it_was() -> None:
    before = booked(VisitTown())
    moved = before.moved(Move.CHECK_IN, ticket="A001")
    assert (moved.version, moved.status, moved.ticket) == (before.version + 1, Status.CHECKED_IN, "A001")
    assert (before.status, before.ticket) == (Status.BOOKED, "")


def test_a_visit_refuses_a_move_that_is_not_allowed() -> None:
    with pytest.raises(IllegalMove):
        booked(VisitTown()).moved(Move.FINISH)


def test_the_history_tells_every_move_and_who_made_it() -> None:
    town = VisitTown()
    visit = booked(town)
    cancel(town.means, visitor(), visit.code)
    history = town.ledger.read(lambda page: page.history(visit.visit_id))
    assert [(each.version, each.move, each.before, each.after) for each in history] == [
        (1, Move.HOLD, None, Status.HELD),
        (2, Move.BOOK, Status.HELD, Status.BOOKED),
        (3, Move.CANCEL, Status.BOOKED, Status.CANCELLED),
    ]
    assert {each.actor for each in history} == {f"visitor:{visitor()}"}
    assert as_it_stands(town, visit).version == 3


def test_a_line_of_the_history_names_the_move_and_holds_what_was_noted() -> None:
    town = VisitTown()
    before = booked(town)
    after_it = before.moved(Move.DISPLACE, displaced=True)
    line = event_of(before, after_it, Move.DISPLACE, town.means.now(), "clerk:wang", closure="c_1")
    assert (line.visit_id, line.version, line.note) == (before.visit_id, 3, {"closure": "c_1"})
    assert line.at.date() == date(2026, 6, 1)
