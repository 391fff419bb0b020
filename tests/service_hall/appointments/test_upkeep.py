"""What falls due by itself: days end, packs follow their guides, persons are forgotten."""

from __future__ import annotations

from datetime import date, timedelta

from service_hall.appointments.changing import cancel
from service_hall.appointments.no_shows import appeal, decide_appeal
from service_hall.appointments.outcomes import ProofNeeded, Restricted, Wished
from service_hall.appointments.own import tick
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import book
from service_hall.appointments.upkeep import end_days, forget_persons, renew_packs
from service_hall.appointments.waiting_list import WishFor, join, leave
from service_hall.queue.arriving import take_ticket
from service_hall.queue.calling import call_next, miss, serve
from service_hall.queue.outcomes import Ticketed
from service_hall.visits.notices import NoticeKind
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import Visit
from tests.fakes import TOWN_HALL
from tests.proofs import FakeSms
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
    outbox,
    request,
    somebody,
    visitor,
)

TUESDAY = MONDAY + timedelta(days=1)
MIDNIGHT = moment(TUESDAY + timedelta(days=1), "00:01")
CARD_ID = {"name": "居民身份证"}
FORM = {"name": "申请表", "form": "表格", "copies": 2}


def walk_in(town: VisitTown, number: int = 0) -> Visit:
    outcome = take_ticket(town.means, TOWN_HALL, CARD, "kiosk:1", visitor_id=visitor(number) if number else None)
    assert isinstance(outcome, Ticketed), outcome
    return outcome.visit


class TestTheEndOfADay:
    def in_hall(self) -> tuple[VisitTown, list[Visit]]:
        """One waits, one is called, one is served, one was called in vain."""
        town = VisitTown(clock=SetClock(moment(TUESDAY, "09:00")))
        visits = [walk_in(town, number) for number in (1, 2, 3, 4)]
        call_next(town.means, TOWN_HALL, "1", "wang")
        miss(town.means, TOWN_HALL, "1", visits[0].visit_id, "wang")
        call_next(town.means, TOWN_HALL, "1", "wang")
        serve(town.means, TOWN_HALL, "1", visits[1].visit_id, "wang")
        call_next(town.means, TOWN_HALL, "2", "wang")
        return town, visits

    def test_whoever_still_waits_is_let_go_without_blame(self) -> None:
        town, (missed, _served, called, waiting) = self.in_hall()
        town.clock.at = MIDNIGHT
        assert end_days(town.means) == 3
        for visit in (called, waiting):
            after = as_it_stands(town, visit)
            assert (after.status, after.exempt, after.no_show) == (Status.CANCELLED, True, False)
        assert {each.visitor_id for each in outbox(town, NoticeKind.CLOSED)} == {visitor(3), visitor(4)}
        assert as_it_stands(town, missed).status is Status.MISSED
        assert not as_it_stands(town, missed).no_show

    def test_who_was_being_served_is_finished(self) -> None:
        town, (_, served, *_others) = self.in_hall()
        town.clock.at = MIDNIGHT
        end_days(town.means)
        assert as_it_stands(town, served).status is Status.FINISHED
        assert town.ledger.read(lambda page: page.history(served.visit_id))[-1].actor == "hall"

    def test_the_counters_are_free_in_the_morning(self) -> None:
        town, _ = self.in_hall()
        town.clock.at = MIDNIGHT
        end_days(town.means)
        town.clock.at = moment(TUESDAY + timedelta(days=1), "09:00")
        walk_in(town)
        assert town.ledger.read(lambda page: page.at_counter(TOWN_HALL, "1")) is None

    def test_nothing_ends_twice(self) -> None:
        town, _ = self.in_hall()
        town.clock.at = MIDNIGHT
        end_days(town.means)
        assert end_days(town.means) == 0

    def test_an_empty_hall_has_nothing_to_end(self) -> None:
        assert end_days(VisitTown().means) == 0


