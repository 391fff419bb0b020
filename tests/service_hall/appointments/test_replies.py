"""A booking as its owner sees it: complete in words, masked, with what can be done now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from service_hall.appointments.changing import cancel
from service_hall.appointments.closing import Remedy, ToClose, close
from service_hall.appointments.replies import appointment_reply, check_in_from, counter_of, spaced
from service_hall.queue.arriving import check_in
from service_hall.queue.calling import call_next
from service_hall.visits.person import Person
from service_hall.visits.visit import Visit
from tests.fakes import TOWN_HALL
from tests.visit_town import MONDAY, SetClock, VisitTown, as_it_stands, booked, moment, visitor

TUESDAY = MONDAY + timedelta(days=1)
WANG = Person("王小明", "13800000001", "110101199003070011")


def labels(town: VisitTown, visit: Visit) -> list[str]:
    return [option.label for option in appointment_reply(town.means, as_it_stands(town, visit)).options]


def test_the_words_say_everything_and_hide_the_person() -> None:
    town = VisitTown()
    visit = booked(town, person=WANG)
    reply = appointment_reply(town.means, visit, "appointment_booked")
    for part in ("借书证首次办理", "溪城市政务服务中心", "1—2号窗口", "王*明", "138****0001", spaced(visit.code)):
        assert part in reply.text
    told = reply.model_dump_json()
    assert not any(part in told for part in (WANG.name, WANG.phone, WANG.id_number))


def test_the_fields_are_those_of_the_visit() -> None:
    town = VisitTown()
    visit = booked(town)
    reply = appointment_reply(town.means, visit)
    assert (reply.code, reply.status, reply.guide_id, reply.office_id) == (
        visit.code,
        "booked",
        visit.guide_id,
        TOWN_HALL,
    )
    assert (reply.starts_at, reply.ends_at) == (moment(TUESDAY, "09:00"), moment(TUESDAY, "09:30"))
    assert reply.starts_at.isoformat().endswith("+08:00")
    assert reply.qr_url == f"/api/appointments/{visit.code}/qr.svg"
    assert reply.calendar_url == f"/api/appointments/{visit.code}/calendar.ics"
    assert not reply.needs_new_time


def test_a_booking_ahead_can_be_moved_and_cancelled() -> None:
    town = VisitTown()
    assert labels(town, booked(town)) == ["改时间", "取消预约"]


@pytest.mark.parametrize(("clock", "can"), [("07:59", False), ("08:00", True), ("12:00", True)])
def test_from_an_hour_before_it_can_check_in(clock: str, can: bool) -> None:
    town = VisitTown()
    visit = booked(town)
    assert check_in_from(town.means, visit) == moment(TUESDAY, "08:00")
    town.clock.at = moment(TUESDAY, clock)
    assert ("报到取号" in labels(town, visit)) is can


def test_a_booking_that_needs_another_time_cannot_check_in() -> None:
    town = VisitTown()
    visit = booked(town)
    close(
        town.means,
        ToClose(TOWN_HALL, moment(TUESDAY, "00:00"), moment(TUESDAY, "23:59"), "停电"),
        Remedy.NOTIFY,
        "wang",
    )
    town.clock.at = moment(TUESDAY, "08:30")
    assert labels(town, visit) == ["改时间", "取消预约"]
    assert appointment_reply(town.means, as_it_stands(town, visit)).needs_new_time


def test_what_has_ended_offers_nothing() -> None:
    town = VisitTown()
    visit = booked(town)
    cancel(town.means, visitor(), visit.code)
    assert labels(town, visit) == []
    assert "已取消" in appointment_reply(town.means, as_it_stands(town, visit), "appointment_cancelled").text


def test_once_called_it_names_the_one_counter() -> None:
    town = VisitTown(clock=SetClock(moment(TUESDAY, "07:00")))
    visit = booked(town)
    town.clock.at = moment(TUESDAY, "08:30")
    check_in(town.means, visit.code, "kiosk:1")
    assert counter_of(town.means, as_it_stands(town, visit)) == "1—2号窗口"
    call_next(town.means, TOWN_HALL, "2", "wang")
    assert counter_of(town.means, as_it_stands(town, visit)) == "2号窗口"


def test_an_office_that_is_gone_is_named_by_its_id() -> None:
    town = VisitTown()
    visit = booked(town)
    town.change_offices(())
    reply = appointment_reply(town.means, visit)
    assert (reply.office_name, reply.counter, reply.address) == (TOWN_HALL, "", "")


def test_a_person_that_is_forgotten_is_left_out() -> None:
    town = VisitTown()
    visit = replace(booked(town), person=None)
    assert appointment_reply(town.means, visit).person == ""


def test_a_walk_in_is_no_appointment() -> None:
    town = VisitTown()
    with pytest.raises(ValueError, match="walk-in"):
        appointment_reply(town.means, replace(booked(town), starts_at=None))
    assert check_in_from(town.means, replace(booked(town), starts_at=None)) is None
