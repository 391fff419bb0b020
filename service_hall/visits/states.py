"""The one state machine of a visit: which move is allowed from where, and where it leads."""

from __future__ import annotations

from enum import StrEnum

from service_hall.shared.errors import HallError


class Status(StrEnum):
    HELD = "held"
    """A place is kept while the citizen fills in the rest."""
    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    """In the hall with a ticket, waiting."""
    CALLED = "called"
    SERVING = "serving"
    FINISHED = "finished"
    MISSED = "missed"
    """Not there: never came, or did not come to the counter when called."""
    CANCELLED = "cancelled"


class Move(StrEnum):
    HOLD = "hold"
    BOOK = "book"
    RESCHEDULE = "reschedule"
    DISPLACE = "displace"
    """The office closes at that time: the booking stays, and needs another time."""
    RESTORE = "restore"
    CHECK_IN = "check_in"
    TAKE_TICKET = "take_ticket"
    """Without a booking."""
    CALL = "call"
    CALL_AGAIN = "call_again"
    SERVE = "serve"
    TRANSFER = "transfer"
    FINISH = "finish"
    MISS = "miss"
    RECALL = "recall"
    """A missed citizen is called after all."""
    RETURN = "return"
    """A missed citizen is back and waits again."""
    CANCEL = "cancel"
    EXPIRE = "expire"


_TABLE: dict[Move, dict[Status | None, Status]] = {
    Move.HOLD: {None: Status.HELD},
    Move.BOOK: {Status.HELD: Status.BOOKED},
    Move.RESCHEDULE: {Status.BOOKED: Status.BOOKED},
    Move.DISPLACE: {Status.BOOKED: Status.BOOKED},
    Move.RESTORE: {Status.BOOKED: Status.BOOKED},
    Move.CHECK_IN: {Status.BOOKED: Status.CHECKED_IN},
    Move.TAKE_TICKET: {None: Status.CHECKED_IN},
    Move.CALL: {Status.CHECKED_IN: Status.CALLED},
    Move.CALL_AGAIN: {Status.CALLED: Status.CALLED},
    Move.SERVE: {Status.CALLED: Status.SERVING},
    Move.TRANSFER: {Status.CALLED: Status.CHECKED_IN, Status.SERVING: Status.CHECKED_IN},
    Move.FINISH: {Status.SERVING: Status.FINISHED},
    Move.MISS: {Status.BOOKED: Status.MISSED, Status.CALLED: Status.MISSED},
    Move.RECALL: {Status.MISSED: Status.CALLED},
    Move.RETURN: {Status.MISSED: Status.CHECKED_IN},
    Move.CANCEL: {
        Status.HELD: Status.CANCELLED,
        Status.BOOKED: Status.CANCELLED,
        Status.CHECKED_IN: Status.CANCELLED,
    },
    Move.EXPIRE: {Status.HELD: Status.CANCELLED},
}

ENDED = frozenset({Status.FINISHED, Status.MISSED, Status.CANCELLED})
AHEAD = frozenset({Status.HELD, Status.BOOKED})
"""Not yet in the hall."""
AT_COUNTER = frozenset({Status.CALLED, Status.SERVING})
IN_HALL = frozenset({Status.CHECKED_IN, *AT_COUNTER})
TAKES_PLACE = frozenset({*AHEAD, *IN_HALL, Status.FINISHED, Status.MISSED})
"""Counts against the capacity of its opening. A missed one does too: its time has passed."""


class IllegalMove(HallError):
    pass


def status_after(move: Move, status: Status | None) -> Status:
    """Raises IllegalMove."""
    try:
        return _TABLE[move][status]
    except KeyError:
        raise IllegalMove(f"{move} from {status}") from None


def allows(move: Move, status: Status | None) -> bool:
    return status in _TABLE[move]
