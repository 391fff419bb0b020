"""What will be told later, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from service_hall.shared.clock import SHANGHAI
from service_hall.visits.notices import NoticeKind, notice, reminders_of
from tests.visit_town import MONDAY, VisitTown, booked, figures, moment, visitor

TUESDAY = MONDAY + timedelta(days=1)
NOW = moment(MONDAY, "08:00")


def test_reminders_come_the_evening_before_and_two_hours_before() -> None:
    visit = booked(VisitTown(), at=moment(TUESDAY, "14:00"))
    assert [(each.kind, each.due_at) for each in reminders_of(visit, figures(), NOW)] == [
        (NoticeKind.DAY_BEFORE, moment(MONDAY, "18:00")),
        (NoticeKind.SOON, moment(TUESDAY, "12:00")),
    ]


def test_reminders_whose_moment_has_passed_are_left_out() -> None:
    visit = booked(VisitTown(), at=moment(TUESDAY, "14:00"))
    after_six = reminders_of(visit, figures(), moment(MONDAY, "18:00"))
    assert [each.kind for each in after_six] == [NoticeKind.SOON]
    assert reminders_of(visit, figures(), moment(TUESDAY, "12:30")) == []


def test_reminders_follow_the_figures() -> None:
    visit = booked(VisitTown(), at=moment(TUESDAY, "14:00"))
    rules = figures(remind_day_before_at="20:30", remind_minutes_before=45, notices_until="21:00")
    assert [each.due_at for each in reminders_of(visit, rules, NOW)] == [
        moment(MONDAY, "20:30"),
        moment(TUESDAY, "13:15"),
    ]


@pytest.mark.parametrize(
    ("starts", "now", "soon"),
    [
        ("10:00", "Mo 08:00", "08:00"),
        ("09:30", "Mo 08:00", "08:00"),  # 07:30 is too early for anybody
        ("09:00", "Mo 08:00", "08:00"),
        ("08:30", "Mo 08:00", None),  # on her way at eight; the evening's has said it
        ("08:30", "Mo 19:00", "08:00"),  # late is better than never
        ("08:00", "Mo 19:00", None),
        ("09:00", "Tu 07:30", None),  # booked an hour and a half before
    ],
)
def test_a_reminder_that_would_come_at_night_comes_in_the_morning_if_that_helps(
    starts: str, now: str, soon: str | None
) -> None:
    visit = booked(VisitTown(), at=moment(TUESDAY, "10:00"))
    visit = replace(visit, starts_at=moment(TUESDAY, starts))
    day, clock = now.split()
    reminders = reminders_of(visit, figures(), moment(MONDAY if day == "Mo" else TUESDAY, clock))
    at = {each.kind: each.due_at for each in reminders}
    assert at.get(NoticeKind.SOON) == (moment(TUESDAY, soon) if soon else None)
    assert (NoticeKind.DAY_BEFORE in at) is (now == "Mo 08:00")


def test_reminders_are_due_in_local_time() -> None:
    visit = booked(VisitTown(), at=moment(TUESDAY, "09:00"))
    assert all(each.due_at.tzinfo is SHANGHAI for each in reminders_of(visit, figures(), NOW))


def test_a_walk_in_is_reminded_of_nothing() -> None:
    visit = replace(booked(VisitTown()), starts_at=None)
    assert reminders_of(visit, figures(), NOW) == []


def test_a_notice_knows_whom_and_what_it_is_about() -> None:
    visit = booked(VisitTown())
    [told] = notice(visit, NoticeKind.MOVED, NOW, before="2026-06-02")
    assert (told.visit_id, told.visitor_id, told.facts) == (visit.visit_id, visitor(), {"before": "2026-06-02"})


def test_whom_no_door_reaches_is_told_by_telephone_what_is_worth_a_call() -> None:
    visit = replace(booked(VisitTown()), visitor_id=None)
    told = {kind for kind in NoticeKind if notice(visit, kind, NOW)}
    assert told == {NoticeKind.MOVED, NoticeKind.DISPLACED, NoticeKind.RESTORED, NoticeKind.MATERIALS_CHANGED}
    assert notice(replace(visit, person=None), NoticeKind.MOVED, NOW) == []
    assert reminders_of(visit, figures(), NOW) == []


def test_every_notice_has_a_name_of_its_own() -> None:
    visit = booked(VisitTown())
    assert len({notice(visit, NoticeKind.CALLED, NOW)[0].notice_id for _ in range(50)}) == 50


def test_who_uses_no_door_is_told_nothing() -> None:
    visit = replace(booked(VisitTown()), visitor_id=None)
    assert notice(visit, NoticeKind.CALLED, NOW) == []
    assert reminders_of(visit, figures(), NOW) == []
