"""Whence a request came, as much as the hall may know: the network address as a keyed hash."""

from __future__ import annotations

from starlette.requests import Request

from channels.addresses import address_of
from service_hall.shared.origin import Origin
from service_hall.shared.safe import Safe


def origin_of(request: Request, safe: Safe) -> Origin:
    key = safe.fingerprint(f"address {address_of(request)}") if request.client else ""
    return Origin(address_key=key, solves_puzzles=True)
