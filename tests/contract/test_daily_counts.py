"""The figures day by day on both databases: what a day comes to, and when it is counted again."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from alembic import command

from server.storage.archive_store import ArchiveStore
from server.storage.conversation_store import ConversationStore
from server.storage.daily_counts import DailyCountStore
from server.storage.engine import Database, writing
from server.storage.figures_schema import monthly_counts
from server.storage.schema import turns
from server.storage.visit_ledger import VisitLedger
from server.storage.visit_schema import visit_events
from service_hall.conversation.context import Context
from service_hall.conversation.message import Door
from service_hall.conversation.noting import Flag, Note, NoteId
from service_hall.conversation.reply import Outcome
from service_hall.figures.counts import Asked, is_due
from service_hall.figures.kinds import Figure
from service_hall.figures.summary import DayOfFigures, summarise
from service_hall.shared.ids import VisitorId, new_answer_id
from service_hall.staff.audit import Entry
from service_hall.visits.ledger import Rating
from service_hall.visits.notices import Notice, NoticeId, NoticeKind
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import VisitId
from tests.contract.conftest import move
from tests.contract.sample_visits import DAY, HALL, a_visit, at, bring
from tests.contract.test_conversation_records import NINE, an_answer, turn

FIRST = NINE.date()
LATER = NINE + timedelta(hours=6)
EAST = "880101"
REGIONS = {HALL: EAST}


@pytest.fixture
def counts(engine: Database) -> DailyCountStore:
    return DailyCountStore(engine)


def of_day(counts: DailyCountStore, day: date = FIRST, **asked: object) -> DayOfFigures:
    return summarise(counts, Asked(day, day, **asked)).whole  # type: ignore[arg-type]


def say(
    engine: Database, visitor: str, outcome: Outcome = Outcome.ANSWERED, region: str = "", **changed: object
) -> None:
    said = replace(turn(VisitorId(visitor)), outcome=outcome, **changed)  # type: ignore[arg-type]
    ConversationStore(engine).record(said, Context(region=region or None))


class TestConversations:
    def test_are_counted_by_channel_region_and_how_they_were_answered(
        self, engine: Database, counts: DailyCountStore
    ) -> None:
        for outcome in (Outcome.ANSWERED, Outcome.ASKING, Outcome.CLARIFY, Outcome.REFUSED):
            say(engine, "v_1", outcome)
        say(engine, "v_2", Outcome.HANDED_OVER, EAST, door=Door.WECHAT, reason="calls_staff")
        say(engine, "v_2", Outcome.NOT_FOUND, EAST)
        say(engine, "v_3", Outcome.DEGRADED, received_at=NINE - timedelta(days=1))
        assert counts.count_due(LATER, REGIONS) == 2
        day = of_day(counts)
        assert (day.conversations, day.messages) == (3, 6)
        assert day.groups == {"answered": 2, "unsure": 1, "not_found": 1, "handed_over": 1, "degraded": 0}
        assert of_day(counts, channel="wechat").messages == 1
        assert of_day(counts, regions=(EAST,)).messages == 2
        assert of_day(counts, regions=("",)).messages == 4
        both = summarise(counts, Asked(FIRST - timedelta(days=1), FIRST))
        assert [each.messages for each in both.days] == [1, 6] and both.whole.messages == 7
        reasons = counts.in_all(Asked(FIRST, FIRST), Figure.REASON)
        assert ("handed_over/calls_staff", 1) in [(each.thing, each.count) for each in reasons]

    def test_what_is_said_in_a_test_chat_is_not_counted(self, engine: Database, counts: DailyCountStore) -> None:
        for visitor in ("v_1", "v_1", "v_2"):
            say(engine, visitor)
        tried = ConversationStore(engine).turns_of(VisitorId("v_1"))[0].message_id
        entry = Entry("anna", "conversation.note", "conversation", tried, NINE)
        ArchiveStore(engine).add_note(Note(NoteId("n_1"), tried, Flag.TEST, "", "anna", NINE), entry)
        counts.count_due(LATER, REGIONS)
        assert (of_day(counts).conversations, of_day(counts).messages) == (1, 1)

    def test_a_day_begins_and_ends_at_midnight_here(self, engine: Database, counts: DailyCountStore) -> None:
        midnight = NINE.replace(hour=0, minute=0, second=0, microsecond=0)
        say(engine, "v_1", received_at=midnight)
        say(engine, "v_2", received_at=midnight - timedelta(microseconds=1))
        counts.count_due(LATER, REGIONS)
        assert (of_day(counts).messages, of_day(counts, FIRST - timedelta(days=1)).messages) == (1, 1)

    def test_items_and_what_was_said_of_their_answers(self, engine: Database, counts: DailyCountStore) -> None:
        store, ids = ConversationStore(engine), [new_answer_id() for _ in range(4)]
        for answer_id in ids:
            say(engine, "v_1", replies=(an_answer(answer_id),))
        for answer_id, useful in zip(ids, (True, True, False), strict=False):
            store.judge(VisitorId("v_1"), answer_id, useful, "", LATER)
        counts.count_due(LATER, REGIONS)
        assert [(each.thing, each.count) for each in counts.in_all(Asked(FIRST, FIRST), Figure.ITEM)] == [
            ("library-card-lost", 4)
        ]
        assert of_day(counts).satisfaction == pytest.approx(2 / 3)


class TestVisits:
    def test_are_counted_by_the_region_of_their_office(self, engine: Database, counts: DailyCountStore) -> None:
        ledger = VisitLedger(engine)
        served = a_visit(Status.FINISHED, waits_since=at(8, 50), serving_at=at(9, 10))
        absent = a_visit(Status.MISSED, no_show=True)
        gone = a_visit(Status.CANCELLED)
        bring(ledger, served, absent, gone)
        for each, step, moment in (
            (served, Move.BOOK, at(7)), (served, Move.CALL, at(9)), (served, Move.FINISH, at(9, 25)),
            (absent, Move.BOOK, at(7)), (gone, Move.CANCEL, at(8)),
        ):  # fmt: skip
            note(engine, each.visit_id, step, moment)
        ledger.write([], lambda page: page.keep_rating(Rating(served.visit_id, 4, "", at(9, 30))))
        notice = Notice(NoticeId("n_1"), absent.visit_id, None, NoticeKind.DAY_BEFORE, at(8), {})
        ledger.write([], lambda page: page.post([notice]))
        counts.count_due(at(12), REGIONS)
        day = of_day(counts, DAY, regions=(EAST,))
        assert (day.booked, day.cancelled, day.expected, day.no_shows) == (2, 1, 2, 1)
        assert (day.waiting_minutes, day.serving_minutes, day.rating) == (10, 15, 4)
        assert (day.notices, day.undelivered) == (1, 1)
        assert of_day(counts, DAY, regions=("880102",)).booked == 0
        assert of_day(counts, DAY, channel="web").booked == 2, "a visit has no channel"


class TestCountingAgain:
    def test_changes_nothing_that_did_not_change(self, engine: Database, counts: DailyCountStore) -> None:
        say(engine, "v_1")
        assert counts.count_due(LATER, REGIONS) == 1
        before = of_day(counts)
        assert counts.count_due(LATER, REGIONS) == 0
        assert counts.count_due(LATER + timedelta(minutes=1), REGIONS) == 1
        assert of_day(counts) == before
        say(engine, "v_2")
        counts.count_due(LATER + timedelta(minutes=2), REGIONS)
        assert of_day(counts).conversations == 2
        assert counts.counted_at() == LATER + timedelta(minutes=2)

    def test_a_settled_day_keeps_its_figures_when_conversations_are_deleted(
        self, engine: Database, counts: DailyCountStore
    ) -> None:
        say(engine, "v_1")
        counts.count_due(LATER, REGIONS)
        counts.count_due(LATER + timedelta(days=8), REGIONS)
        with writing(engine).begin() as transaction:
            transaction.execute(sa.text("DELETE FROM utterances"))
            transaction.execute(sa.delete(turns).where(turns.c.visitor_id == "v_1"))
        counts.count_due(LATER + timedelta(days=9), REGIONS)
        assert of_day(counts).messages == 1

    def test_goes_on_with_the_rest_the_next_time(self, engine: Database, counts: DailyCountStore) -> None:
        say(engine, "v_1", received_at=NINE - timedelta(days=9))
        assert [counts.count_due(LATER, REGIONS, most_days=4) for _ in range(4)] == [4, 4, 2, 0]

    def test_nothing_ever_happened(self, counts: DailyCountStore) -> None:
        assert counts.counted_at() is None
        assert counts.count_due(LATER, REGIONS) == 1
        assert of_day(counts).messages == 0 and of_day(counts).satisfaction is None


class TestMonths:
    """What a year is added up from is what its days come to."""

    def items(self, counts: DailyCountStore, first: date, last: date, **asked: object) -> dict[str, int]:
        found = counts.in_all(Asked(first, last, **asked), Figure.ITEM)  # type: ignore[arg-type]
        assert [each.count for each in found] == sorted((each.count for each in found), reverse=True)
        return {each.thing: each.count for each in found}

    def test_are_the_sum_of_what_was_said_whatever_is_asked_for(
        self, engine: Database, counts: DailyCountStore
    ) -> None:
        drawn, said = random.Random(3), []
        for number in range(60):
            day = FIRST - timedelta(days=drawn.randrange(100))
            item, door, region = drawn.choice("abc"), drawn.choice([*Door]), drawn.choice(["", EAST])
            reply = an_answer(new_answer_id()).model_copy(update={"guide_id": item})
            at_nine = NINE - (FIRST - day)
            say(engine, f"v_{number}", region=region, replies=(reply,), received_at=at_nine, door=door)
            said.append((day, item, door.value, region))
        while counts.count_due(LATER, REGIONS):
            pass
        ends = [FIRST - timedelta(days=each) for each in (0, 1, 20, 30, 31, 45, 62, 99)]
        ends += [each.replace(day=1) for each in ends]
        for first, last in itertools.product(ends, ends):
            for channel, regions in itertools.product(("", "web"), ((), (EAST,), ("", EAST))):
                raw = Counter(
                    item
                    for day, item, door, region in said
                    if first <= day <= last and channel in ("", door) and (not regions or region in regions)
                )
                assert self.items(counts, first, last, channel=channel, regions=regions) == raw, (first, last)

    def test_follow_a_day_that_is_counted_again(self, engine: Database, counts: DailyCountStore) -> None:
        month = FIRST.replace(day=1), (FIRST.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        say(engine, "v_1", replies=(an_answer(new_answer_id()),))
        counts.count_due(LATER, REGIONS)
        assert self.items(counts, *month) == {"library-card-lost": 1}
        other = an_answer(new_answer_id()).model_copy(update={"guide_id": "dog-register"})
        say(engine, "v_2", replies=(an_answer(new_answer_id()), other))
        ConversationStore(engine).forget_conversation(VisitorId("v_1"))
        counts.count_due(LATER + timedelta(minutes=1), REGIONS)
        assert self.items(counts, *month) == {"dog-register": 1, "library-card-lost": 1}
        ConversationStore(engine).forget_conversation(VisitorId("v_2"))
        counts.count_due(LATER + timedelta(minutes=2), REGIONS)
        assert self.items(counts, *month) == {}

    def test_are_added_up_by_the_migration_for_the_days_that_there_are(
        self, engine: Database, counts: DailyCountStore
    ) -> None:
        for days in (0, 1, 40, 90):
            say(engine, f"v_{days}", replies=(an_answer(new_answer_id()),), received_at=NINE - timedelta(days=days))
        while counts.count_due(LATER, REGIONS):
            pass
        with engine.begin() as transaction:
            before = transaction.execute(sa.select(monthly_counts)).all()
        for way, to in ((command.downgrade, "0029"), (command.upgrade, "head")):
            move(engine, way, to)
        with engine.begin() as transaction:
            assert sorted(transaction.execute(sa.select(monthly_counts)).all()) == sorted(before) and before


def test_a_day_is_counted_each_minute_then_each_hour_then_once_more() -> None:
    day, noon = FIRST, NINE.replace(hour=12)
    assert is_due(day, None, noon)
    assert not is_due(day, noon, noon + timedelta(seconds=40))
    assert is_due(day, noon, noon + timedelta(seconds=50))
    week = noon + timedelta(days=5)
    assert not is_due(day, week, week + timedelta(minutes=59)) and is_due(day, week, week + timedelta(hours=1))
    assert is_due(day, week, week + timedelta(days=30))
    settled = noon + timedelta(days=9)
    assert not is_due(day, settled, settled + timedelta(days=300))


def test_the_migration_says_where_earlier_turns_were_said(engine: Database) -> None:
    say(engine, "v_1", door=Door.WECHAT)
    say(engine, "v_2")
    for way, to in ((command.downgrade, "0023"), (command.upgrade, "head")):
        move(engine, way, to)
    with engine.begin() as transaction:
        doors = dict(transaction.execute(sa.select(turns.c.visitor_id, turns.c.door)).all())
    assert doors == {"v_1": "wechat", "v_2": "web"}


def note(engine: Database, visit_id: VisitId, step: Move, moment: object) -> None:
    with writing(engine).begin() as transaction:
        latest = sa.select(sa.func.max(visit_events.c.version)).where(visit_events.c.visit_id == visit_id)
        version = (transaction.execute(latest).scalar() or 0) + 1
        transaction.execute(
            sa.insert(visit_events).values(
                visit_id=visit_id, version=version, at=moment, move=step.value, after="", actor="test", note={}
            )
        )