class TestPacks:
    def test_a_pack_follows_its_guide_and_the_citizen_is_told(self) -> None:
        town = VisitTown()
        visit = booked(town)
        tick(town.means, visitor(), visit.code, ["居民身份证", "申请表"])
        town.change_materials(CARD_ID, {**FORM, "copies": 3}, {"name": "照片"})
        assert renew_packs(town.means) == 1
        pack = as_it_stands(town, visit).pack
        assert [(item.name, item.ticked) for item in pack.items] == [
            ("居民身份证", True),
            ("申请表", False),
            ("照片", False),
        ]
        [told] = outbox(town, NoticeKind.MATERIALS_CHANGED)
        assert told.facts == {"new": ["照片"], "changed": ["申请表"], "dropped": []}
        assert told.visitor_id == visitor()

    def test_nothing_is_told_twice(self) -> None:
        town = VisitTown()
        booked(town)
        town.change_materials(CARD_ID, FORM, {"name": "照片"})
        assert (renew_packs(town.means), renew_packs(town.means)) == (1, 0)
        assert len(outbox(town, NoticeKind.MATERIALS_CHANGED)) == 1

    def test_a_second_change_tells_only_what_is_new_since_the_first(self) -> None:
        town = VisitTown()
        booked(town)
        town.change_materials(CARD_ID, FORM, {"name": "照片"})
        renew_packs(town.means)
        town.change_materials(CARD_ID, {"name": "照片"}, {"name": "押金"})
        renew_packs(town.means)
        facts = sorted(
            (each.facts for each in outbox(town, NoticeKind.MATERIALS_CHANGED)), key=lambda each: each["new"]
        )
        assert facts == [
            {"new": ["押金"], "changed": [], "dropped": ["申请表"]},
            {"new": ["照片"], "changed": [], "dropped": []},
        ]

    def test_another_order_is_nothing_to_tell(self) -> None:
        town = VisitTown()
        visit = booked(town)
        town.change_materials(FORM, CARD_ID)
        renew_packs(town.means)
        assert [item.name for item in as_it_stands(town, visit).pack.items] == ["申请表", "居民身份证"]
        assert not outbox(town, NoticeKind.MATERIALS_CHANGED)
        assert renew_packs(town.means) == 0

    def test_other_items_and_visits_that_are_over_are_left_alone(self) -> None:
        town = VisitTown()
        other = booked(town, 1, wanted=Wanted(FELLING, TOWN_HALL, moment(TUESDAY, "09:00")))
        over = booked(town, 2)
        cancel(town.means, visitor(2), over.code)
        town.change_materials(CARD_ID)
        assert renew_packs(town.means) == 0
        assert as_it_stands(town, other).pack == other.pack

    def test_what_was_agreed_and_asked_stays(self) -> None:
        town = VisitTown()
        visit = booked(town, share_with_clerk=True, question="借书证怎么办")
        town.change_materials(CARD_ID)
        renew_packs(town.means)
        after = as_it_stands(town, visit)
        assert (after.share_with_clerk, after.question, after.version) == (True, "借书证怎么办", visit.version)


