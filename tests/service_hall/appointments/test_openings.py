"""Openings: office hours × counters × duration × capacity, within lead and horizon."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from service_hall.appointments.openings import Opening, Taken, days_bookable, places_left
from service_hall.appointments.outcomes import NotOpen
from service_hall.appointments.places import openings_between
from service_hall.visits.ledger import Load
from service_hall.visits.visit import Share
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.visit_town import (
    CARD,
    DOG,
    FELLING,
    LOST,
    MONDAY,
    SetClock,
    VisitTown,
    booked,
    figures,
    line,
    moment,
    town_offices,
)

TUESDAY = MONDAY + timedelta(days=1)


def offered(
    town: VisitTown,
    first: date = TUESDAY,
    last: date | None = None,
    guide_id: str = CARD,
    office_id: str = TOWN_HALL,
    share: Share = Share.PUBLIC,
) -> list[Opening]:
    found = openings_between(town.means, guide_id, office_id, first, last or first, share)
    assert isinstance(found, list), found
    return found


def left_at_nine(town: VisitTown, guide_id: str = CARD, share: Share = Share.PUBLIC) -> int:
    return offered(town, guide_id=guide_id, share=share)[0].left


class TestCapacity:
    def test_a_day_has_thirteen_slots_of_two_places(self) -> None:
        found = offered(VisitTown())
        assert (len(found), {each.left for each in found}) == (13, {2})
        assert (found[0].starts_at, found[0].office_id) == (moment(TUESDAY, "09:00"), TOWN_HALL)

    def test_places_are_counters_times_minutes_times_share_by_duration(self) -> None:
        cards = line(
            "cards", "A", ("1", "2", "3"), (CARD, LOST), public_percent=80, internal_percent=20, item_minutes={LOST: 25}
        )
        assert [places_left(cards, guide_id, 0, Share.PUBLIC) for guide_id in (CARD, LOST)] == [4, 2]
        assert places_left(cards, CARD, 0, Share.INTERNAL) == 1

    def test_a_longer_item_takes_more_of_the_slot(self) -> None:
        cards = line(
            "cards", "A", ("1", "2", "3"), (CARD, LOST), public_percent=80, internal_percent=20, item_minutes={LOST: 25}
        )
        assert [places_left(cards, CARD, taken, Share.PUBLIC) for taken in (25, 50, 60, 72, 900)] == [3, 1, 0, 0, 0]

    def test_a_booking_takes_a_place_of_every_item_of_its_line(self) -> None:
        town = VisitTown()
        booked(town)
        assert (left_at_nine(town), left_at_nine(town, LOST), left_at_nine(town, FELLING)) == (1, 1, 1)

    def test_a_full_slot_is_shown_with_nothing_left(self) -> None:
        town = VisitTown()
        booked(town, 1), booked(town, 2)
        assert [each.left for each in offered(town)][:2] == [0, 2]

    def test_public_and_internal_places_do_not_touch_each_other(self) -> None:
        town = VisitTown()
        booked(town, 1), booked(town, 2)
        assert (left_at_nine(town), left_at_nine(town, share=Share.INTERNAL)) == (0, 1)

    def test_what_was_booked_on_an_older_grid_counts_where_it_begins(self) -> None:
        taken = Taken(
            [Load(moment(TUESDAY, "09:15"), public=15), Load(moment(TUESDAY, "09:30"), public=5)], Share.PUBLIC
        )
        assert taken.at(moment(TUESDAY, "09:00"), 30) == 15
        assert taken.at(moment(TUESDAY, "09:00"), 60) == 20

    def test_when_capacity_shrinks_below_what_is_booked_nothing_is_left(self) -> None:
        town = VisitTown()
        booked(town, 1), booked(town, 2)
        first, *others = town_offices()
        fewer = first.model_copy(update={"lines": (line("cards", "A", ("1",), (CARD, LOST)), first.lines[1])})
        town.change_offices((fewer, *others))
        assert [each.left for each in offered(town)][:2] == [0, 1]


class TestDays:
    def test_today_begins_after_the_lead_time(self) -> None:
        town = VisitTown(clock=SetClock(moment(MONDAY, "09:31")))
        assert offered(town, MONDAY)[0].starts_at == moment(MONDAY, "10:30")
        town.clock.at = moment(MONDAY, "09:30")
        assert offered(town, MONDAY)[0].starts_at == moment(MONDAY, "10:00")

    def test_staff_need_no_lead_time(self) -> None:
        town = VisitTown(clock=SetClock(moment(MONDAY, "09:30")))
        assert offered(town, MONDAY, share=Share.INTERNAL)[0].starts_at == moment(MONDAY, "09:30")

    def test_the_last_day_of_the_horizon_is_included(self) -> None:
        last = MONDAY + timedelta(days=14)
        found = offered(VisitTown(), MONDAY, last + timedelta(days=30))
        assert found[-1].starts_at == moment(last, "16:30")
        assert days_bookable(moment(MONDAY, "08:00"), figures()) == (MONDAY, last)

    def test_days_are_counted_in_local_time(self) -> None:
        from_abroad = moment(TUESDAY, "00:30").astimezone(tz=None)
        assert days_bookable(from_abroad, figures())[0] == TUESDAY

    def test_both_days_are_included_and_the_past_is_not(self) -> None:
        found = offered(VisitTown(), MONDAY - timedelta(days=9), TUESDAY)
        assert {each.starts_at.date() for each in found} == {MONDAY, TUESDAY}

    @pytest.mark.parametrize("days", [(30, 60), (1, -1), (-9, -1)])
    def test_no_day_within_the_horizon_means_no_openings(self, days: tuple[int, int]) -> None:
        assert offered(VisitTown(), MONDAY + timedelta(days=days[0]), MONDAY + timedelta(days=days[1])) == []

    def test_a_weekend_and_a_holiday_have_none(self) -> None:
        town = VisitTown(clock=SetClock(moment(date(2026, 6, 15), "08:00")))
        found = offered(town, date(2026, 6, 15), date(2026, 6, 22))
        assert sorted({each.starts_at.day for each in found}) == [15, 16, 17, 18, 22]

    def test_a_make_up_saturday_has_a_whole_weekday(self) -> None:
        town = VisitTown(clock=SetClock(moment(date(2026, 10, 9), "08:00")))
        assert len(offered(town, date(2026, 10, 10))) == 13
        assert offered(town, date(2026, 10, 11)) == []


class TestWhatCannotBeBooked:
    @pytest.mark.parametrize(
        ("guide_id", "office_id", "reason"),
        [
            ("no-such-guide", TOWN_HALL, "unknown_guide"),
            (CARD, "no-such-office", "unknown_office"),
            (CARD, EAST_HALL, "not_handled"),
            ("", "", "unknown_guide"),
        ],
    )
    def test_what_is_not_there_is_told(self, guide_id: str, office_id: str, reason: str) -> None:
        found = openings_between(VisitTown().means, guide_id, office_id, MONDAY, TUESDAY)
        assert found == NotOpen(reason)
        assert isinstance(found, NotOpen) and found.message

    def test_an_office_without_counters_cannot_be_booked(self) -> None:
        town = VisitTown()
        town.change_offices(tuple(each.model_copy(update={"lines": ()}) for each in town_offices()))
        assert openings_between(town.means, DOG, EAST_HALL, MONDAY, TUESDAY) == NotOpen("not_bookable")
