"""What the fake ledger asks of a visit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from service_hall.visits.bookers import Bookers
from service_hall.visits.states import AT_COUNTER, TAKES_PLACE, Status
from service_hall.visits.visit import SealedPerson, Visit


class Taken(Exception):
    """What stands for one thing stands for another already."""


def start(visit: Visit) -> datetime:
    return visit.starts_at or visit.created_at


def is_by(visit: Visit, bookers: Bookers) -> bool:
    by_visitor = bookers.visitor_id is not None and visit.visitor_id == bookers.visitor_id
    return by_visitor or (bookers.phone_key is not None and visit.phone_key == bookers.phone_key)


def is_of(visit: Visit, keys: Collection[str]) -> bool:
    person = visit.person or SealedPerson("", "", "")
    return not set(person.keys).isdisjoint(keys)


def takes_place(visit: Visit, now: datetime) -> bool:
    if visit.status is Status.HELD and visit.held_until is not None:
        return visit.held_until > now
    return visit.status in TAKES_PLACE


def collide(visit: Visit, other: Visit) -> bool:
    if visit.code == other.code:
        return True
    if visit.office_id != other.office_id:
        return False
    if visit.ticket and (visit.day, visit.ticket) == (other.day, other.ticket):
        return True
    return visit.counter == other.counter and {visit.status, other.status} <= AT_COUNTER