class TestForgetting:
    def ended(self, town: VisitTown) -> Visit:
        visit = booked(town, question="借书证怎么办")
        cancel(town.means, visitor(), visit.code)
        return visit

    def test_after_the_retention_period_person_and_question_are_gone(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        visit = self.ended(town)
        clock.pass_by(days=30, seconds=1)
        assert forget_persons(town.means) == 1
        after = as_it_stands(town, visit)
        assert (after.person, after.question, after.code) == (None, "", visit.code)
        assert forget_persons(town.means) == 0

    def test_until_then_they_stay(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        visit = self.ended(town)
        clock.pass_by(days=30)
        assert forget_persons(town.means) == 0
        assert as_it_stands(town, visit).person == visit.person

    def test_what_has_not_ended_is_kept(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        visit = booked(town)
        clock.pass_by(days=90)
        assert forget_persons(town.means) == 0
        assert as_it_stands(town, visit).person == visit.person

    def missed(self, town: VisitTown) -> Visit:
        visit = booked(town, question="借书证怎么办")
        town.clock.at = MIDNIGHT
        end_days(town.means)
        return as_it_stands(town, visit)

    def test_a_no_show_that_still_counts_keeps_nothing_of_the_person(self) -> None:
        town = VisitTown()
        visit = self.missed(town)
        town.clock.at = MIDNIGHT + timedelta(days=31)
        assert (forget_persons(town.means), forget_persons(town.means)) == (1, 0)
        after = as_it_stands(town, visit)
        assert (after.person, after.question) == (None, "")

    def test_a_no_show_that_still_counts_keeps_the_hash_of_a_confirmed_phone_alone(self) -> None:
        town, visit = self.missed_with_a_confirmed_phone()
        town.clock.at = MIDNIGHT + timedelta(days=31)
        assert (forget_persons(town.means), forget_persons(town.means)) == (1, 0)
        after = as_it_stands(town, visit)
        assert (after.person, after.question, after.phone_key) == (None, "", visit.phone_key)

    def missed_with_a_confirmed_phone(self) -> tuple[VisitTown, Visit]:
        sms = FakeSms()
        town = VisitTown(sms=sms)
        town.change_rules(bookings_per_device=0)
        assert isinstance(book(town.means, request()), ProofNeeded)
        visit = booked(town, proof=sms.told)
        town.clock.at = MIDNIGHT
        end_days(town.means)
        assert visit.phone_key
        return town, as_it_stands(town, visit)

    def test_it_still_counts(self) -> None:
        town = VisitTown()
        town.change_rules(no_show_warning_at=1, no_show_restriction_at=1, no_show_restriction_days=60)
        self.missed(town)
        town.clock.at = moment(date(2026, 7, 6), "08:00")
        forget_persons(town.means)
        assert isinstance(book(town.means, request(at=moment(date(2026, 7, 7), "09:00"), key="new")), Restricted)

    def test_when_it_counts_no_more_the_hash_goes_too(self) -> None:
        town, visit = self.missed_with_a_confirmed_phone()
        town.clock.at = MIDNIGHT + timedelta(days=31)
        forget_persons(town.means)
        town.clock.at = MIDNIGHT + timedelta(days=91)
        assert forget_persons(town.means) == 1
        assert as_it_stands(town, visit).phone_key is None

    def test_a_no_show_that_was_excused_keeps_nothing(self) -> None:
        town = VisitTown()
        visit = self.missed(town)
        appeal(town.means, visitor(), visit.code, "生病")
        decide_appeal(town.means, TOWN_HALL, visit.visit_id, True, "wang")
        town.clock.at = MIDNIGHT + timedelta(days=31)
        forget_persons(town.means)
        assert as_it_stands(town, visit).person is None

    def test_the_history_outlives_the_person_and_names_nobody(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        visit = self.ended(town)
        clock.pass_by(days=31)
        forget_persons(town.means)
        history = town.ledger.read(lambda page: page.history(visit.visit_id))
        assert [each.move for each in history] == [Move.HOLD, Move.BOOK, Move.CANCEL]
        assert not any(part in str(history) for part in (somebody().name, somebody().phone))

    def test_settled_wishes_are_dropped_and_waiting_ones_stay(self) -> None:
        town = VisitTown(clock=(clock := SetClock()))
        booked(town, 8), booked(town, 9)
        wishes = []
        for number, guide_id in ((1, CARD), (2, LOST)):
            wished = join(
                town.means,
                visitor(number),
                WishFor(guide_id, TOWN_HALL, TUESDAY, TUESDAY, "09:00", "09:30"),
                somebody(number),
            )
            assert isinstance(wished, Wished)
            wishes.append(wished.wish.wish_id)
        leave(town.means, visitor(1), wishes[0])
        clock.pass_by(days=31)
        assert forget_persons(town.means) == 1
        assert town.ledger.read(lambda page: [page.wish(each) is not None for each in wishes]) == [False, True]
