"""Who is next: those sent on, bookings whose time has come, then everybody else by when they are ready."""

from __future__ import annotations

import itertools
import random
from datetime import datetime

from service_hall.queue.order import in_order, may_call
from service_hall.visits.states import Status
from service_hall.visits.visit import Code, Share, Visit, VisitId
from tests.fakes import TOWN_HALL
from tests.visit_town import CARD, MONDAY, figures, moment

RULES = figures(late_minutes=30)
_numbers = itertools.count(1)


def at(clock: str) -> datetime:
    return moment(MONDAY, clock)


def waiting(name: str, since: str, starts: str = "", counter: str = "") -> Visit:
    return Visit(
        visit_id=VisitId(f"w_{next(_numbers)}"),
        code=Code(name),
        visitor_id=None,
        guide_id=CARD,
        office_id=TOWN_HALL,
        line_id="cards",
        day=MONDAY,
        minutes=15,
        share=Share.PUBLIC if starts else Share.WALK_IN,
        status=Status.CHECKED_IN,
        created_at=at(since),
        starts_at=at(starts) if starts else None,
        ticket=f"A{next(_numbers):03d}",
        waits_since=at(since),
        counter=counter,
    )


def called_in_order(now: str, *visits: Visit) -> list[str]:
    shuffled = list(visits)
    random.Random(7).shuffle(shuffled)
    return [str(visit.code) for visit in in_order(shuffled, at(now), RULES)]


def test_an_empty_queue_has_nobody() -> None:
    assert called_in_order("09:00") == []


def test_walk_ins_go_by_when_they_came() -> None:
    assert called_in_order("09:30", waiting("b", "09:10"), waiting("a", "09:05"), waiting("c", "09:20")) == [
        "a",
        "b",
        "c",
    ]


def test_a_booking_whose_time_has_come_goes_before_those_who_came_earlier() -> None:
    assert called_in_order("10:00", waiting("walk-in", "09:00"), waiting("booked", "09:55", "10:00")) == [
        "booked",
        "walk-in",
    ]


def test_an_early_bird_waits_as_if_it_had_come_at_its_time() -> None:
    visits = [waiting("early", "09:00", "10:00"), waiting("walk-in", "09:30"), waiting("later", "09:40", "09:40")]
    assert called_in_order("09:45", *visits) == ["later", "walk-in", "early"]
    assert called_in_order("09:30", waiting("early", "09:00", "09:40"), waiting("late walk-in", "09:50")) == [
        "early",
        "late walk-in",
    ]


def test_bookings_go_by_their_time_and_then_by_when_they_came() -> None:
    visits = [waiting("c", "09:01", "10:00"), waiting("a", "09:20", "09:30"), waiting("b", "09:00", "10:00")]
    assert called_in_order("10:00", *visits) == ["a", "b", "c"]


def test_a_booking_that_is_late_within_bounds_keeps_its_right() -> None:
    assert called_in_order("10:40", waiting("walk-in", "09:00"), waiting("late", "10:30", "10:00")) == [
        "late",
        "walk-in",
    ]


def test_a_booking_that_is_too_late_waits_like_a_walk_in() -> None:
    visits = [waiting("after", "10:40"), waiting("too late", "10:31", "10:00"), waiting("before", "10:00")]
    assert called_in_order("10:45", *visits) == ["before", "too late", "after"]


def test_whoever_was_sent_on_comes_first() -> None:
    visits = [waiting("booked", "09:00", "09:00"), waiting("sent", "10:00", counter="2"), waiting("walk-in", "08:50")]
    assert called_in_order("10:05", *visits)[0] == "sent"


def test_of_two_who_were_sent_on_the_first_comes_first() -> None:
    visits = [waiting("second", "10:02", counter="2"), waiting("first", "10:01", counter="2")]
    assert called_in_order("10:05", *visits) == ["first", "second"]


def test_a_counter_calls_its_own_line_and_whoever_was_sent_to_it() -> None:
    plain, sent = waiting("plain", "09:00"), waiting("sent", "09:00", counter="3")
    assert may_call(plain, "cards", "1") and not may_call(plain, "trees", "3")
    assert may_call(sent, "trees", "3") and not may_call(sent, "cards", "1")
