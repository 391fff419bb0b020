"""A town where few places are free of proofs, and who books there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from service_hall.appointments.reserving import Request, book
from service_hall.shared.origin import Origin
from tests.proofs import HERE, FakeSms, solved
from tests.visit_town import MONDAY, VisitTown, moment, request

_TUESDAY = MONDAY + timedelta(days=1)
STARTS = [moment(_TUESDAY, clock) for clock in ("09:00", "09:30", "10:00", "10:30", "11:00", "11:30")]


def a_town(per_address: int = 2, per_device: int = 1000, sms: FakeSms | None = None, **figures: int) -> VisitTown:
    town = VisitTown(sms=sms)
    town.change_rules(bookings_per_address=per_address, bookings_per_device=per_device, **figures)
    return town


def asked(number: int, origin: Origin = HERE, **changed: Any) -> Request:
    """By another visitor for another person each, at a time that is free."""
    return replace(request(number, STARTS[number % len(STARTS)], **changed), origin=origin)


def with_proof(town: VisitTown, wanted: Request) -> object:
    return book(town.means, replace(wanted, proof=solved(book(town.means, wanted))))
