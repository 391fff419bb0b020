"""How many places may be taken in a day without a proof, and how long a puzzle is above that. Pure."""

from __future__ import annotations

from datetime import datetime, time

from knowledge_base.booking_rules import BookingRules
from service_hall.shared.clock import SHANGHAI
from service_hall.visits.takings import Counted


def day_began(now: datetime) -> datetime:
    """A budget is of a calendar day: that is what a citizen can be told."""
    return datetime.combine(now.astimezone(SHANGHAI).date(), time.min, SHANGHAI)


def level_needed(counted: Counted, address_key: str, rules: BookingRules) -> int:
    """0: within the budget, no proof is needed."""
    over = counted.of_visitor - rules.bookings_per_device
    if address_key:
        over = max(over, counted.of_address - rules.bookings_per_address)
    if over < 0:
        return 0
    return min(1 + over // rules.bookings_per_puzzle_level, rules.puzzle_levels)


def hashes_at(level: int, rules: BookingRules) -> int:
    """The most that a puzzle of that level takes: twice as many with each level."""
    return int(rules.puzzle_hashes * 2 ** (level - 1))
