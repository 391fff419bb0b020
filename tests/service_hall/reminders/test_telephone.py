"""Whom no door reaches is told by telephone what the doors tell the others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from service_hall.appointments.closing import Remedy, ToClose, close
from service_hall.appointments.places import Wanted
from service_hall.queue.arriving import check_in
from service_hall.reminders.delivering import deliver_due
from service_hall.reminders.telephone import look_up, mark_told, to_tell
from service_hall.visits.notices import NoticeId, NoticeKind, notice
from service_hall.visits.visit import Share, Visit
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.visit_town import CARD, MONDAY, SetClock, VisitTown, booked, moment, somebody

TUESDAY = MONDAY + timedelta(days=1)
NINE = moment(TUESDAY, "09:00")
CLERK = "wang"


@pytest.fixture
def town() -> VisitTown:
    return VisitTown(clock=SetClock())


def by_staff(town: VisitTown, number: int = 1) -> Visit:
    return booked(town, number, visitor_id=f"clerk:{CLERK}", wanted=Wanted(CARD, TOWN_HALL, NINE, Share.INTERNAL))


def closed(town: VisitTown, remedy: Remedy = Remedy.NOTIFY) -> None:
    close(town.means, ToClose(TOWN_HALL, NINE, NINE + timedelta(minutes=30), "停电"), remedy, CLERK)


def kinds(town: VisitTown) -> list[NoticeKind]:
    return [each.notice.kind for each in to_tell(town.means, TOWN_HALL)]


def post(town: VisitTown, visit: Visit, kind: NoticeKind, **facts: Any) -> None:
    town.ledger.write([], lambda page: page.post(notice(visit, kind, town.clock(), **facts)))


@pytest.mark.parametrize(
    ("remedy", "said"),
    [
        (Remedy.NOTIFY, "因停电，溪城市政务服务中心在6月2日（周二）9:00停办，您预约的“借书证首次办理”需要另选时间。"),
        (Remedy.MOVE, "因停电，您预约的“借书证首次办理”已从6月2日（周二）9:00改到6月2日（周二）9:30"),
    ],
)
def test_a_closure_gives_the_words_to_say(town: VisitTown, remedy: Remedy, said: str) -> None:
    visit = by_staff(town)
    closed(town, remedy)
    [entry] = to_tell(town.means, TOWN_HALL)
    assert entry.visit.visit_id == visit.visit_id
    assert entry.sentence.startswith(said)
    assert to_tell(town.means, EAST_HALL) == to_tell(town.means, "nowhere") == []


def test_other_materials_are_told_without_naming_a_page(town: VisitTown) -> None:
    post(town, by_staff(town), NoticeKind.MATERIALS_CHANGED, new=["照片"])
    [entry] = to_tell(town.means, TOWN_HALL)
    assert "新增照片" in entry.sentence
    assert "我的预约" not in entry.sentence


def test_no_door_is_asked_and_nothing_is_taken_for_told(town: VisitTown) -> None:
    by_staff(town)
    closed(town)
    assert deliver_due(town.means, []) == 0
    assert kinds(town) == [NoticeKind.DISPLACED]


def test_who_comes_is_not_called(town: VisitTown) -> None:
    visit = by_staff(town)
    post(town, visit, NoticeKind.MATERIALS_CHANGED, new=["照片"])
    post(town, visit, NoticeKind.MOVED, before=NINE.isoformat())
    town.clock.at = moment(TUESDAY, "08:50")
    check_in(town.means, visit.code, "kiosk")
    assert kinds(town) == []


def test_ticking_off_takes_one_entry_once(town: VisitTown) -> None:
    for number in (1, 2):
        town.clock.at += timedelta(minutes=1)
        visit = booked(
            town,
            number,
            visitor_id=f"clerk:{CLERK}",
            wanted=Wanted(CARD, TOWN_HALL, moment(TUESDAY, f"{8 + number:02}:00"), Share.INTERNAL),
        )
        post(town, visit, NoticeKind.RESTORED)
    first, second = to_tell(town.means, TOWN_HALL)
    found = look_up(town.means, TOWN_HALL, second.notice.notice_id, CLERK)
    assert found is not None
    assert (found.phone, found.code, somebody(2).phone in repr(found)) == (somebody(2).phone, second.visit.code, False)
    ticked = [mark_told(town.means, TOWN_HALL, first.notice.notice_id, CLERK) for _ in range(2)]
    assert ticked == [True, False]
    assert look_up(town.means, TOWN_HALL, first.notice.notice_id, CLERK) is None
    assert [each.notice for each in to_tell(town.means, TOWN_HALL)] == [second.notice]
    assert not mark_told(town.means, TOWN_HALL, NoticeId("n_none"), CLERK)


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("08:00", []),
        ("13:31", ["day_before", "soon"]),  # the office opens next on Tuesday at nine
        ("16:59", ["day_before", "soon"]),
        ("11:00", []),  # and after lunch
    ],
)
def test_a_reminder_that_was_left_to_staff_is_told_while_somebody_is_there(
    town: VisitTown, at: str, shown: list[str]
) -> None:
    visit = booked(town)
    town.ledger.write([], lambda page: page.leave_to_staff(visit.visit_id))
    town.clock.at = moment(MONDAY, at)
    assert kinds(town) == shown
