"""The same suite of every ledger: what falls due and is forgotten, hours, the waiting list, the outbox, and records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from service_hall.visits.bookers import Bookers
from service_hall.visits.closures import Closure, ClosureId, ExtraHours
from service_hall.visits.ledger import Appeal, Ledger, Look, Page, Rating
from service_hall.visits.notices import ABOUT_THE_TIME, REMINDERS, Notice, NoticeId, NoticeKind
from service_hall.visits.pack import Pack
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import VisitId
from service_hall.visits.waiting import WishId, WishStatus
from tests.contract.sample_visits import (
    DAY,
    HALL,
    ME,
    NINE,
    WANG,
    YOU,
    a_notice,
    a_visit,
    a_wish,
    at,
    bring,
    known,
    moved,
)

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
NOBODY = VisitId("w_none")
LATER = at(9, day=100)


class TestWhatFallsDue:
    def test_nothing_falls_due_in_an_empty_ledger(self, ledger: Ledger) -> None:
        def look(page: Page) -> None:
            assert page.holds_run_out(NINE) == page.booked_before(DAY) == page.in_hall_before(DAY) == []
            assert page.to_forget(NINE) == page.packs_to_check("dog-register", "d", DAY) == []
            assert page.no_shows(Bookers(ME, "p"), DAY) == page.no_shows(Bookers(), DAY) == []
            assert page.guides_ahead(DAY) == []
            assert page.service_minutes(HALL, "cards", DAY) == []
            assert page.counter_acts(HALL, DAY) == {}

        ledger.read(look)

    def test_holds_that_have_run_out_come_oldest_first(self, ledger: Ledger) -> None:
        late, early = a_visit(Status.HELD, held_until=at(9)), a_visit(Status.HELD, held_until=at(8))
        bring(ledger, late, early, a_visit(Status.HELD, held_until=at(9, 1)), a_visit(held_until=at(8)))
        assert ledger.read(lambda page: page.holds_run_out(NINE)) == [early, late]
        assert ledger.read(lambda page: page.holds_run_out(NINE, limit=1)) == [early]

    def test_whoever_stands_open_when_the_day_is_over_is_found(self, ledger: Ledger) -> None:
        booked, older = a_visit(starts_at=at(9, day=-1)), a_visit(starts_at=at(9, day=-2))
        waiting = a_visit(Status.CHECKED_IN, day=YESTERDAY, starts_at=None)
        called, serving = (
            a_visit(status, starts_at=at(hour, day=-1), counter=str(hour))
            for status, hour in ((Status.CALLED, 10), (Status.SERVING, 11))
        )
        bring(ledger, booked, older, waiting, called, serving, a_visit(), a_visit(Status.CALLED, counter="1"))
        assert ledger.read(lambda page: page.booked_before(DAY)) == [older, booked]
        assert ledger.read(lambda page: page.booked_before(DAY, limit=1)) == [older]
        assert ledger.read(lambda page: page.in_hall_before(DAY)) == [waiting, called, serving]
        assert ledger.read(lambda page: page.in_hall_before(DAY, limit=2)) == [waiting, called]

    def test_a_person_is_forgotten_with_the_question(self, ledger: Ledger) -> None:
        visit = a_visit(Status.FINISHED, ended_at=at(10), person=WANG, question="要带照片吗")
        bring(ledger, visit)
        assert ledger.read(lambda page: page.to_forget(at(10))) == []
        assert ledger.read(lambda page: page.to_forget(at(10, 1))) == [visit]
        ledger.write([], lambda page: page.forget(visit.visit_id, keep_phone=False))
        assert known(ledger, visit) == replace(visit, person=None, question="")
        assert ledger.read(lambda page: page.to_forget(at(10, 1))) == []
        assert ledger.read(lambda page: page.of_person(WANG.keys, [Status.FINISHED])) == []

    def test_a_no_show_that_counts_keeps_the_confirmed_phone_alone(self, ledger: Ledger) -> None:
        visit = a_visit(Status.MISSED, ended_at=at(10), person=WANG, phone_key="p", question="要带照片吗", no_show=True)
        bring(ledger, visit)
        ledger.write([], lambda page: page.forget(visit.visit_id, keep_phone=True))
        phone_alone = replace(visit, person=None, question="")
        assert known(ledger, visit) == phone_alone
        assert ledger.read(lambda page: page.no_shows(Bookers(phone_key="p"), DAY)) == [phone_alone]
        later = a_visit(Status.FINISHED, ended_at=at(12), person=WANG)
        bring(ledger, later)
        # Whose phone stays for a while does not stand in the way of who is to be forgotten now.
        assert ledger.read(lambda page: page.to_forget(at(13))) == [later, phone_alone]
        assert ledger.read(lambda page: page.to_forget(at(13), limit=1)) == [later]
        ledger.write([], lambda page: page.forget(visit.visit_id, keep_phone=False))
        assert ledger.read(lambda page: page.no_shows(Bookers(phone_key="p"), DAY)) == []
        assert ledger.read(lambda page: page.to_forget(at(13))) == [later]

    def test_a_move_leaves_the_phone_of_a_forgotten_person(self, ledger: Ledger) -> None:
        visit = a_visit(Status.MISSED, ended_at=at(10), person=WANG, phone_key="p", no_show=True)
        bring(ledger, visit)
        ledger.write([], lambda page: page.forget(visit.visit_id, keep_phone=True))
        moved(ledger, known(ledger, visit), Move.RETURN)
        assert len(ledger.read(lambda page: page.no_shows(Bookers(phone_key="p"), DAY))) == 1

    def test_only_who_has_ended_is_to_be_forgotten_oldest_first(self, ledger: Ledger) -> None:
        late, early = (a_visit(Status.CANCELLED, ended_at=at(hour), person=WANG) for hour in (10, 8))
        bring(ledger, late, early, a_visit(person=WANG, phone_key="p"), a_visit(Status.FINISHED, ended_at=at(8)))
        assert ledger.read(lambda page: page.to_forget(at(11))) == [early, late]
        assert ledger.read(lambda page: page.to_forget(at(11), limit=1)) == [early]

    def test_packs_taken_from_other_materials_are_found(self, ledger: Ledger) -> None:
        old, none = a_visit(pack=Pack(digest="old")), a_visit(starts_at=at(9, day=1))
        new, over = a_visit(pack=Pack(digest="new")), a_visit(Status.FINISHED, pack=Pack(digest="old"))
        bring(ledger, none, old, new, over, a_visit(starts_at=at(9, day=-1)), a_visit(guide_id="night-stall"))
        assert ledger.read(lambda page: page.packs_to_check("dog-register", "new", DAY)) == [old, none]
        assert ledger.read(lambda page: page.packs_to_check("dog-register", "new", DAY, limit=1)) == [old]
        assert ledger.read(lambda page: page.packs_to_check("dog-register", "new", TOMORROW)) == [none]
        here = ledger.read(lambda page: page.packs_to_check("dog-register", "new", DAY, office_id=HALL))
        elsewhere = ledger.read(lambda page: page.packs_to_check("dog-register", "new", DAY, office_id="east-hall"))
        assert (here, elsewhere) == ([old, none], [])
        renewed = replace(old, pack=Pack(digest="new"))
        ledger.write([], lambda page: page.keep_pack(renewed))
        assert ledger.read(lambda page: page.packs_to_check("dog-register", "new", DAY)) == [none]

    def test_items_that_somebody_has_booked_are_named_once(self, ledger: Ledger) -> None:
        bring(ledger, a_visit(guide_id="night-stall"), a_visit(), a_visit(starts_at=at(9, day=1)))
        bring(ledger, a_visit(Status.CANCELLED, guide_id="tree-felling"))
        assert ledger.read(lambda page: page.guides_ahead(DAY)) == ["dog-register", "night-stall"]
        assert ledger.read(lambda page: page.guides_ahead(TOMORROW)) == ["dog-register"]

    def test_no_shows_that_count_are_found_by_visitor_and_by_confirmed_phone(self, ledger: Ledger) -> None:
        first, second = (a_visit(Status.MISSED, starts_at=at(9, day=day), no_show=True) for day in (-30, 0))
        by_phone = a_visit(Status.MISSED, visitor_id=YOU, phone_key="p", starts_at=at(10), no_show=True)
        bring(ledger, second, first, by_phone, a_visit(Status.MISSED), a_visit(Status.MISSED, visitor_id=None))
        since = DAY - timedelta(days=30)
        mine, either = Bookers(ME), Bookers(ME, "p")
        assert ledger.read(lambda page: page.no_shows(mine, since)) == [first, second]
        assert ledger.read(lambda page: page.no_shows(mine, since + timedelta(days=1))) == [second]
        assert ledger.read(lambda page: page.no_shows(either, DAY)) == [second, by_phone]
        ledger.write([], lambda page: page.exempt(first.visit_id))
        assert known(ledger, first) == replace(first, exempt=True)
        assert ledger.read(lambda page: page.no_shows(mine, since)) == [second]

    def test_service_minutes_are_of_those_finished_that_day(self, ledger: Ledger) -> None:
        def served(ended_at: datetime, **stated: object) -> None:
            bring(ledger, a_visit(**{"status": Status.FINISHED, "serving_at": NINE, "ended_at": ended_at, **stated}))  # type: ignore[arg-type]

        served(at(9, 20), counter="1")
        served(at(9, 7) + timedelta(seconds=30))
        served(at(9, 9), status=Status.CANCELLED)
        served(at(9, 9), serving_at=None)
        served(at(9, 9), line_id="dogs")
        served(at(9, 9), office_id="east-hall")
        served(at(9, 9), day=YESTERDAY)
        assert list(ledger.read(lambda page: page.service_minutes(HALL, "cards", DAY))) == [7.5, 20.0]

    def test_a_counter_acts_when_it_calls_serves_or_finishes(self, ledger: Ledger) -> None:
        bring(
            ledger,
            a_visit(Status.FINISHED, counter="1", called_at=at(9), serving_at=at(9, 1), ended_at=at(9, 8)),
            a_visit(Status.CALLED, counter="1", called_at=at(9, 9)),
            a_visit(Status.SERVING, counter="2", called_at=at(9, 2), serving_at=at(9, 4)),
            # The counter called; when the citizen was given up says nothing.
            a_visit(Status.MISSED, counter="3", called_at=at(9, 5), ended_at=at(12)),
            # Waits for the counter that it was handed to, which has done nothing yet.
            a_visit(Status.CHECKED_IN, counter="4", called_at=at(9, 5)),
            a_visit(Status.CANCELLED, counter="5", called_at=at(9, 5), ended_at=at(9, 6)),
            a_visit(Status.FINISHED, counter="6", day=YESTERDAY, called_at=at(9), ended_at=at(9, 1)),
            a_visit(Status.FINISHED, called_at=at(9, 5), ended_at=at(9, 6)),
            a_visit(Status.CALLED, counter="7", called_at=at(9, 9), office_id="east-hall"),
        )
        assert ledger.read(lambda page: page.counter_acts(HALL, DAY)) == {
            "1": [at(9), at(9, 1), at(9, 8), at(9, 9)],
            "2": [at(9, 2), at(9, 4)],
            "3": [at(9, 5)],
        }


class TestHours:
    def test_closures_that_meet_a_time_are_found_in_order(self, ledger: Ledger) -> None:
        def closure(number: int, from_: datetime, until: datetime, office_id: str = HALL) -> Closure:
            made = Closure(ClosureId(f"c_{number}"), office_id, "", from_, until, "停电", "clerk:admin", NINE)
            ledger.write([], lambda page: page.add_closure(made))
            return made

        afternoon, morning = closure(1, at(13), at(17)), closure(2, at(8), at(12))
        closure(3, at(12), at(13)), closure(4, at(8), at(17), "east-hall")
        assert ledger.read(lambda page: page.closures(HALL, at(11), at(12))) == [morning]
        assert ledger.read(lambda page: page.closures(HALL, at(9), at(14)))[::2] == [morning, afternoon]
        assert ledger.read(lambda page: page.closures(HALL, at(17), at(18))) == []
        assert ledger.read(lambda page: page.closure(afternoon.closure_id)) == afternoon

    def test_a_closure_can_be_taken_back_and_taken_back_again(self, ledger: Ledger) -> None:
        made = Closure(ClosureId("c_1"), HALL, "cards", at(8), at(12), "停电", "clerk:admin", NINE)
        ledger.write([], lambda page: page.add_closure(made))
        for _ in range(2):
            ledger.write([], lambda page: page.drop_closure(made.closure_id))
            assert ledger.read(lambda page: page.closure(made.closure_id)) is None

    def test_extra_hours_come_by_day_and_can_be_taken_back(self, ledger: Ledger) -> None:
        def extra(number: int, day: date, opens: str, office_id: str = HALL) -> ExtraHours:
            made = ExtraHours(f"x_{number}", office_id, "", day, opens, "18:00", "clerk:admin", NINE)
            ledger.write([], lambda page: page.add_extra_hours(made))
            return made

        next_day, late, early = extra(1, TOMORROW, "08:00"), extra(2, DAY, "17:00"), extra(3, DAY, "07:00")
        extra(4, DAY, "08:00", "east-hall"), extra(5, DAY + timedelta(days=2), "08:00")
        assert ledger.read(lambda page: page.extra_hours(HALL, DAY, TOMORROW)) == [early, late, next_day]
        ledger.write([], lambda page: page.drop_extra_hours(late.extra_id))
        ledger.write([], lambda page: page.drop_extra_hours("x_none"))
        assert ledger.read(lambda page: page.extra_hours(HALL, DAY, DAY)) == [early]


class TestTheWaitingList:
    def test_who_came_first_stands_in_front(self, ledger: Ledger) -> None:
        second, first = a_wish(made_at=at(10)), a_wish(visitor_id=YOU)
        other_line = a_wish(line_id="dogs", made_at=at(11))
        for wish in (second, first, other_line, a_wish(status=WishStatus.LAPSED), a_wish(office_id="east-hall")):
            ledger.write([], lambda page, it=wish: page.add_wish(it))  # type: ignore[misc]
        assert ledger.read(lambda page: page.waiting(HALL)) == [first, second, other_line]
        assert ledger.read(lambda page: page.waiting(HALL, "dogs")) == [other_line]
        assert ledger.read(lambda page: page.waiting("west-hall")) == []
        assert ledger.read(lambda page: page.offices_waited_for()) == ["east-hall", HALL]
        assert ledger.read(lambda page: page.wishes_of(YOU)) == [first]
        assert len(ledger.read(lambda page: page.wishes_of(ME))) == 4

    def test_a_wish_is_offered_a_visit_and_then_settled(self, ledger: Ledger) -> None:
        wish, visit = a_wish(), a_visit(Status.HELD)
        ledger.write([], lambda page: page.add_wish(wish))
        assert ledger.read(lambda page: page.wish(wish.wish_id)) == wish
        assert ledger.read(lambda page: page.wish_of_visit(visit.visit_id)) is None
        ledger.write([], lambda page: page.settle_wish(wish.wish_id, WishStatus.OFFERED, visit.visit_id))
        offered = replace(wish, status=WishStatus.OFFERED, visit_id=visit.visit_id)
        assert ledger.read(lambda page: page.wish_of_visit(visit.visit_id)) == offered
        assert ledger.read(lambda page: page.offices_waited_for()) == []
        ledger.write([], lambda page: page.settle_wish(wish.wish_id, WishStatus.WAITING, None))
        assert ledger.read(lambda page: page.waiting(HALL)) == [wish]
        assert ledger.read(lambda page: page.wish(WishId("l_none"))) is None

    @pytest.mark.parametrize("status", [WishStatus.TAKEN, WishStatus.LAPSED, WishStatus.WITHDRAWN])
    def test_once_it_is_settled_it_tells_no_longer_who_it_was(self, ledger: Ledger, status: WishStatus) -> None:
        wish, other = a_wish(), a_wish()
        for each in (wish, other):
            ledger.write([], lambda page, it=each: page.add_wish(it))  # type: ignore[misc]
        ledger.write([], lambda page: page.settle_wish(wish.wish_id, status, None))
        nobodys = replace(wish, status=status, person=None)
        assert ledger.read(lambda page: (page.wish(wish.wish_id), page.wish(other.wish_id))) == (nobodys, other)

    def test_settled_wishes_are_dropped_and_standing_ones_stay(self, ledger: Ledger) -> None:
        wishes = [a_wish(status=status) for status in WishStatus] + [a_wish(status=WishStatus.TAKEN, made_at=at(10))]
        for wish in wishes:
            ledger.write([], lambda page, it=wish: page.add_wish(it))  # type: ignore[misc]
        assert ledger.write([], lambda page: page.drop_wishes(at(10))) == 3
        left = {wish.status for wish in ledger.read(lambda page: page.wishes_of(ME))}
        assert left == {WishStatus.WAITING, WishStatus.OFFERED, WishStatus.TAKEN}
        assert ledger.write([], lambda page: page.drop_wishes(at(10))) == 0


class TestTheOutbox:
    def post(self, ledger: Ledger, *notices: Notice) -> None:
        ledger.write([], lambda page: page.post(iter(notices)))

    def due(self, ledger: Ledger, now: datetime = NINE, limit: int = 100) -> list[NoticeId]:
        return [notice.notice_id for notice in ledger.read(lambda page: page.due(now, limit))]

    def test_nothing_posted_is_nothing_due(self, ledger: Ledger) -> None:
        self.post(ledger)
        assert self.due(ledger) == []

    def test_what_is_due_comes_oldest_first_and_whole(self, ledger: Ledger) -> None:
        visit = a_visit()
        second = a_notice(visit, due_at=at(9), until="2026-06-02", rank=[1, {"也": None}])
        first, later = a_notice(visit, due_at=at(8)), a_notice(visit, due_at=at(9, 1))
        self.post(ledger, second, later, first)
        assert ledger.read(lambda page: page.due(NINE)) == [first, second]
        assert self.due(ledger, limit=1) == [first.notice_id]

    @pytest.mark.parametrize("said", [True, False])
    def test_what_was_delivered_is_no_longer_due_whether_said_or_not(self, ledger: Ledger, said: bool) -> None:
        visit = a_visit()
        notice = a_notice(visit)
        self.post(ledger, notice)
        ledger.write([], lambda page: page.delivered(notice.notice_id, NINE, said))
        assert self.due(ledger) == []
        assert ledger.read(lambda page: page.has_notice(visit.visit_id, NoticeKind.SOON))

    def test_what_was_withdrawn_is_neither_due_nor_there(self, ledger: Ledger) -> None:
        visit, other = a_visit(), a_visit()
        told, soon = a_notice(visit, NoticeKind.DAY_BEFORE, at(8)), a_notice(visit, NoticeKind.SOON)
        called, of_other = a_notice(visit, NoticeKind.CALLED), a_notice(other, NoticeKind.SOON)
        self.post(ledger, told, soon, called, of_other)
        ledger.write([], lambda page: page.delivered(told.notice_id, at(8), True))
        ledger.write([], lambda page: page.withdraw(visit.visit_id, REMINDERS))
        assert self.due(ledger) == sorted([called.notice_id, of_other.notice_id])
        stands = {
            kind: ledger.read(lambda page, kind=kind: page.has_notice(visit.visit_id, kind))  # type: ignore[misc]
            for kind in (NoticeKind.DAY_BEFORE, NoticeKind.SOON, NoticeKind.CALLED, NoticeKind.MOVED)
        }
        assert list(stands.values()) == [True, False, True, False]
        again = a_notice(visit, NoticeKind.SOON)
        self.post(ledger, again)
        assert again.notice_id in self.due(ledger)
        assert ledger.read(lambda page: page.has_notice(visit.visit_id, NoticeKind.SOON))

    def test_what_is_put_off_is_due_then(self, ledger: Ledger) -> None:
        notice, other = a_notice(a_visit()), a_notice(a_visit())
        self.post(ledger, notice, other)
        ledger.write([], lambda page: page.put_off(notice.notice_id, at(10)))
        assert self.due(ledger) == [other.notice_id]
        assert replace(notice, due_at=at(10)) in ledger.read(lambda page: page.due(at(10)))

    def test_whose_visitor_has_gone_is_nobodys_and_staff_tell_what_is_to_be_told(self, ledger: Ledger) -> None:
        visit, other = a_visit(), a_visit()
        bring(ledger, visit, other)
        told, soon = a_notice(visit, NoticeKind.DAY_BEFORE, at(8)), a_notice(visit, NoticeKind.SOON)
        others = a_notice(other, NoticeKind.SOON)
        self.post(ledger, told, soon, others)
        ledger.write([], lambda page: page.delivered(told.notice_id, NINE, True))
        ledger.write([], lambda page: page.leave_to_staff(visit.visit_id))
        assert ledger.read(lambda page: page.visit(visit.visit_id)) == replace(visit, visitor_id=None)
        assert ledger.read(lambda page: page.visit(other.visit_id)) == other
        assert ledger.read(lambda page: page.to_tell(HALL, LATER)) == [replace(soon, visitor_id=None)]
        assert self.due(ledger) == [others.notice_id]

    def test_what_is_told_by_telephone_is_listed_by_office_and_due_at_no_door(self, ledger: Ledger) -> None:
        first, second, elsewhere = a_visit(), a_visit(), a_visit(office_id="east-hall")
        ended = a_visit(status=Status.CANCELLED)
        bring(ledger, first, second, elsewhere, ended)
        late, early, there, gone = (
            replace(a_notice(visit, NoticeKind.MOVED, at(hour), before="早"), visitor_id=None)
            for visit, hour in ((first, 9), (second, 8), (elsewhere, 8), (ended, 8))
        )
        at_a_door = a_notice(first, NoticeKind.MOVED)
        self.post(ledger, late, early, there, gone, at_a_door)
        assert ledger.read(lambda page: page.to_tell(HALL, LATER)) == [early, late]
        assert ledger.read(lambda page: page.to_tell(HALL, at(8))) == [early]
        assert ledger.read(lambda page: page.to_tell("nowhere", LATER)) == []
        assert self.due(ledger) == [at_a_door.notice_id]
        ledger.write([], lambda page: page.delivered(early.notice_id, NINE, True))
        ledger.write([], lambda page: page.withdraw(first.visit_id, ABOUT_THE_TIME))
        assert ledger.read(lambda page: page.to_tell(HALL, LATER)) == []


class TestRecords:
    def test_an_appeal_is_open_until_it_is_decided(self, ledger: Ledger) -> None:
        late, early, elsewhere = a_visit(), a_visit(), a_visit(office_id="east-hall")
        bring(ledger, late, early, elsewhere)
        assert ledger.read(lambda page: page.appeal(late.visit_id)) is None
        made = {
            visit.visit_id: Appeal(visit.visit_id, "孩子发烧 😷", at(hour))
            for visit, hour in ((late, 10), (early, 9), (elsewhere, 8))
        }
        for appeal in made.values():
            ledger.write([], lambda page, it=appeal: page.keep_appeal(it))  # type: ignore[misc]
        assert ledger.read(lambda page: page.open_appeals(HALL)) == [made[early.visit_id], made[late.visit_id]]
        decided = replace(made[early.visit_id], granted=False, decided_by="clerk:admin", decided_at=at(11))
        ledger.write([], lambda page: page.keep_appeal(decided))
        assert ledger.read(lambda page: page.appeal(early.visit_id)) == decided
        assert ledger.read(lambda page: page.open_appeals(HALL)) == [made[late.visit_id]]

    def test_of_two_ratings_the_last_counts(self, ledger: Ledger) -> None:
        visit = a_visit(Status.FINISHED)
        bring(ledger, visit)
        assert ledger.read(lambda page: page.rating(visit.visit_id)) is None
        for rating in (Rating(visit.visit_id, 5, "等太久", NINE), Rating(visit.visit_id, 1, "", at(10))):
            ledger.write([], lambda page, it=rating: page.keep_rating(it))  # type: ignore[misc]
        assert ledger.read(lambda page: page.rating(visit.visit_id)) == Rating(visit.visit_id, 1, "", at(10))

    def test_every_look_is_noted_twice_in_a_moment_too(self, ledger: Ledger) -> None:
        visit = a_visit()
        bring(ledger, visit)
        look = Look(visit.visit_id, NINE, "clerk:admin", "pack")
        for each in (look, look, replace(look, at=at(8), what="question")):
            ledger.write([], lambda page, it=each: page.note_look(it))  # type: ignore[misc]
        assert ledger.read(lambda page: page.looks(visit.visit_id)) == [
            replace(look, at=at(8), what="question"),
            look,
            look,
        ]
        assert ledger.read(lambda page: page.looks(NOBODY)) == []
