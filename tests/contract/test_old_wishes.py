"""Wishes and holds of an earlier version lose the person when they were settled before, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from alembic import command

from server.storage.engine import Database
from server.storage.visit_ledger import VisitLedger
from service_hall.visits.states import Status
from service_hall.visits.visit import VisitId
from service_hall.visits.waiting import STANDING, WishId, WishStatus
from tests.contract.sample_visits import ME, WANG
from tests.contract.test_old_conversations import UTC_NINE, add, move

PERSON = {"person_sealed": WANG.sealed, "id_key": WANG.id_key, "name_key": WANG.name_key}
OF_ALL = {"guide_id": "dog-register", "office_id": "o", "line_id": "dogs", "visitor_id": str(ME)}
MOVES = {"w_never": ("hold", "expire"), "w_booked": ("hold", "book", "cancel")}


@pytest.fixture
def old(empty_engine: Database) -> Database:
    """A wish of each status, a place that was only held, and a booking that was cancelled."""
    move(empty_engine, command.upgrade, "0012")
    for status in WishStatus:
        span = {"first_day": "2026-06-01", "last_day": "2026-06-02", "from_time": "00:00", "until_time": "24:00"}
        settled = {"wish_id": f"l_{status.value}", "status": status.value, "made_at": UTC_NINE}
        add(empty_engine, "wishes", **{**OF_ALL, **PERSON, **span, **settled})
    for visit_id, moves in MOVES.items():
        a_place = {"visit_id": visit_id, "code": visit_id, "day": "2026-06-01", "minutes": 15, "share": "public"}
        ended = {"status": "cancelled", "created_at": UTC_NINE, "starts_at": UTC_NINE, "ended_at": UTC_NINE}
        no = dict.fromkeys(("displaced", "no_show", "exempt", "share_with_clerk"), False)
        nought = {"reschedules": 0, "calls": 0, "version": len(moves)}
        nothing = {"ticket": "", "counter": "", "question": "要带照片吗", "pack": "{}", "pack_digest": ""}
        add(empty_engine, "visits", **{**OF_ALL, **PERSON, **a_place, **ended, **no, **nought, **nothing})
        for version, each in enumerate(moves, 1):
            line = {"visit_id": visit_id, "version": version, "at": UTC_NINE, "move": each, "note": "{}"}
            add(empty_engine, "visit_events", **line, after="booked", actor="hall")
    return empty_engine


def test_what_was_settled_tells_no_longer_who_it_was_and_what_stands_does(old: Database) -> None:
    move(old, command.upgrade, "head")
    wishes = VisitLedger(old).read(lambda page: [page.wish(WishId(f"l_{status.value}")) for status in WishStatus])
    assert {each.status: each.person for each in wishes if each} == {
        status: WANG if status in STANDING else None for status in WishStatus
    }


def test_of_what_was_cancelled_only_a_booking_keeps_the_person(old: Database) -> None:
    move(old, command.upgrade, "head")
    never, booked = VisitLedger(old).read(lambda page: [page.visit(VisitId(each)) for each in MOVES])
    assert never and (never.person, never.question) == (None, "")
    assert booked and (booked.person, booked.question) == (WANG, "要带照片吗")
    assert booked.status is Status.CANCELLED and booked.day == date(2026, 6, 1)


def test_the_way_back_leaves_out_whom_nobody_knows(old: Database) -> None:
    move(old, command.upgrade, "head")
    move(old, command.downgrade, "0012")
    with old.connect() as connection:
        left = connection.execute(sa.text("SELECT status, id_key FROM wishes ORDER BY status")).all()
    assert [tuple(each) for each in left] == [("offered", WANG.id_key), ("waiting", WANG.id_key)]
