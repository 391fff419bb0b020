"""Whoever does not come is warned, then restricted for a while, and can appeal; the office's own fault counts never."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from service_hall.appointments.changing import cancel
from service_hall.appointments.closing import Remedy, ToClose, close
from service_hall.appointments.no_shows import Appealed, appeal, decide_appeal, open_appeals
from service_hall.appointments.outcomes import Booked, Held, NotAllowed, ProofNeeded, Restricted, Unknown, Wished
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import book, confirm, hold
from service_hall.appointments.upkeep import end_days
from service_hall.appointments.waiting_list import WishFor, join
from service_hall.visits.notices import NoticeKind
from service_hall.visits.states import Status
from service_hall.visits.visit import Code, Share, Visit
from tests.fakes import EAST_HALL, TOWN_HALL, FixedClock
from tests.proofs import FakeSms
from tests.visit_town import (
    CARD,
    MONDAY,
    VisitTown,
    as_it_stands,
    booked,
    moment,
    outbox,
    request,
    somebody,
    town_offices,
    visitor,
)

CLERK = "wang"
ONE_DAY = timedelta(days=1)


def stay_away(town: VisitTown, day: date, number: int = 1, **changed: object) -> Visit:
    """Booked for nine that day, and nobody came."""
    town.clock.at = moment(day, "07:00")
    visit = booked(town, number, moment(day, "09:00"), key=f"{number} {day}", **changed)
    town.clock.at = moment(day + ONE_DAY, "00:05")
    end_days(town.means)
    return as_it_stands(town, visit)


def stay_away_three_times(town: VisitTown) -> list[Visit]:
    return [stay_away(town, MONDAY + timedelta(days=days)) for days in range(3)]


def told(town: VisitTown) -> list[NoticeKind]:
    return [each.kind for each in outbox(town)]


THURSDAY = MONDAY + timedelta(days=3)


class TestCounting:
    def test_whoever_did_not_come_is_missed_and_warned(self) -> None:
        town = VisitTown()
        visit = stay_away(town, MONDAY)
        assert (visit.status, visit.no_show, visit.exempt) == (Status.MISSED, True, False)
        [warning] = outbox(town)
        assert (warning.kind, warning.facts) == (NoticeKind.NO_SHOW, {"count": 1, "at": 3})

    def test_the_day_is_ended_once(self) -> None:
        town = VisitTown()
        stay_away(town, MONDAY)
        assert end_days(town.means) == 0
        assert told(town) == [NoticeKind.NO_SHOW]

    def test_a_booking_of_today_is_left_alone_until_midnight(self) -> None:
        town = VisitTown()
        visit = booked(town)
        town.clock.at = moment(MONDAY + ONE_DAY, "23:59")
        assert end_days(town.means) == 0
        assert as_it_stands(town, visit) == visit

    def test_a_warning_does_not_restrict(self) -> None:
        town = VisitTown()
        stay_away(town, MONDAY), stay_away(town, MONDAY + ONE_DAY)
        assert told(town) == [NoticeKind.NO_SHOW] * 2
        assert isinstance(book(town.means, request(at=moment(THURSDAY, "09:00"))), Booked)

    def test_the_third_time_restricts_for_thirty_days_from_the_last(self) -> None:
        town = VisitTown()
        stay_away_three_times(town)
        assert told(town)[-1] is NoticeKind.RESTRICTED
        outcome = book(town.means, request(at=moment(THURSDAY, "09:00")))
        assert isinstance(outcome, Restricted)
        assert outcome.until.date() == date(2026, 7, 3)
        assert "7月3日" in outcome.message

    def test_the_restriction_ends_by_itself(self) -> None:
        town = VisitTown()
        stay_away_three_times(town)
        town.clock.at = moment(date(2026, 7, 3), "08:00")
        assert isinstance(book(town.means, request(at=moment(date(2026, 7, 6), "09:00"))), Restricted)
        town.clock.at = moment(date(2026, 7, 4), "08:00")
        assert isinstance(book(town.means, request(at=moment(date(2026, 7, 6), "09:00"))), Booked)

    def test_no_shows_of_long_ago_count_no_more(self) -> None:
        town = VisitTown()
        stay_away(town, MONDAY), stay_away(town, MONDAY + ONE_DAY)
        later = MONDAY + timedelta(days=98)
        stay_away(town, later)
        assert outbox(town)[-1].facts["count"] == 1
        assert isinstance(book(town.means, request(at=moment(later + ONE_DAY, "09:00"), key="new")), Booked)

    def test_the_restriction_is_of_whoever_booked_and_of_nobody_whom_the_booking_named(self) -> None:
        town = VisitTown()
        stay_away_three_times(town)
        at = moment(THURSDAY, "09:00")
        assert isinstance(book(town.means, request(1, at, person=somebody(2))), Restricted)
        assert isinstance(book(town.means, request(2, at, person=somebody(1))), Booked)
        wish = WishFor(CARD, TOWN_HALL, THURSDAY, THURSDAY)
        assert isinstance(join(town.means, visitor(2), wish, somebody(1)), Wished)

    def test_who_holds_the_phone_that_was_confirmed_is_restricted_in_any_browser(self) -> None:
        sms = FakeSms()
        town = VisitTown(sms=sms)
        for days in range(3):
            at = moment(MONDAY + timedelta(days=days), "07:00")
            town.clock.at = at
            town.change_rules(bookings_per_device=0)
            asked = request(days, at.replace(hour=9), person=somebody(1), key=str(at))
            assert isinstance(book(town.means, asked), ProofNeeded)
            assert isinstance(book(town.means, replace(asked, proof=sms.told)), Booked)
            town.clock.at = at.replace(hour=1) + ONE_DAY
            end_days(town.means)
        asked = request(7, moment(THURSDAY, "09:00"), person=somebody(1))
        assert isinstance(book(town.means, asked), ProofNeeded)
        assert isinstance(book(town.means, replace(asked, proof=sms.told)), Restricted)
        town.change_rules(bookings_per_device=1)
        assert isinstance(book(town.means, asked), Booked)  # who only wrote that number down is not

    def test_what_staff_booked_restricts_nobody(self) -> None:
        town = VisitTown()
        for days in range(3):
            day = MONDAY + timedelta(days=days)
            inside = Wanted(CARD, TOWN_HALL, moment(day, "09:00"), Share.INTERNAL)
            stay_away(town, day, visitor_id="clerk:wang", wanted=inside)
        assert told(town) == []
        assert isinstance(book(town.means, request(at=moment(THURSDAY, "09:00"))), Booked)

    def test_it_holds_for_holds_and_the_waiting_list_too(self) -> None:
        town = VisitTown()
        stay_away_three_times(town)
        kept = hold(town.means, visitor(), Wanted(CARD, TOWN_HALL, moment(THURSDAY, "09:00")))
        assert isinstance(kept, Held)
        assert isinstance(confirm(town.means, kept.visit.code, request()), Restricted)
        assert isinstance(
            join(town.means, visitor(), WishFor(CARD, TOWN_HALL, THURSDAY, THURSDAY), somebody()), Restricted
        )

    def test_a_cancelled_booking_is_no_no_show(self) -> None:
        town = VisitTown()
        visit = booked(town)
        cancel(town.means, visitor(), visit.code)
        town.clock.at = moment(THURSDAY, "00:05")
        assert end_days(town.means) == 0
        assert told(town) == []

    def test_the_whole_queue_of_a_day_is_ended(self) -> None:
        town = VisitTown()
        for number in range(8):
            booked(
                town,
                number,
                moment(MONDAY + ONE_DAY, f"{9 + number // 2}:00") if number < 6 else moment(MONDAY + ONE_DAY, "14:00"),
            )
        town.clock.at = moment(MONDAY + timedelta(days=2), "00:05")
        assert end_days(town.means) == 8


class TestTheOfficesFault:
    def closing(self, town: VisitTown, day: date, opens: str = "00:00", closes: str = "23:59") -> None:
        wanted = ToClose(TOWN_HALL, moment(day, opens), moment(day, closes), "停电")
        close(town.means, wanted, Remedy.NOTIFY, CLERK)

    def test_whoever_was_sent_away_and_chose_no_other_time_is_not_blamed(self) -> None:
        town = VisitTown()
        visit = booked(town)
        self.closing(town, MONDAY + ONE_DAY)
        town.clock.at = moment(MONDAY + timedelta(days=2), "00:05")
        end_days(town.means)
        after = as_it_stands(town, visit)
        assert (after.status, after.no_show, after.exempt) == (Status.CANCELLED, False, True)
        assert told(town) == [NoticeKind.CLOSED]

    def test_when_the_hours_were_cut_without_a_word_nobody_is_blamed(self) -> None:
        town = VisitTown()
        visit = booked(town)
        first, *others = town_offices()
        afternoons = first.model_copy(update={"opening_hours": first.opening_hours[1:]})
        town.change_offices((afternoons, *others))
        town.clock.at = moment(MONDAY + timedelta(days=2), "00:05")
        end_days(town.means)
        assert as_it_stands(town, visit).exempt

    def test_when_the_office_is_gone_nobody_is_blamed(self) -> None:
        town = VisitTown()
        visit = booked(town)
        town.change_offices(())
        town.clock.at = moment(MONDAY + timedelta(days=2), "00:05")
        end_days(town.means)
        assert as_it_stands(town, visit).exempt

    def test_what_the_office_caused_never_restricts(self) -> None:
        town = VisitTown()
        for days in range(4):
            day = MONDAY + timedelta(days=days)
            town.clock.at = moment(day, "07:00")
            booked(town, 1, moment(day, "09:00"), key=str(day))
            self.closing(town, day)
            town.clock.at = moment(day + ONE_DAY, "00:05")
            end_days(town.means)
        friday = moment(MONDAY + timedelta(days=4), "09:00")
        assert isinstance(book(town.means, request(at=friday)), Booked)

    def test_a_closure_at_another_hour_excuses_nobody(self) -> None:
        town = VisitTown()
        visit = booked(town)
        self.closing(town, MONDAY + ONE_DAY, "14:00", "15:00")
        town.clock.at = moment(MONDAY + timedelta(days=2), "00:05")
        end_days(town.means)
        assert as_it_stands(town, visit).no_show


class TestAppealing:
    def test_a_granted_appeal_lifts_the_restriction(self) -> None:
        town = VisitTown()
        *_, last = stay_away_three_times(town)
        assert isinstance(appeal(town.means, visitor(), last.code, "孩子生病"), Appealed)
        [(made, visit)] = open_appeals(town.means, TOWN_HALL)
        assert (made.reason, visit.visit_id, made.made_at) == ("孩子生病", last.visit_id, town.clock.at)
        assert decide_appeal(town.means, TOWN_HALL, last.visit_id, True, CLERK)
        assert as_it_stands(town, last).exempt
        assert isinstance(book(town.means, request(at=moment(THURSDAY, "09:00"))), Booked)
        assert outbox(town, NoticeKind.APPEAL_DECIDED)[0].facts == {"granted": True}

    def test_a_denied_appeal_changes_nothing_and_is_told(self) -> None:
        town = VisitTown()
        *_, last = stay_away_three_times(town)
        appeal(town.means, visitor(), last.code, "忘了")
        assert decide_appeal(town.means, TOWN_HALL, last.visit_id, False, CLERK)
        assert not as_it_stands(town, last).exempt
        assert isinstance(book(town.means, request(at=moment(THURSDAY, "09:00"))), Restricted)
        assert outbox(town, NoticeKind.APPEAL_DECIDED)[0].facts == {"granted": False}

    @pytest.mark.parametrize("granted", [True, False])
    def test_an_appeal_is_made_and_decided_once(self, granted: bool) -> None:
        town = VisitTown()
        visit = stay_away(town, MONDAY)
        appeal(town.means, visitor(), visit.code, "堵车")
        assert appeal(town.means, visitor(), visit.code, "真的堵车") == NotAllowed("appeal_made")
        assert decide_appeal(town.means, TOWN_HALL, visit.visit_id, granted, CLERK)
        assert not decide_appeal(town.means, TOWN_HALL, visit.visit_id, not granted, CLERK)
        assert isinstance(appeal(town.means, visitor(), visit.code, "再来"), NotAllowed)
        assert as_it_stands(town, visit).exempt is granted
        assert open_appeals(town.means, TOWN_HALL) == []

    def test_it_is_in_time_until_the_fifteenth_day(self) -> None:
        town = VisitTown()
        visit = stay_away(town, MONDAY)
        town.clock.at = moment(MONDAY + timedelta(days=16), "00:00")
        assert appeal(town.means, visitor(), visit.code, "堵车") == NotAllowed("appeal_too_late")
        town.clock.at = moment(MONDAY + timedelta(days=15), "23:59")
        assert isinstance(appeal(town.means, visitor(), visit.code, "堵车"), Appealed)

    def test_against_what_was_not_noted_there_is_no_appeal(self) -> None:
        town = VisitTown()
        visit = booked(town)
        assert appeal(town.means, visitor(), visit.code, "堵车") == NotAllowed("appeal_not_needed")

    def test_nobody_appeals_for_another_visitor(self) -> None:
        town = VisitTown()
        visit = stay_away(town, MONDAY)
        assert appeal(town.means, visitor(2), visit.code, "堵车") == Unknown()
        assert appeal(town.means, visitor(), Code("NEVERGIVEN"), "堵车") == Unknown()

    def test_an_office_decides_on_its_own_visits_alone(self) -> None:
        town = VisitTown(clock=FixedClock())
        visit = stay_away(town, MONDAY)
        appeal(town.means, visitor(), visit.code, "堵车")
        assert open_appeals(town.means, EAST_HALL) == []
        assert not decide_appeal(town.means, EAST_HALL, visit.visit_id, True, CLERK)
        assert not as_it_stands(town, visit).exempt

    def test_without_an_appeal_there_is_nothing_to_decide(self) -> None:
        town = VisitTown()
        visit = stay_away(town, MONDAY)
        assert not decide_appeal(town.means, TOWN_HALL, visit.visit_id, True, CLERK)
