"""Rules for a sentence that an open walk hears, or that begins one.

An open walk hears every sentence first, and what begins an errand beyond doubt begins it, whichever room was chosen.
"""

from __future__ import annotations

from service_hall.conversation.rooms import ERRANDS
from service_hall.conversation.turn import Turn
from service_hall.reception import ends
from service_hall.reception.arrived import Arrived


def open_walk_hears(arrived: Arrived) -> Turn | None:
    """An answer to its question, or anything else that it knows what to do with."""
    turn = arrived.turn_of_walk
    return ends.of_flow(turn) if turn and not turn.is_miss else None


def open_walk_asks_again(arrived: Arrived) -> Turn | None:
    """It was no answer, and begins nothing else."""
    turn = arrived.turn_of_walk
    return ends.of_flow(turn) if turn and not arrived.is_claimed_elsewhere else None


def begins_by_intent(arrived: Arrived) -> Turn | None:
    turn = arrived.begin(arrived.heard.act) if arrived.room in ERRANDS else None
    return ends.of_flow(turn) if turn else None


def begins_by_claim(arrived: Arrived) -> Turn | None:
    begun = (arrived.begin(meant) for meant in arrived.claims())
    turn = next((turn for turn in begun if turn), None)
    return ends.of_flow(turn) if turn else None


def open_walk_asks_after_all(arrived: Arrived) -> Turn | None:
    """It was no answer, and what it seemed to begin it did not."""
    turn = arrived.turn_of_walk
    return ends.of_flow(turn) if turn else None
