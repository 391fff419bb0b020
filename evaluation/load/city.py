"""A city with many offices and nearly every place booked: the sample's offices, several times over."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, count, islice, zip_longest
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.content_files import CONTENT
from knowledge_base.offices import CounterLine, Office
from service_hall.appointments.openings import days_bookable, openings
from service_hall.appointments.places import Wanted, new_visit, openings_between
from service_hall.shared.ids import VisitorId, new_readable_code
from service_hall.visits.hours import Exceptions
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means
from service_hall.visits.person import Person, seal_person
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import HALL, Code, Visit, VisitId, event_of

OPEN = "open"
"""In the ids of the offices that are left empty, to be booked."""
_AT_ONCE = 2000
"""Visits a transaction."""


def larger_content(folder: Path, times: int) -> Path:
    """The shipped content with its offices so many times, and once more empty."""
    shutil.copytree(CONTENT, folder)
    for path in sorted((CONTENT / "offices").glob("*.yml")):
        offices: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["offices"]
        for mark in (*map(str, range(2, times + 1)), OPEN):
            copies = [
                {**office, "id": f"{office['id']}-{mark}", "name": f"{office['name']}{mark}"} for office in offices
            ]
            written = yaml.safe_dump({"offices": copies}, allow_unicode=True, sort_keys=False)
            (folder / "offices" / f"{path.stem}-{mark}.yml").write_text(written, "utf-8")
    return folder


def fill(means: Means, offices: Iterable[Office]) -> int:
    """Books every place that citizens can book, as far ahead as they can. How many."""
    booked = chain.from_iterable(_all_of(means, office, line) for office in offices for line in office.lines)
    written = 0
    while some := list(islice(booked, _AT_ONCE)):

        def work(page: Page, some: Sequence[Visit] = some) -> None:
            for visit in some:
                page.add(visit, event_of(None, visit, Move.HOLD, visit.created_at, HALL))

        means.ledger.write([], work)
        written += len(some)
    return written


def free_places(means: Means, offices: Iterable[Office]) -> Iterator[Wanted]:
    """Office by office in turn, so that neighbours in the list seldom wait for each other."""
    first, last = days_bookable(means.now(), means.rules_now())
    by_office = []
    for office in offices:
        places: list[Wanted] = []
        for line in office.lines:
            found = openings_between(means, line.guides[0], office.id, first, last)
            for opening in found if isinstance(found, list) else ():  # some lines are for walking in alone
                places += [Wanted(line.guides[0], office.id, opening.starts_at)] * opening.left
        by_office.append(places)
    return (place for places in zip_longest(*by_office) for place in places if place)


def somebody(number: int) -> Person:
    """Another one for every number."""
    return Person("张三", f"13{number:09d}")


_numbers = count()


def _all_of(means: Means, office: Office, line: CounterLine) -> Iterator[Visit]:
    now, rules = means.now(), means.rules_now()
    first, last = days_bookable(now, rules)
    free = openings(
        office,
        line.guides[0],
        first,
        last,
        now=now,
        rules=rules,
        calendar=means.calendar,
        exceptions=Exceptions(),
        loads=(),
    )
    for opening in free:
        first_of_slot = new_visit(means, Wanted(line.guides[0], office.id, opening.starts_at), office, None)
        for _ in range(opening.left):
            number = next(_numbers)
            visit_id = VisitId("w_" + new_readable_code(16))
            yield replace(
                first_of_slot,
                visit_id=visit_id,
                code=Code(new_readable_code()),
                visitor_id=VisitorId(f"v_filled_{number}"),
                status=Status.BOOKED,
                person=seal_person(somebody(number), visit_id, means.safe),
            )
