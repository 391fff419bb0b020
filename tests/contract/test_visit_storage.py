"""What the databases alone promise of visits: a history that nobody rewrites, and notices pushed once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from server.storage.conversation_store import ConversationStore
from server.storage.engine import Database, open_database, pen_of, take_locks, writing
from server.storage.visit_ledger import VisitLedger
from server.storage.visit_schema import has_person, visit_events, visits
from service_hall.conversation.records import ConversationRecords
from service_hall.conversation.reply import TextReply
from service_hall.shared.ids import new_visitor_id
from service_hall.visits.bookers import Bookers
from service_hall.visits.ledger import Outdated, Page, Rating
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import SealedPerson, VisitId, event_of
from tests.contract.conftest import DATABASES, MakeDatabase, OpenAgain, move
from tests.contract.sample_visits import DAY, HALL, ME, NINE, a_visit, bring
from tests.fake_records import FakeRecords


def run(engine: Database, statement: sa.Executable | str) -> Any:
    with writing(engine).begin() as transaction:
        return transaction.execute(sa.text(statement) if isinstance(statement, str) else statement)


class TestTheHistory:
    @pytest.fixture
    def one_line(self, engine: Database) -> None:
        bring(VisitLedger(engine), a_visit())

    @pytest.mark.usefixtures("one_line")
    @pytest.mark.parametrize(
        "statement",
        [
            sa.update(visit_events).values(actor="nobody"),
            sa.delete(visit_events),
            "UPDATE visit_events SET version = version + 1",
            "INSERT INTO visit_events SELECT * FROM visit_events",
        ],
    )
    def test_no_line_is_changed_deleted_or_written_twice(self, engine: Database, statement: Any) -> None:
        with pytest.raises(sa.exc.DBAPIError):
            run(engine, statement)
        with engine.begin() as transaction:
            assert [row.actor for row in transaction.execute(sa.select(visit_events))] == ["hall"]

    @pytest.mark.usefixtures("one_line")
    def test_no_line_is_written_over_or_emptied_out(self, engine: Database) -> None:
        on_sqlite = "INSERT OR REPLACE INTO visit_events SELECT * FROM visit_events"
        with pytest.raises(sa.exc.DBAPIError, match="only ever added to"):
            run(engine, on_sqlite if engine.dialect.name == "sqlite" else "TRUNCATE visit_events")

    @pytest.mark.usefixtures("one_line")
    def test_a_visit_is_not_deleted_from_under_its_history(self, engine: Database) -> None:
        with pytest.raises(sa.exc.IntegrityError):
            run(engine, sa.delete(visits))


class TestWriting:
    def test_work_that_stays_outdated_is_given_up_after_five_times(self, engine: Database) -> None:
        times = []

        def work(page: Page) -> None:
            times.append(page)
            raise Outdated

        with pytest.raises(Outdated):
            VisitLedger(engine).write([], work)
        assert len(times) == 5

    def test_a_fault_of_the_work_itself_is_not_tried_again(self, engine: Database) -> None:
        times = []

        def work(page: Page) -> None:
            times.append(page)
            page.keep_rating(Rating(VisitId("w_none"), 1, "", NINE))

        with pytest.raises(sa.exc.IntegrityError):
            VisitLedger(engine).write([], work)
        assert len(times) == 1

    def test_nodes_that_book_at_once_under_one_key_book_once(self, engine: Database, another_node: OpenAgain) -> None:
        together = threading.Barrier(4)

        def book(ledger: VisitLedger) -> str:
            visit = a_visit()

            def work(page: Page) -> str:
                if known := page.by_key(ME, "key"):
                    return known.visit_id
                page.add(visit, event_of(None, visit, Move.HOLD, NINE, "hall"))
                page.keep_key(ME, "key", visit.visit_id, NINE)
                return visit.visit_id

            together.wait()
            return ledger.write([], work)  # without a lock: the key alone holds

        with ThreadPoolExecutor(4) as pool:
            booked = [pool.submit(book, VisitLedger(another_node())) for _ in range(4)]
            assert len({done.result() for done in booked}) == 1
        assert len(VisitLedger(engine).read(lambda page: page.of_visitor(ME))) == 1

    def test_nodes_that_give_tickets_at_once_give_each_another(self, engine: Database, another_node: OpenAgain) -> None:
        together = threading.Barrier(3)

        def take(ledger: VisitLedger) -> None:
            together.wait()
            for _ in range(5):

                def work(page: Page) -> None:
                    ticket = f"A{page.tickets_given(HALL, DAY, 'A') + 1:03}"
                    visit = a_visit(ticket=ticket)
                    page.add(visit, event_of(None, visit, Move.HOLD, NINE, "hall"))

                ledger.write(["office town-hall"], work)

        with ThreadPoolExecutor(3) as pool:
            for done in [pool.submit(take, VisitLedger(another_node())) for _ in range(3)]:
                done.result()
        assert VisitLedger(engine).read(lambda page: page.tickets_given(HALL, DAY, "A")) == 15

    def test_no_locks_are_no_statement_and_a_lock_ends_with_its_transaction(self, engine: Database) -> None:
        for _ in range(2):
            with writing(engine).begin() as transaction:
                take_locks(transaction, [])
                take_locks(transaction, ["一", "二", "一"])
                if engine.dialect.name == "postgresql":
                    held = sa.text(
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
                    )
                    assert transaction.execute(held).scalar_one() == 2


class TestSqlite:
    @pytest.fixture
    def database_url(self, make_database: MakeDatabase) -> str:
        return make_database("sqlite")

    def synchronous(self, engine: sa.Engine) -> int:
        with engine.begin() as transaction:
            return int(transaction.exec_driver_sql("PRAGMA synchronous").scalar_one())

    def test_a_visit_waits_for_the_disk_and_a_turn_does_not(self, engine: Database) -> None:
        normal, full = 1, 2
        for _ in range(2):
            assert self.synchronous(writing(engine)) == normal
            assert self.synchronous(writing(engine, durable=True)) == full

    def test_all_stores_of_an_engine_share_one_pen(self, engine: Database, another_node: OpenAgain) -> None:
        assert pen_of(writing(engine, durable=True)) is pen_of(engine)
        assert pen_of(another_node()) is not pen_of(engine)

    @pytest.mark.parametrize(
        ("where", "index"),
        [
            ("office_id = 'a' AND day = '2026-06-01' AND ticket <> ''", "uq_visits_ticket"),
            ("office_id = 'a' AND counter = '1' AND status IN ('called', 'serving')", "uq_visits_counter"),
            ("status = 'booked' AND guide_id = 'a' AND day >= '2026-06-01'", "ix_visits_booked"),
            (f"{has_person} AND ended_at < '2026-06-01'", "ix_visits_to_forget"),
            ("visitor_id = 'a' OR phone_key = 'b'", "MULTI-INDEX OR"),
            ("office_id = 'a' AND line_id = 'b' AND starts_at > '2026-06-01'", "ix_visits_loads"),
            ("id_key IN ('a') OR name_key IN ('b')", "MULTI-INDEX OR"),
        ],
    )
    def test_what_is_asked_often_has_an_index(self, engine: Database, where: str, index: str) -> None:
        plan = run(engine, f"EXPLAIN QUERY PLAN SELECT * FROM visits WHERE {where}").all()
        assert index in " ".join(row.detail for row in plan)

    @pytest.mark.parametrize(
        ("table", "where", "index"),
        [
            ("takings", "visitor_id = 'a' AND at >= '2026-06-01'", "ix_takings_visitor_id_at"),
            ("takings", "address_key = 'a' AND at >= '2026-06-01'", "ix_takings_address_key_at"),
            ("phone_codes", "asked_for = 'a'", "ix_phone_codes_asked_for"),
        ],
    )
    def test_so_has_what_every_booking_waits_for(self, engine: Database, table: str, where: str, index: str) -> None:
        plan = run(engine, f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE {where}").all()
        assert index in " ".join(row.detail for row in plan)


class TestPushingOnce:
    @pytest.fixture(params=["fake", *DATABASES])
    def records(self, request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[ConversationRecords]:
        if request.param == "fake":
            yield FakeRecords()
            return
        engine = open_database(make_database(request.param))
        yield ConversationStore(engine)
        engine.dispose()

    def test_a_notice_pushed_again_keeps_the_first_number(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        first = records.push(visitor, TextReply(text="请到1号窗口。"), NINE, once="n_1")
        between = records.push(visitor, TextReply(text="请到2号窗口。"), NINE, once="n_2")
        assert records.push(visitor, TextReply(text="请到1号窗口。"), NINE, once="n_1") == first
        assert [each.number for each in records.pushed_after(visitor, 0)] == [first, between]

    def test_what_is_no_notice_is_pushed_every_time(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        assert len({records.push(visitor, TextReply(text="您好。"), NINE) for _ in range(3)}) == 3

    def test_nodes_that_push_one_notice_at_once_push_it_once(
        self, database_url: str, another_node: OpenAgain, engine: Database
    ) -> None:
        visitor, together = new_visitor_id(), threading.Barrier(4)

        def push(records: ConversationStore) -> int:
            together.wait()
            return records.push(visitor, TextReply(text="请到1号窗口。"), NINE, once="n_1")

        with ThreadPoolExecutor(4) as pool:
            pushed = [pool.submit(push, ConversationStore(another_node())) for _ in range(4)]
            assert len({done.result() for done in pushed}) == 1
        assert len(ConversationStore(engine).pushed_after(visitor, 0)) == 1


class TestTheMigration:
    def test_no_shows_of_before_count_for_whoever_booked_and_leave_no_hash_of_the_person(
        self, engine: Database
    ) -> None:
        ledger = VisitLedger(engine)
        missed = a_visit(Status.MISSED, person=SealedPerson("", "id", "name"), no_show=True, ended_at=NINE)
        bring(ledger, missed)
        for way, to in ((command.downgrade, "0003"), (command.upgrade, "head")):
            move(engine, way, to)
        assert ledger.read(lambda page: page.no_shows(Bookers(ME), DAY)) == [missed]
        assert ledger.read(lambda page: page.to_forget(NINE + timedelta(days=1))) == [missed]
        ledger.write([], lambda page: page.forget(missed.visit_id, keep_phone=False))
        assert ledger.read(lambda page: page.to_forget(NINE + timedelta(days=1))) == []

    def test_what_was_pushed_before_is_still_there_and_the_way_back_is_open(self, engine: Database) -> None:
        visitor = new_visitor_id()
        number = ConversationStore(engine).push(visitor, TextReply(text="您好。"), NINE)
        for way, to in ((command.downgrade, "0001"), (command.upgrade, "head")):
            move(engine, way, to)
        [kept] = ConversationStore(engine).pushed_after(visitor, 0)
        assert (kept.number, kept.reply) == (number, TextReply(text="您好。"))
