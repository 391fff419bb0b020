"""One suite for every implementation of `service_hall.visits.ledger`: visits, their history, and writing them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from service_hall.shared.ids import VisitorId
from service_hall.visits.bookers import Bookers
from service_hall.visits.ledger import Ledger, Load, Outdated, Page, office_lock, person_locks
from service_hall.visits.pack import Pack, PackItem
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import Code, SealedPerson, Share, VisitId, event_of
from tests.contract.sample_visits import (
    DAY,
    HALL,
    ME,
    NINE,
    WANG,
    YOU,
    a_full_visit,
    a_visit,
    at,
    bring,
    known,
    moved,
)

EVERY = frozenset(Status)
TOMORROW = DAY + timedelta(days=1)


class TestVisitLedger:
    def test_an_empty_ledger_knows_nothing(self, ledger: Ledger) -> None:
        def look(page: Page) -> None:
            assert page.visit(VisitId("w_none")) is None
            assert page.by_code(Code("NONE")) is None
            assert page.of_visitor(ME) == []
            assert page.of_person(["key"], EVERY) == page.of_person([], EVERY) == []
            assert page.of_office(HALL, DAY, DAY, EVERY) == []
            assert page.loads(HALL, "cards", DAY, DAY, NINE) == []
            assert page.at_counter(HALL, "1") is None
            assert page.tickets_given(HALL, DAY, "A") == 0
            assert page.history(VisitId("w_none")) == []
            assert page.by_key(ME, "key") is None

        ledger.read(look)

    def test_a_visit_comes_back_as_it_was_written(self, ledger: Ledger) -> None:
        full, bare = a_full_visit(), a_visit(Status.HELD, visitor_id=None, starts_at=None)
        bring(ledger, full, bare)
        assert known(ledger, full) == full
        assert known(ledger, bare) == bare
        assert ledger.read(lambda page: page.by_code(full.code)) == full

    def test_a_person_without_a_number_comes_back_without(self, ledger: Ledger) -> None:
        visit = a_visit(person=SealedPerson("sealed", "", "name of li"))
        bring(ledger, visit)
        assert known(ledger, visit) == visit

    def test_every_move_leaves_a_line_in_the_history(self, ledger: Ledger) -> None:
        held = a_visit(Status.HELD, held_until=at(8))
        bring(ledger, held)
        booked = moved(ledger, held, Move.BOOK, held_until=None)
        moved(ledger, booked, Move.CHECK_IN, ticket="A001")
        lines = ledger.read(lambda page: page.history(held.visit_id))
        assert [(line.version, line.move, line.before, line.after) for line in lines] == [
            (1, Move.HOLD, None, Status.HELD),
            (2, Move.BOOK, Status.HELD, Status.BOOKED),
            (3, Move.CHECK_IN, Status.BOOKED, Status.CHECKED_IN),
        ]
        assert (lines[0].note, lines[0].at, lines[0].actor) == ({"why": "测试"}, held.created_at, "hall")

    def test_of_two_who_saw_the_same_visit_the_second_is_outdated(self, ledger: Ledger) -> None:
        visit = a_visit()
        bring(ledger, visit)
        moved(ledger, visit, Move.CHECK_IN)
        with pytest.raises(Outdated):
            moved(ledger, visit, Move.CANCEL)
        assert known(ledger, visit).status is Status.CHECKED_IN
        assert len(ledger.read(lambda page: page.history(visit.visit_id))) == 2

    def test_a_visit_that_was_never_written_is_outdated(self, ledger: Ledger) -> None:
        with pytest.raises(Outdated):
            moved(ledger, a_visit(), Move.CANCEL)

    def test_work_on_an_outdated_visit_is_run_again(self, ledger: Ledger) -> None:
        visit = a_visit()
        bring(ledger, visit)
        seen = iter([visit])
        moved(ledger, visit, Move.DISPLACE, displaced=True)

        def work(page: Page) -> int:
            before = next(seen, None) or page.visit(visit.visit_id)
            assert before is not None
            after = before.moved(Move.CANCEL)
            page.save(after, event_of(before, after, Move.CANCEL, NINE, "hall"))
            return after.version

        assert ledger.write([office_lock(HALL)], work) == 3
        assert known(ledger, visit).status is Status.CANCELLED

    def test_work_that_fails_leaves_nothing_behind(self, ledger: Ledger) -> None:
        visit = a_visit()
        bring(ledger, visit)

        def work(page: Page) -> None:
            after = visit.moved(Move.CANCEL)
            page.save(after, event_of(visit, after, Move.CANCEL, NINE, "hall"))
            page.keep_key(ME, "key", visit.visit_id, NINE)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            ledger.write([office_lock(HALL)], work)
        assert known(ledger, visit) == visit
        assert ledger.read(lambda page: page.by_key(ME, "key")) is None
        moved(ledger, visit, Move.CANCEL)

    def test_what_work_has_written_it_reads(self, ledger: Ledger) -> None:
        visit = a_visit()

        def work(page: Page) -> list[Load]:
            page.add(visit, event_of(None, visit, Move.HOLD, NINE, "hall"))
            return page.loads(HALL, "cards", DAY, DAY, NINE)

        assert ledger.write([], work) == [Load(NINE, public=15)]

    def test_ids_and_codes_are_given_once(self, ledger: Ledger) -> None:
        visit = a_visit()
        bring(ledger, visit)
        for twin in (a_visit(visit_id=visit.visit_id), a_visit(code=visit.code)):
            with pytest.raises(Exception, match=r"."):
                bring(ledger, twin)
        assert known(ledger, visit) == visit

    def test_a_code_that_is_taken_is_drawn_again(self, ledger: Ledger) -> None:
        visit = a_visit()
        bring(ledger, visit)
        drawn = iter([visit.code, Code("ANOTHER")])

        def work(page: Page) -> Code:
            other = a_visit(code=next(drawn))
            page.add(other, event_of(None, other, Move.HOLD, NINE, "hall"))
            return other.code

        assert ledger.write([], work) == "ANOTHER"

    def test_a_ticket_is_given_once_a_day_and_office(self, ledger: Ledger) -> None:
        bring(ledger, a_visit(ticket="A001"), a_visit(ticket="A001", day=TOMORROW), a_visit(), a_visit())
        bring(ledger, a_visit(ticket="A001", office_id="east-hall"))
        with pytest.raises(Exception, match=r"."):
            bring(ledger, a_visit(ticket="A001"))

    def test_the_highest_ticket_of_a_letter_is_known(self, ledger: Ledger) -> None:
        tickets = ("A009", "A010", "A1000", "AB2000", "B001", "a7777", "")
        bring(ledger, *(a_visit(ticket=ticket) for ticket in tickets), a_visit(ticket="A3000", day=TOMORROW))
        letters = ("A", "AB", "B", "C")
        assert [ledger.read(lambda page, each=each: page.tickets_given(HALL, DAY, each)) for each in letters] == [  # type: ignore[misc]
            1000,
            2000,
            1,
            0,
        ]

    def test_a_counter_calls_one_at_a_time(self, ledger: Ledger) -> None:
        called = a_visit(Status.CALLED, counter="1")
        # After a transfer several may wait for one counter.
        bring(ledger, called, *(a_visit(Status.CHECKED_IN, counter="1") for _ in range(2)))
        bring(ledger, a_visit(Status.CALLED, counter="1", office_id="east-hall"), a_visit(Status.SERVING, counter="2"))
        with pytest.raises(Exception, match=r"."):
            bring(ledger, a_visit(Status.SERVING, counter="1"))
        assert ledger.read(lambda page: page.at_counter(HALL, "1")) == called
        moved(ledger, called, Move.MISS)
        assert ledger.read(lambda page: page.at_counter(HALL, "1")) is None
        bring(ledger, a_visit(Status.SERVING, counter="1"))

    def test_visits_of_a_visitor_come_newest_day_first(self, ledger: Ledger) -> None:
        early, late = a_visit(starts_at=at(9)), a_visit(starts_at=at(11))
        tomorrow = a_visit(starts_at=at(8, day=1))
        bring(ledger, late, tomorrow, early, a_visit(visitor_id=YOU), a_visit(visitor_id=None))
        assert ledger.read(lambda page: page.of_visitor(ME)) == [tomorrow, late, early]
        assert ledger.read(lambda page: page.of_visitor(ME, limit=2)) == [tomorrow, late]

    def test_what_somebody_booked_is_found_by_visitor_and_by_confirmed_phone(self, ledger: Ledger) -> None:
        mine, tomorrow = a_visit(phone_key="p"), a_visit(starts_at=at(8, day=1))
        by_phone = a_visit(visitor_id=YOU, phone_key="p", starts_at=at(10))
        bring(ledger, mine, tomorrow, by_phone, a_visit(visitor_id=YOU), a_visit(visitor_id=None, person=WANG))
        for bookers, theirs in (
            (Bookers(ME), [tomorrow, mine]),
            (Bookers(phone_key="p"), [by_phone, mine]),
            (Bookers(ME, "p"), [tomorrow, by_phone, mine]),
            (Bookers(), []),
        ):
            assert ledger.read(lambda page, of=bookers: page.booked_by(of)) == theirs  # type: ignore[misc]
        assert ledger.read(lambda page: page.booked_by(Bookers(ME), limit=1)) == [tomorrow]

    def test_a_person_is_found_by_any_key(self, ledger: Ledger) -> None:
        with_number = a_visit(person=WANG)
        by_name = a_visit(person=SealedPerson("s", "", WANG.name_key), starts_at=at(10))
        over = a_visit(Status.FINISHED, person=WANG)
        bring(
            ledger, by_name, with_number, over, a_visit(person=SealedPerson("s", "id of li", "name of li")), a_visit()
        )
        booked = {Status.BOOKED}
        assert ledger.read(lambda page: page.of_person(WANG.keys, booked)) == [with_number, by_name]
        assert ledger.read(lambda page: page.of_person([WANG.id_key], booked)) == [with_number]
        assert ledger.read(lambda page: page.of_person([WANG.id_key], {Status.FINISHED})) == [over]
        assert ledger.read(lambda page: page.of_person(["", "nobody"], EVERY)) == []
        assert ledger.read(lambda page: page.of_person(WANG.keys, [])) == []

    def test_visits_of_an_office_come_by_day_and_start(self, ledger: Ledger) -> None:
        ten, nine = a_visit(starts_at=at(10)), a_visit(starts_at=at(9))
        walk_in = a_visit(Status.CHECKED_IN, starts_at=None, created_at=at(9, 30), share=Share.WALK_IN)
        tomorrow = a_visit(starts_at=at(8, day=1), line_id="dogs")
        bring(ledger, tomorrow, ten, walk_in, nine, a_visit(office_id="east-hall"), a_visit(Status.CANCELLED))
        standing = {Status.BOOKED, Status.CHECKED_IN}
        assert ledger.read(lambda page: page.of_office(HALL, DAY, TOMORROW, standing)) == [nine, walk_in, ten, tomorrow]
        assert ledger.read(lambda page: page.of_office(HALL, DAY, DAY, standing)) == [nine, walk_in, ten]
        assert ledger.read(lambda page: page.of_office(HALL, DAY, TOMORROW, standing, "dogs")) == [tomorrow]

    def test_loads_are_minutes_by_start_and_share(self, ledger: Ledger) -> None:
        bring(
            ledger,
            a_visit(minutes=10),
            a_visit(Status.FINISHED, minutes=20),
            a_visit(Status.MISSED, minutes=5, share=Share.INTERNAL),
            a_visit(Status.CANCELLED, minutes=100),
            a_visit(minutes=100, share=Share.WALK_IN),
            a_visit(Status.CHECKED_IN, minutes=100, starts_at=None),
            a_visit(minutes=7, starts_at=at(0, day=1)),
            a_visit(minutes=8, starts_at=at(23, 59, day=1)),
            a_visit(minutes=100, starts_at=at(0, day=2)),
            a_visit(minutes=100, starts_at=at(23, 59, day=-1)),
            a_visit(minutes=100, line_id="dogs"),
            a_visit(minutes=100, office_id="east-hall"),
        )
        assert ledger.read(lambda page: page.loads(HALL, "cards", DAY, TOMORROW, NINE)) == [
            Load(NINE, public=30, internal=5),
            Load(at(0, day=1), public=7),
            Load(at(23, 59, day=1), public=8),
        ]

    def test_a_hold_that_has_run_out_takes_no_place(self, ledger: Ledger) -> None:
        bring(ledger, a_visit(Status.HELD, held_until=at(8, 30)), a_visit(held_until=at(8)))
        bring(ledger, a_visit(Status.HELD, held_until=at(8, 30), starts_at=at(10)))
        before, then = (
            ledger.read(lambda page, now=now: page.loads(HALL, "cards", DAY, DAY, now))  # type: ignore[misc]
            for now in (at(8, 29), at(8, 30))
        )
        assert before == [Load(NINE, public=30), Load(at(10), public=15)]
        assert then == [Load(NINE, public=15)]

    def test_pack_consent_and_question_change_without_a_move(self, ledger: Ledger) -> None:
        visit = a_visit(person=WANG)
        bring(ledger, visit)
        changed = replace(
            visit,
            pack=Pack(items=(PackItem(name="照片", ticked=True),), digest="d2"),
            share_with_clerk=True,
            question="要带照片吗",
        )
        ledger.write([], lambda page: page.keep_pack(replace(changed, status=Status.CANCELLED, ticket="A001")))
        assert known(ledger, visit) == changed
        assert len(ledger.read(lambda page: page.history(visit.visit_id))) == 1

    def test_a_key_belongs_to_its_visitor_and_stands_for_one_booking(self, ledger: Ledger) -> None:
        mine, yours = a_visit(), a_visit(visitor_id=YOU)
        bring(ledger, mine, yours)
        clerk = VisitorId("clerk:" + "王" * 60)
        for visitor, visit in ((ME, mine), (YOU, yours), (clerk, yours)):
            ledger.write([], lambda page, of=visitor, it=visit: page.keep_key(of, "k-1", it.visit_id, NINE))  # type: ignore[misc]
        assert ledger.read(lambda page: page.by_key(ME, "k-1")) == mine
        assert ledger.read(lambda page: page.by_key(YOU, "k-1")) == yours
        assert ledger.read(lambda page: page.by_key(ME, "k-2")) is None
        with pytest.raises(Exception, match=r"."):
            ledger.write([], lambda page: page.keep_key(ME, "k-1", yours.visit_id, NINE))
        assert ledger.read(lambda page: page.by_key(ME, "k-1")) == mine

    def test_under_one_lock_the_last_place_is_taken_once(self, ledger: Ledger) -> None:
        together = threading.Barrier(6)

        def take() -> bool:
            visit = a_visit(person=WANG)

            def work(page: Page) -> bool:
                if page.loads(HALL, "cards", DAY, DAY, NINE):
                    return False
                page.add(visit, event_of(None, visit, Move.HOLD, NINE, "hall"))
                return True

            together.wait()
            return ledger.write([*person_locks(WANG.keys), office_lock(HALL)], work)

        with ThreadPoolExecutor(6) as pool:
            assert sorted(done.result() for done in [pool.submit(take) for _ in range(6)]) == [False] * 5 + [True]

    def test_locks_named_in_any_order_and_twice_block_nobody(self, ledger: Ledger) -> None:
        names = [office_lock(HALL), *person_locks(["一", "二"]), office_lock("east-hall")]
        together = threading.Barrier(4)

        def take(turn: int) -> None:
            together.wait()
            for _ in range(10):
                bring_under = names[turn:] + names[:turn]
                visit = a_visit()
                line = event_of(None, visit, Move.HOLD, NINE, "hall")
                ledger.write([*bring_under, names[turn]], lambda page, it=visit, of=line: page.add(it, of))  # type: ignore[misc]

        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(take, turn) for turn in range(4)]:
                done.result()
        assert ledger.read(lambda page: page.loads(HALL, "cards", DAY, DAY, NINE)) == [Load(NINE, public=600)]
