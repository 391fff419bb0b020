"""Appeals by telephone: staff find the no-show by code or by name and number, excuse it, or lift the restriction."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service_hall.appointments.excusing import BY_TELEPHONE, by_code, by_person, excuse, lift
from service_hall.appointments.no_shows import appeal, decide_appeal, open_appeals
from service_hall.appointments.outcomes import Booked, NotAllowed, Restricted
from service_hall.appointments.reserving import book
from service_hall.appointments.upkeep import end_days
from service_hall.visits.notices import NoticeKind
from service_hall.visits.person import Person
from service_hall.visits.visit import Code, Visit, VisitId
from tests.fakes import TOWN_HALL
from tests.visit_town import MONDAY, VisitTown, as_it_stands, booked, moment, outbox, request, somebody, visitor

ONE_DAY = timedelta(days=1)
THURSDAY = MONDAY + timedelta(days=3)
NUMBER = "110101199003070011"


def stay_away(town: VisitTown, days: int = 1) -> list[Visit]:
    """One visitor, who books for one person and does not come; on so many days."""
    missed = []
    for day in (MONDAY + timedelta(days=count) for count in range(days)):
        town.clock.at = moment(day, "07:00")
        person = Person(somebody(1).name, somebody(1).phone, NUMBER)
        missed.append(booked(town, 1, moment(day, "09:00"), key=str(day), person=person))
        town.clock.at = moment(day + ONE_DAY, "00:05")
        end_days(town.means)
    return [as_it_stands(town, visit) for visit in missed]


def books(town: VisitTown) -> object:
    return book(town.means, request(1, moment(THURSDAY, "09:00"), key="now"))


class TestFinding:
    def test_by_code_and_by_whom_it_was_booked_for(self) -> None:
        town = VisitTown()
        first, last = stay_away(town, 2)
        assert [each.visit for each in by_code(town.means, first.code, "wang")] == [first]
        for person in (somebody(1), Person("别人", "13900000000", NUMBER)):
            assert [each.visit for each in by_person(town.means, person, "wang")] == [last, first]
        assert by_person(town.means, somebody(2), "wang") == by_code(town.means, Code("NOSUCHCODE"), "wang") == []

    def test_tells_whether_whoever_booked_is_restricted(self) -> None:
        town = VisitTown()
        stay_away(town, 2)
        assert {each.restricted_until for each in by_person(town.means, somebody(1), "wang")} == {None}
        stay_away(town, 3)
        found = by_person(town.means, somebody(1), "wang")
        assert all(each.restricted_until for each in found)

    def test_what_was_no_no_show_is_not_shown(self) -> None:
        town = VisitTown()
        visit = booked(town)
        assert by_code(town.means, visit.code, "wang") == by_person(town.means, somebody(1), "wang") == []

    def test_every_look_is_noted(self) -> None:
        town = VisitTown()
        [visit] = stay_away(town)
        by_code(town.means, visit.code, "wang")
        by_person(town.means, somebody(1), "li")
        looks = town.ledger.read(lambda page: page.looks(visit.visit_id))
        assert [(look.by, look.what) for look in looks] == [("wang", "no_show"), ("li", "no_show")]


class TestExcusing:
    def test_one_less_lifts_the_restriction_and_is_told(self) -> None:
        town = VisitTown()
        *_, last = stay_away(town, 3)
        assert isinstance(books(town), Restricted)
        assert excuse(town.means, last.visit_id, "wang")
        assert isinstance(books(town), Booked)
        assert outbox(town, NoticeKind.APPEAL_DECIDED)[0].facts == {"granted": True}
        kept = town.ledger.read(lambda page: page.appeal(last.visit_id))
        assert kept and (kept.reason, kept.granted, kept.decided_by) == (BY_TELEPHONE, True, "wang")

    def test_after_the_time_for_an_appeal_at_the_page_too(self) -> None:
        town = VisitTown()
        [visit] = stay_away(town)
        town.clock.at += timedelta(days=20)
        assert appeal(town.means, visitor(), visit.code, "住院") == NotAllowed("appeal_too_late")
        assert excuse(town.means, visit.visit_id, "wang")
        assert as_it_stands(town, visit).exempt

    @pytest.mark.parametrize("decided", [None, False])
    def test_an_appeal_that_was_made_at_the_page_keeps_its_reason(self, decided: bool | None) -> None:
        town = VisitTown()
        [visit] = stay_away(town)
        appeal(town.means, visitor(), visit.code, "堵车")
        if decided is not None:
            decide_appeal(town.means, TOWN_HALL, visit.visit_id, decided, "li")
        assert excuse(town.means, visit.visit_id, "wang")
        kept = town.ledger.read(lambda page: page.appeal(visit.visit_id))
        assert kept and (kept.reason, kept.granted, kept.decided_by) == ("堵车", True, "wang")
        assert open_appeals(town.means, TOWN_HALL) == []

    def test_twice_is_once_and_what_is_none_is_not_excused(self) -> None:
        town = VisitTown()
        [visit] = stay_away(town)
        assert [excuse(town.means, visit.visit_id, "wang") for _ in range(2)] == [True, False]
        assert len(outbox(town, NoticeKind.APPEAL_DECIDED)) == 1
        assert not excuse(town.means, booked(town, 2, moment(THURSDAY, "09:00")).visit_id, "wang")
        assert not excuse(town.means, VisitId("w_none"), "wang")


class TestLifting:
    def test_none_of_the_no_shows_so_far_counts(self) -> None:
        town = VisitTown()
        first, *_ = stay_away(town, 3)
        assert lift(town.means, first.visit_id, "wang") == 3
        assert isinstance(books(town), Booked)
        assert {each.visit.exempt for each in by_person(town.means, somebody(1), "wang")} == {True}
        assert lift(town.means, first.visit_id, "wang") == 0

    def test_is_of_whoever_booked_and_nobody_else(self) -> None:
        town = VisitTown()
        [mine] = stay_away(town)
        town.clock.at = moment(MONDAY + ONE_DAY, "07:00")
        other = booked(town, 2, moment(MONDAY + ONE_DAY, "09:00"), person=somebody(1))
        town.clock.at = moment(MONDAY + 2 * ONE_DAY, "00:05")
        end_days(town.means)
        assert lift(town.means, mine.visit_id, "wang") == 1
        assert not as_it_stands(town, other).exempt

    def test_of_what_there_is_not_nothing_is_lifted(self) -> None:
        assert lift(VisitTown().means, VisitId("w_none"), "wang") == 0
