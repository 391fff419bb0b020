"""What is done to the hall again and again: a booking, or a look at the openings; in process and over HTTP."""

from __future__ import annotations

import http.client
import itertools
import json
import random
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from channels.visitors import VisitorDesk
from evaluation.load.city import somebody
from evaluation.load.pace import Work
from knowledge_base.offices import Office
from service_hall.appointments.openings import days_bookable
from service_hall.appointments.outcomes import Booked
from service_hall.appointments.places import Wanted, openings_between
from service_hall.appointments.reserving import Request, book
from service_hall.shared.ids import VisitorId
from service_hall.visits.means import Means

_numbers = itertools.count(500_000_000)
"""Far beyond those who have booked already."""


def bookings(means: Means, places: Iterator[Wanted]) -> Iterator[Work]:
    """Each by another visitor, for another person."""
    return (partial(_book, means, wanted, next(_numbers)) for wanted in places)


def looks(means: Means, offices: Sequence[Office]) -> Iterator[Work]:
    """At the openings of any item at any office, as far ahead as can be booked, without an end."""
    return (partial(_look, means, guide_id, office_id) for guide_id, office_id in _items(offices))


class Door:
    """The appointments at the web's door. Every thread keeps a connection of its own."""

    def __init__(self, port: int, secret: str) -> None:
        """`secret`: the service's, so that visitors need not be made one by one."""
        self._port, self._desk = port, VisitorDesk(secret)
        self._of_thread = threading.local()

    def bookings(self, places: Iterator[Wanted]) -> Iterator[Work]:
        return (partial(self._book, wanted, next(_numbers)) for wanted in places)

    def looks(self, offices: Sequence[Office]) -> Iterator[Work]:
        """Full ones too: the longest answer there is."""
        return (partial(self._look, guide_id, office_id) for guide_id, office_id in _items(offices))

    def _book(self, wanted: Wanted, number: int) -> bool:
        person = somebody(number)
        body = {
            "guide_id": wanted.guide_id,
            "office_id": wanted.office_id,
            "starts_at": wanted.starts_at.isoformat(),
            "name": person.name,
            "phone": person.phone,
        }
        headers = {
            "Authorization": f"Bearer {self._desk.token_for(VisitorId(f'v_bench_{number}'))}",
            "Idempotency-Key": f"bench-{number}",
            "Content-Type": "application/json",
        }
        status, _ = self._ask("POST", "/api/appointments", json.dumps(body), headers)
        return status == 201

    def _look(self, guide_id: str, office_id: str) -> bool:
        asked = urlencode({"guide_id": guide_id, "office_id": office_id, "full": "true"})
        status, answer = self._ask("GET", f"/api/appointments/openings?{asked}")
        return status == 200 and bool(answer["openings"])

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        if not hasattr(self._of_thread, "connection"):
            self._of_thread.connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        connection: http.client.HTTPConnection = self._of_thread.connection
        connection.request(method, path, body, dict(headers or {}))
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def _items(offices: Sequence[Office]) -> Iterator[tuple[str, str]]:
    """In the same order each time."""
    pairs = [(guide_id, office.id) for office in offices for line in office.lines for guide_id in line.guides]
    random.Random(1).shuffle(pairs)
    return itertools.cycle(pairs)


def _book(means: Means, wanted: Wanted, number: int) -> bool:
    asked = Request(VisitorId(f"v_bench_{number}"), wanted, somebody(number), f"bench {number}")
    return isinstance(book(means, asked), Booked)


def _look(means: Means, guide_id: str, office_id: str) -> bool:
    found = openings_between(means, guide_id, office_id, *days_bookable(means.now(), means.rules_now()))
    return isinstance(found, list) and bool(found)
