"""A finished visit is rated by whoever made it, after five degrees; the last word counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service_hall.feedback.rating import NotRated, Rated, rate, rating_of
from service_hall.queue.arriving import check_in
from service_hall.queue.calling import call_next, finish
from service_hall.visits.ledger import Rating
from service_hall.visits.visit import Code, Visit
from tests.fakes import TOWN_HALL
from tests.visit_town import MONDAY, SetClock, VisitTown, booked, moment, visitor

TUESDAY = MONDAY + timedelta(days=1)


def finished() -> tuple[VisitTown, Visit]:
    town = VisitTown(clock=(clock := SetClock()))
    visit = booked(town)
    clock.set(TUESDAY, "09:00")
    check_in(town.means, visit.code, "kiosk:1")
    call_next(town.means, TOWN_HALL, "1", "wang")
    finish(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
    return town, visit


@pytest.mark.parametrize("score", [1, 2, 3, 4, 5])
def test_each_of_the_five_degrees_is_kept(score: int) -> None:
    town, visit = finished()
    outcome = rate(town.means, visitor(), visit.code, score, "很快")
    assert isinstance(outcome, Rated)
    assert rating_of(town.means, visit) == Rating(visit.visit_id, score, "很快", moment(TUESDAY, "09:00"))


@pytest.mark.parametrize("score", [0, 6, -1, 10**9])
def test_what_is_no_degree_is_refused(score: int) -> None:
    town, visit = finished()
    outcome = rate(town.means, visitor(), visit.code, score, "")
    assert outcome == NotRated("bad_score")
    assert isinstance(outcome, NotRated) and outcome.message
    assert rating_of(town.means, visit) is None


def test_the_last_word_counts() -> None:
    town, visit = finished()
    rate(town.means, visitor(), visit.code, 1, "")
    rate(town.means, visitor(), visit.code, 4, "想了想，不好")
    kept = rating_of(town.means, visit)
    assert kept and (kept.score, kept.comment) == (4, "想了想，不好")


def test_before_the_end_it_is_too_early() -> None:
    town = VisitTown(clock=SetClock(moment(MONDAY, "08:00")))
    visit = booked(town)
    assert rate(town.means, visitor(), visit.code, 1, "") == NotRated("too_early")
    town.clock.at = moment(TUESDAY, "09:00")
    check_in(town.means, visit.code, "kiosk:1")
    assert rate(town.means, visitor(), visit.code, 1, "") == NotRated("too_early")


def test_nobody_rates_for_another() -> None:
    town, visit = finished()
    assert rate(town.means, visitor(2), visit.code, 5, "") == NotRated("unknown_code")
    assert rate(town.means, visitor(), Code("NEVERGIVEN"), 5, "") == NotRated("unknown_code")
    assert rating_of(town.means, visit) is None
