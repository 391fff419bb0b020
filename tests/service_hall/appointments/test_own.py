"""A visitor's own visits: listed, ticked off, shared with the clerk or not; nobody else's."""

from __future__ import annotations

from datetime import timedelta

from service_hall.appointments.changing import cancel
from service_hall.appointments.outcomes import Held, NotAllowed, Unknown
from service_hall.appointments.own import (
    find,
    last_person_of,
    share_with_clerk,
    tick,
    visits_of,
)
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import hold
from service_hall.appointments.upkeep import end_holds, forget_persons
from service_hall.visits.means import person_of
from service_hall.visits.person import Person
from service_hall.visits.visit import Code, Visit
from tests.fakes import TOWN_HALL
from tests.visit_town import (
    CARD,
    FELLING,
    LOST,
    MONDAY,
    SetClock,
    VisitTown,
    as_it_stands,
    booked,
    moment,
    somebody,
    visitor,
)

TUESDAY = MONDAY + timedelta(days=1)


def several(town: VisitTown) -> list[Visit]:
    return [
        booked(town, key=guide_id, wanted=Wanted(guide_id, TOWN_HALL, moment(TUESDAY, clock)))
        for guide_id, clock in ((CARD, "15:00"), (LOST, "09:00"), (FELLING, "11:00"))
    ]


class TestTheList:
    def test_a_visitor_without_visits_has_none(self) -> None:
        assert visits_of(VisitTown().means, visitor()) == []

    def test_the_next_one_stands_in_front(self) -> None:
        town = VisitTown()
        several(town)
        assert [visit.guide_id for visit in visits_of(town.means, visitor())] == [LOST, FELLING, CARD]

    def test_what_has_ended_stands_behind_the_latest_first(self) -> None:
        town = VisitTown()
        card, lost, _felling = several(town)
        for visit in (card, lost):
            cancel(town.means, visitor(), visit.code)
        assert [visit.guide_id for visit in visits_of(town.means, visitor())] == [FELLING, CARD, LOST]

    def test_another_visitors_are_not_in_it(self) -> None:
        town = VisitTown()
        booked(town, 2)
        assert visits_of(town.means, visitor()) == []

    def test_a_hold_is_in_it_until_it_runs_out(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        kept = hold(town.means, visitor(), Wanted(CARD, TOWN_HALL, moment(TUESDAY, "09:00")))
        assert isinstance(kept, Held)
        assert visits_of(town.means, visitor()) == [kept.visit]
        clock.pass_by(minutes=10)
        assert visits_of(town.means, visitor()) == []
        end_holds(town.means)
        assert visits_of(town.means, visitor()) == []

    def test_one_is_found_by_its_own_visitor_alone(self) -> None:
        town = VisitTown()
        visit = booked(town)
        assert find(town.means, visitor(), visit.code) == visit
        assert find(town.means, visitor(2), visit.code) is None
        assert find(town.means, visitor(), Code("NEVERGIVEN")) is None


class TestThePerson:
    def test_who_came_last_time_is_known(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        assert last_person_of(town.means, visitor()) is None
        booked(town, person=somebody(1), key="1")
        clock.pass_by(minutes=1)
        booked(town, person=somebody(2), key="2", at=moment(TUESDAY, "10:00"))
        assert last_person_of(town.means, visitor()) == somebody(2)
        assert last_person_of(town.means, visitor(2)) is None

    def test_a_person_that_is_forgotten_or_sealed_with_a_key_that_is_gone_is_nobody(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        visit = booked(town)
        other = booked(town, 2)
        stolen = Visit(**{**vars(visit), "person": other.person})
        assert person_of(town.means, stolen) is None
        cancel(town.means, visitor(), visit.code)
        clock.pass_by(days=40)
        forget_persons(town.means)
        assert person_of(town.means, as_it_stands(town, visit)) is None
        assert last_person_of(town.means, visitor()) is None

    def test_everything_that_was_written_comes_back(self) -> None:
        town = VisitTown()
        person = Person("买买提·艾力", "13800000001", "110101199003070011")
        assert person_of(town.means, booked(town, person=person)) == person


class TestThePack:
    def test_what_is_ticked_stays_ticked(self) -> None:
        town = VisitTown()
        visit = booked(town)
        outcome = tick(town.means, visitor(), visit.code, ["居民身份证", "没有这样材料"])
        assert outcome == as_it_stands(town, visit)
        assert as_it_stands(town, visit).pack.missing == ("申请表",)
        assert as_it_stands(town, visit).version == visit.version

    def test_ticks_are_set_whole_and_can_be_taken_back(self) -> None:
        town = VisitTown()
        visit = booked(town)
        tick(town.means, visitor(), visit.code, ["居民身份证", "申请表"])
        tick(town.means, visitor(), visit.code, [])
        assert as_it_stands(town, visit).pack.missing == ("居民身份证", "申请表")

    def test_a_huge_list_of_ticks_is_harmless(self) -> None:
        town = VisitTown()
        visit = booked(town)
        tick(town.means, visitor(), visit.code, [str(number) for number in range(10_000)])
        assert as_it_stands(town, visit).pack == visit.pack

    def test_consent_is_given_and_taken_back(self) -> None:
        town = VisitTown()
        visit = booked(town)
        assert not visit.share_with_clerk
        share_with_clerk(town.means, visitor(), visit.code, True)
        assert as_it_stands(town, visit).share_with_clerk
        share_with_clerk(town.means, visitor(), visit.code, False)
        assert not as_it_stands(town, visit).share_with_clerk

    def test_nobody_ticks_or_agrees_for_another(self) -> None:
        town = VisitTown()
        visit = booked(town)
        assert tick(town.means, visitor(2), visit.code, ["申请表"]) == Unknown()
        assert share_with_clerk(town.means, visitor(2), visit.code, True) == Unknown()
        assert as_it_stands(town, visit) == visit

    def test_after_the_end_nothing_is_ticked(self) -> None:
        town = VisitTown()
        visit = booked(town)
        cancel(town.means, visitor(), visit.code)
        assert tick(town.means, visitor(), visit.code, ["申请表"]) == NotAllowed("pack_closed")
