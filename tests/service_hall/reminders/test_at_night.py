"""Nobody is woken for what can wait; what cannot is told at any hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from service_hall.reminders.at_night import waits_until
from service_hall.visits.notices import Notice, NoticeId, NoticeKind
from service_hall.visits.visit import Visit
from tests.visit_town import MONDAY, VisitTown, booked, figures, moment, visitor

TUESDAY, THURSDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
NIGHT, MORNING = moment(TUESDAY, "02:00"), moment(TUESDAY, "08:00")
CHANGES = [NoticeKind.MOVED, NoticeKind.DISPLACED, NoticeKind.RESTORED, NoticeKind.CLOSED, NoticeKind.RELEASED]


def booked_for(starts_at: datetime, held_until: datetime | None = None) -> Visit:
    visit = booked(VisitTown(), at=moment(TUESDAY, "10:00"))
    return replace(visit, starts_at=starts_at, day=starts_at.date(), held_until=held_until)


def waits(kind: NoticeKind, visit: Visit, now: datetime = NIGHT, **facts: str) -> datetime | None:
    told = Notice(NoticeId("n_1"), visit.visit_id, visitor(), kind, now, facts)
    return waits_until(told, visit, now, figures())


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("clock", ["08:00", "12:00", "19:59"])
def test_by_day_nothing_waits(kind: NoticeKind, clock: str) -> None:
    assert waits(kind, booked_for(moment(THURSDAY, "10:00")), moment(TUESDAY, clock)) is None


@pytest.mark.parametrize("kind", NoticeKind)
def test_at_night_all_waits_for_the_next_morning_but_calls_in_the_hall(kind: NoticeKind) -> None:
    visit = booked_for(moment(THURSDAY, "10:00"))
    in_the_hall = {NoticeKind.CALLED, NoticeKind.ALMOST_CALLED, NoticeKind.MISSED_CALL, NoticeKind.FINISHED}
    for now in (moment(MONDAY, "20:00"), NIGHT, moment(TUESDAY, "07:59")):
        assert waits(kind, visit, now) == (None if kind in in_the_hall else MORNING)


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_of_todays_booking_is_told_at_once(kind: NoticeKind) -> None:
    assert waits(kind, booked_for(moment(TUESDAY, "15:00"))) is None
    assert waits(kind, booked_for(moment(MONDAY, "15:00"))) == MORNING, "it is over"


def test_a_time_that_was_taken_away_counts_like_the_new_one() -> None:
    later = booked_for(moment(THURSDAY, "10:00"))
    assert waits(NoticeKind.MOVED, later, before=moment(TUESDAY, "15:00").isoformat()) is None
    assert waits(NoticeKind.MOVED, later, before=moment(THURSDAY, "15:00").isoformat()) == MORNING


@pytest.mark.parametrize("kind", [*CHANGES, NoticeKind.MATERIALS_CHANGED])
@pytest.mark.parametrize(("starts", "is_too_late"), [("08:30", True), ("08:59", True), ("09:00", False)])
def test_where_the_morning_is_too_late_it_is_told_the_evening_before(
    kind: NoticeKind, starts: str, is_too_late: bool
) -> None:
    evening = moment(MONDAY, "21:00")
    assert waits(kind, booked_for(moment(TUESDAY, starts)), evening) == (None if is_too_late else MORNING)


def test_other_materials_for_today_wait_for_the_morning() -> None:
    """The guide changes at midnight."""
    assert waits(NoticeKind.MATERIALS_CHANGED, booked_for(moment(TUESDAY, "10:00"))) == MORNING


def test_an_offer_waits_if_it_still_stands_for_its_time_in_the_morning() -> None:
    starts_at = moment(TUESDAY, "10:00")
    assert waits(NoticeKind.WAITLIST_OFFER, booked_for(starts_at, moment(TUESDAY, "08:30"))) == MORNING
    assert waits(NoticeKind.WAITLIST_OFFER, booked_for(starts_at, moment(TUESDAY, "08:29"))) is None
