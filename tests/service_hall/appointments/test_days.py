"""The days ahead of an office, for those who plan them."""

from __future__ import annotations

from datetime import date, timedelta

from service_hall.appointments.changing import cancel
from service_hall.appointments.closing import Remedy, ToClose, close
from service_hall.appointments.days import DayAhead, days_ahead
from tests.fakes import TOWN_HALL
from tests.visit_town import MONDAY, VisitTown, booked, moment, visitor

TUESDAY = MONDAY + timedelta(days=1)
OPEN = 13 * 2 + 13 * 1
"""Thirteen slots, two places for cards and one for trees."""


def test_each_day_tells_what_is_booked_and_what_there_is_room_for() -> None:
    town = VisitTown()
    booked(town, 1), booked(town, 2, moment(TUESDAY, "10:00"))
    cancelled = booked(town, 3, moment(TUESDAY, "11:00"))
    cancel(town.means, visitor(3), cancelled.code)
    assert days_ahead(town.means, TOWN_HALL, MONDAY, TUESDAY) == [
        DayAhead(MONDAY, 0, OPEN, False, ""),
        DayAhead(TUESDAY, 2, OPEN, False, ""),
    ]


def test_a_weekend_is_closed_without_a_reason_and_a_holiday_bears_its_name() -> None:
    days = days_ahead(VisitTown().means, TOWN_HALL, date(2026, 6, 13), date(2026, 6, 19))
    assert (days[0].is_closed, days[0].why) == (True, "")
    assert (days[-1].is_closed, days[-1].capacity, days[-1].why) == (True, 0, "端午节")
    assert not any(day.is_closed for day in days[2:-1])


def test_a_make_up_saturday_is_an_open_day() -> None:
    [day] = days_ahead(VisitTown().means, TOWN_HALL, date(2026, 10, 10), date(2026, 10, 10))
    assert (day.is_closed, day.capacity) == (False, OPEN)


def test_a_closure_of_the_whole_day_gives_its_reason_on_that_day_alone() -> None:
    town = VisitTown()
    wednesday = TUESDAY + timedelta(days=1)
    close(
        town.means,
        ToClose(TOWN_HALL, moment(TUESDAY, "00:00"), moment(wednesday, "00:00"), "停电"),
        Remedy.NOTIFY,
        "wang",
    )
    days = days_ahead(town.means, TOWN_HALL, MONDAY, wednesday)
    assert [(day.is_closed, day.why) for day in days] == [(False, ""), (True, "停电"), (False, "")]


def test_a_closure_of_some_hours_takes_their_places() -> None:
    town = VisitTown()
    close(
        town.means,
        ToClose(TOWN_HALL, moment(TUESDAY, "09:00"), moment(TUESDAY, "10:00"), "停电", "cards"),
        Remedy.NOTIFY,
        "wang",
    )
    [day] = days_ahead(town.means, TOWN_HALL, TUESDAY, TUESDAY)
    assert (day.is_closed, day.capacity, day.why) == (False, OPEN - 4, "")


def test_who_was_sent_away_still_stands_in_the_day() -> None:
    town = VisitTown()
    booked(town)
    close(
        town.means,
        ToClose(TOWN_HALL, moment(TUESDAY, "00:00"), moment(TUESDAY, "23:59"), "停电"),
        Remedy.NOTIFY,
        "wang",
    )
    [day] = days_ahead(town.means, TOWN_HALL, TUESDAY, TUESDAY)
    assert (day.booked, day.is_closed) == (1, True)


def test_an_unknown_office_and_no_days_have_nothing() -> None:
    assert days_ahead(VisitTown().means, "nowhere", MONDAY, TUESDAY) == []
    assert days_ahead(VisitTown().means, TOWN_HALL, TUESDAY, MONDAY) == []
