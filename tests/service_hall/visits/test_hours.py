"""When a line is open: hours, lunch, holidays, make-up days, closures and extra hours."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import Any

import pytest

from knowledge_base.offices import CounterLine, Office, OpeningHours
from service_hall.shared.working_calendar import WorkingCalendar
from service_hall.visits.closures import Closure, ClosureId, ExtraHours
from service_hall.visits.hours import Exceptions, hours_on, is_open_at, opens_next, starts
from tests.fakes import TOWN, TOWN_HALL, office
from tests.visit_town import CARD, FELLING, MONDAY, line, moment

CALENDAR = WorkingCalendar()
DRAGON_BOAT = date(2026, 6, 19)
A_WEEKDAY = [
    *("09:00", "09:30", "10:00", "10:30", "11:00", "11:30"),
    *("13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30"),
]
NOTHING = Exceptions()


def hall(*more_hours: OpeningHours, weekdays: tuple[OpeningHours, ...] | None = None) -> Office:
    usual = (
        OpeningHours(days=(1, 2, 3, 4, 5), opens="09:00", closes="12:00"),
        OpeningHours(days=(1, 2, 3, 4, 5), opens="13:30", closes="17:00"),
    )
    return office(
        TOWN_HALL,
        "溪城市政务服务中心",
        TOWN,
        [CARD, FELLING],
        lines=(
            line("cards", "A", ("1", "2"), (CARD,)),
            line("trees", "B", ("3",), (FELLING,), minutes=30, public_percent=100, internal_percent=0),
        ),
        opening_hours=(*(weekdays or usual), *more_hours),
    )


def line_of(where: Office, guide_id: str = CARD) -> CounterLine:
    found = where.line_of(guide_id)
    assert found is not None
    return found


def open_starts(
    day: date, where: Office | None = None, exceptions: Exceptions = NOTHING, guide_id: str = CARD
) -> list[str]:
    where = where or hall()
    return [f"{start:%H:%M}" for start in starts(where, line_of(where, guide_id), day, CALENDAR, exceptions)]


def closed(day: date, opens: str, closes: str, line_id: str = "") -> Closure:
    return Closure(
        ClosureId("c_1"),
        TOWN_HALL,
        line_id,
        moment(day, opens),
        moment(day, closes),
        "停电",
        "wang",
        moment(day, "08:00"),
    )


def extra(day: date, opens: str, closes: str, **stated: Any) -> ExtraHours:
    told = {"line_id": "", "made_by": "wang", "made_at": moment(day, "08:00"), **stated}
    return ExtraHours("x_1", TOWN_HALL, day=day, opens=opens, closes=closes, **told)


class TestAnOrdinaryWeek:
    def test_a_working_day_has_its_slots_and_a_lunch_break(self) -> None:
        assert open_starts(MONDAY) == A_WEEKDAY

    def test_a_slot_that_would_end_after_closing_is_left_out(self) -> None:
        short = hall(weekdays=(OpeningHours(days=(1,), opens="09:00", closes="10:20"),))
        assert open_starts(MONDAY, short) == ["09:00", "09:30"]

    def test_hours_shorter_than_a_slot_have_none(self) -> None:
        short = hall(weekdays=(OpeningHours(days=(1,), opens="09:00", closes="09:29"),))
        assert open_starts(MONDAY, short) == []

    @pytest.mark.parametrize("days", [5, 6])
    def test_nobody_is_there_at_the_weekend(self, days: int) -> None:
        assert open_starts(MONDAY + timedelta(days=days)) == []

    def test_an_office_with_saturday_hours_is_open_on_saturdays(self) -> None:
        with_saturday = hall(OpeningHours(days=(6,), opens="10:00", closes="11:00"))
        assert open_starts(MONDAY + timedelta(days=5), with_saturday) == ["10:00", "10:30"]

    def test_hours_of_one_line_open_that_line_alone(self) -> None:
        late = hall(OpeningHours(days=(1,), opens="18:00", closes="19:00", lines=("trees",)))
        assert open_starts(MONDAY, late) == A_WEEKDAY
        assert open_starts(MONDAY, late, guide_id=FELLING) == [*A_WEEKDAY, "18:00", "18:30"]


class TestHolidays:
    @pytest.mark.parametrize("day", [DRAGON_BOAT, *(date(2026, 10, 1) + timedelta(days=number) for number in range(7))])
    def test_a_holiday_is_closed_and_so_are_the_days_off_around_it(self, day: date) -> None:
        assert open_starts(day) == []

    @pytest.mark.parametrize("day", [date(2026, 10, 3), date(2026, 6, 20), date(2026, 6, 21)])
    def test_weekend_hours_do_not_hold_inside_the_days_off(self, day: date) -> None:
        at_weekends = hall(OpeningHours(days=(6, 7), opens="10:00", closes="11:00"))
        assert open_starts(day, at_weekends) == []
        assert open_starts(date(2026, 10, 17), at_weekends) == ["10:00", "10:30"]

    @pytest.mark.parametrize("day", [date(2026, 10, 10), date(2026, 9, 20)])
    def test_a_make_up_day_has_the_hours_of_a_weekday(self, day: date) -> None:
        at_weekends = hall(OpeningHours(days=(6, 7), opens="10:00", closes="11:00"))
        assert open_starts(day) == A_WEEKDAY
        assert open_starts(day, at_weekends) == A_WEEKDAY

    def test_the_working_day_after_the_holiday_is_open(self) -> None:
        assert open_starts(date(2026, 10, 8)) == A_WEEKDAY

    def test_extra_hours_open_even_a_holiday(self) -> None:
        added = Exceptions(extra_hours=[extra(DRAGON_BOAT, "10:00", "11:00")])
        assert open_starts(DRAGON_BOAT, exceptions=added) == ["10:00", "10:30"]


class TestClosures:
    def test_a_closure_takes_a_part_of_the_day(self) -> None:
        shut = Exceptions([closed(MONDAY, "09:30", "15:00")])
        assert open_starts(MONDAY, exceptions=shut) == ["09:00", "15:00", "15:30", "16:00", "16:30"]

    def test_a_slot_that_is_cut_by_a_closure_is_gone(self) -> None:
        shut = Exceptions([closed(MONDAY, "09:45", "10:10")])
        assert open_starts(MONDAY, exceptions=shut)[:3] == ["09:00", "10:30", "11:00"]

    def test_a_closure_of_one_line_leaves_the_others_open(self) -> None:
        shut = Exceptions([closed(MONDAY, "00:00", "23:59", "cards")])
        assert open_starts(MONDAY, exceptions=shut) == []
        assert open_starts(MONDAY, exceptions=shut, guide_id=FELLING) == A_WEEKDAY

    def test_a_closure_of_several_days_takes_them_all(self) -> None:
        week = Closure(
            ClosureId("c"), TOWN_HALL, "", moment(MONDAY, "12:00"), moment(MONDAY + timedelta(days=2), "12:00"),
            "装修", "wang", moment(MONDAY, "08:00"),
        )  # fmt: skip
        shut = Exceptions([week])
        assert [open_starts(MONDAY + timedelta(days=number), exceptions=shut) for number in range(3)] == [
            A_WEEKDAY[:6],
            [],
            A_WEEKDAY[6:],
        ]

    def test_what_is_closed_stays_closed_in_extra_hours_too(self) -> None:
        both = Exceptions([closed(MONDAY, "17:00", "18:00")], [extra(MONDAY, "17:00", "19:00")])
        assert open_starts(MONDAY, exceptions=both) == [*A_WEEKDAY, "18:00", "18:30"]


class TestExtraHours:
    def test_an_extra_day_is_open_then_alone(self) -> None:
        saturday = MONDAY + timedelta(days=5)
        added = Exceptions(extra_hours=[extra(saturday, "09:00", "10:00")])
        assert open_starts(saturday, exceptions=added) == ["09:00", "09:30"]
        assert open_starts(saturday + timedelta(days=1), exceptions=added) == []

    def test_extra_hours_of_one_line_open_that_line_alone(self) -> None:
        added = Exceptions(extra_hours=[extra(MONDAY, "12:00", "13:00", line_id="trees")])
        assert open_starts(MONDAY, exceptions=added) == A_WEEKDAY
        assert "12:30" in open_starts(MONDAY, exceptions=added, guide_id=FELLING)

    def test_extra_hours_that_overlap_the_usual_ones_count_no_slot_twice(self) -> None:
        added = Exceptions(extra_hours=[extra(MONDAY, "11:00", "13:00"), extra(MONDAY, "09:00", "12:00")])
        assert open_starts(MONDAY, exceptions=added)[:9] == [*A_WEEKDAY[:6], "12:00", "12:30", "13:30"]


class TestOpenAt:
    @pytest.mark.parametrize(
        ("clock", "is_open"),
        [("08:59", False), ("09:00", True), ("11:59", True), ("12:00", False), ("13:30", True), ("17:00", False)],
    )
    def test_open_from_the_first_minute_and_not_at_the_last(self, clock: str, is_open: bool) -> None:
        where = hall()
        assert is_open_at(where, line_of(where), moment(MONDAY, clock), CALENDAR, NOTHING) is is_open

    def test_not_open_during_a_closure(self) -> None:
        where, shut = hall(), Exceptions([closed(MONDAY, "10:00", "11:00")])
        open_then = [
            is_open_at(where, line_of(where), moment(MONDAY, clock), CALENDAR, shut)
            for clock in ("09:59", "10:00", "10:59", "11:00")
        ]
        assert open_then == [True, False, False, True]

    def test_the_moment_is_read_in_local_time(self) -> None:
        where = hall()
        assert is_open_at(where, line_of(where), moment(MONDAY, "09:00").astimezone(UTC), CALENDAR, NOTHING)


SATURDAY = date(2026, 6, 6)
SATURDAY_OF_CARDS = OpeningHours(days=(6,), opens="09:30", closes="12:00", lines=("cards",))


class TestHoursOfTheOffice:
    def on(self, day: date, where: Office | None = None, exceptions: Exceptions = NOTHING) -> list[str]:
        return [
            f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in hours_on(where or hall(), day, CALENDAR, exceptions)
        ]

    def test_are_those_of_all_its_lines_once(self) -> None:
        assert self.on(MONDAY) == ["09:00–12:00", "13:30–17:00"]
        assert self.on(SATURDAY) == self.on(DRAGON_BOAT) == []
        assert self.on(SATURDAY, hall(SATURDAY_OF_CARDS)) == ["09:30–12:00"]

    def test_a_closure_is_cut_out_and_extra_hours_are_joined(self) -> None:
        closed_at_ten = Exceptions(closures=[closed(MONDAY, "10:00", "10:30")])
        assert self.on(MONDAY, exceptions=closed_at_ten) == ["09:00–10:00", "10:30–12:00", "13:30–17:00"]
        of_one_line = Exceptions(closures=[closed(MONDAY, "10:00", "10:30", "trees")])
        assert self.on(MONDAY, exceptions=of_one_line) == ["09:00–12:00", "13:30–17:00"]
        all_day = Exceptions(closures=[closed(MONDAY, "08:00", "18:00")])
        assert self.on(MONDAY, exceptions=all_day) == []
        through_lunch = Exceptions(extra_hours=[extra(MONDAY, "12:00", "13:30")])
        assert self.on(MONDAY, exceptions=through_lunch) == ["09:00–17:00"]


class TestTheNextOpening:
    def after(self, day: date, clock: str, where: Office | None = None, exceptions: Exceptions = NOTHING) -> str:
        where = where or hall()
        found = opens_next(where, where.lines, moment(day, clock), 14, CALENDAR, exceptions)
        return f"{found:%m-%d %H:%M}" if found else ""

    def test_is_today_as_long_as_there_is_one(self) -> None:
        assert self.after(MONDAY, "08:00") == "06-01 09:00"
        assert self.after(MONDAY, "09:00") == "06-01 13:30"

    def test_skips_days_on_which_nobody_works(self) -> None:
        assert self.after(MONDAY, "17:00") == "06-02 09:00"
        assert self.after(date(2026, 6, 5), "18:00") == "06-08 09:00"
        assert self.after(date(2026, 6, 5), "18:00", hall(SATURDAY_OF_CARDS)) == "06-06 09:30"
        assert self.after(date(2026, 6, 18), "18:00") == "06-22 09:00", "the Dragon Boat days and the weekend"

    def test_is_the_end_of_a_closure(self) -> None:
        exceptions = Exceptions(closures=[closed(MONDAY, "08:00", "10:15"), closed(MONDAY, "10:10", "10:40")])
        assert self.after(MONDAY, "08:30", exceptions=exceptions) == "06-01 10:40"

    def test_is_unknown_where_nothing_opens_for_long(self) -> None:
        closed_for_good = Closure(
            ClosureId("c_1"),
            TOWN_HALL,
            "",
            moment(MONDAY, "00:00"),
            moment(date(2027, 1, 1), "00:00"),
            "",
            "",
            moment(MONDAY, "00:00"),
        )
        assert self.after(MONDAY, "08:00", exceptions=Exceptions(closures=[closed_for_good])) == ""
