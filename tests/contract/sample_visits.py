"""Made-up visits on a made-up day, and the shortest way to bring them into a ledger."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId
from service_hall.visits.ledger import Ledger
from service_hall.visits.notices import Notice, NoticeId, NoticeKind
from service_hall.visits.pack import Pack, PackItem
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import Code, SealedPerson, Share, Visit, VisitId, event_of
from service_hall.visits.waiting import Wish, WishId, WishStatus

_numbers = itertools.count(1)
DAY = date(2026, 6, 1)
NINE = datetime.combine(DAY, time(9), SHANGHAI)
HALL = "town-hall"
WANG = SealedPerson("sealed 😀", "id of wang", "name of wang")
ME, YOU = VisitorId("v_me"), VisitorId("v_you")


def at(hour: int, minute: int = 0, day: int = 0) -> datetime:
    return NINE.replace(hour=hour, minute=minute) + timedelta(days=day)


def a_visit(status: Status = Status.BOOKED, **stated: Any) -> Visit:
    number = next(_numbers)
    start = stated.get("starts_at", NINE)
    return Visit(
        **{
            "visit_id": VisitId(f"w_{number:06}"),
            "code": Code(f"CODE{number:06}"),
            "visitor_id": ME,
            "guide_id": "dog-register",
            "office_id": HALL,
            "line_id": "cards",
            "day": start.date() if start else DAY,
            "minutes": 15,
            "share": Share.PUBLIC,
            "status": status,
            "created_at": NINE - timedelta(days=3),
            "starts_at": start,
            **stated,
        }
    )


def a_full_visit() -> Visit:
    """Every field says something."""
    return a_visit(
        person=WANG,
        phone_key="phone of wang",
        held_until=at(8),
        displaced=True,
        no_show=True,
        exempt=True,
        reschedules=2,
        ticket="A007",
        checked_in_at=at(8, 50),
        waits_since=at(8, 51),
        counter="3",
        called_at=at(9, 1),
        calls=2,
        serving_at=at(9, 2),
        ended_at=at(9, 9),
        share_with_clerk=True,
        question="狗证丢了；'); DROP TABLE visits;--\n𠮷",
        pack=Pack(items=(PackItem(name="申请表", ticked=True, change="new"),), dropped=("照片",), digest="d1"),
    )


def bring(ledger: Ledger, *visits: Visit) -> None:
    for visit in visits:
        line = event_of(None, visit, Move.HOLD, visit.created_at, "hall", why="测试")
        ledger.write([], lambda page, visit=visit, line=line: page.add(visit, line))  # type: ignore[misc]


def known(ledger: Ledger, visit: Visit) -> Visit:
    found = ledger.read(lambda page: page.visit(visit.visit_id))
    assert found is not None
    return found


def moved(ledger: Ledger, visit: Visit, move: Move, **changes: Any) -> Visit:
    after = visit.moved(move, **changes)
    ledger.write([], lambda page: page.save(after, event_of(visit, after, move, NINE, "hall")))
    return after


def a_notice(visit: Visit, kind: NoticeKind = NoticeKind.SOON, due_at: datetime = NINE, **facts: Any) -> Notice:
    return Notice(NoticeId(f"n_{next(_numbers):06}"), visit.visit_id, ME, kind, due_at, facts)


def a_wish(**stated: Any) -> Wish:
    wish = Wish(
        wish_id=WishId(f"l_{next(_numbers):06}"),
        visitor_id=ME,
        guide_id="dog-register",
        office_id=HALL,
        line_id="cards",
        first_day=DAY,
        last_day=DAY + timedelta(days=3),
        from_time="09:00",
        until_time="24:00",
        person=WANG,
        status=WishStatus.WAITING,
        made_at=NINE,
    )
    return replace(wish, **stated)
