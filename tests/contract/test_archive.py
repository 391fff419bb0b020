"""What staff find among recorded turns, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from knowledge_base.aspects import Aspect
from server.storage.archive_store import ArchiveStore
from server.storage.audit_store import AuditStore
from server.storage.conversation_store import ConversationStore
from server.storage.engine import Database, open_database
from service_hall.conversation.archive import Found, WantedTurns
from service_hall.conversation.context import Context
from service_hall.conversation.message import Door
from service_hall.conversation.noting import Flag, Note, NoteId
from service_hall.conversation.records import RecordedTurn
from service_hall.conversation.reply import AnswerReply, Outcome, Reply, TextReply
from service_hall.shared.ids import AnswerId, MessageId, VisitorId
from service_hall.staff.audit import Entry, Wanted
from tests.contract.sample_visits import NINE

FAR, EAST = "880100", "880101"


@pytest.fixture
def engine(database_url: str) -> Iterator[Database]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def spoke(
    engine: Database,
    number: int,
    said: str,
    *,
    outcome: Outcome = Outcome.ANSWERED,
    visitor: str = "v_1",
    region: str | None = None,
    door: Door = Door.WEB,
    minutes: int | None = None,
    reply: Reply | None = None,
) -> None:
    at = NINE + timedelta(minutes=number if minutes is None else minutes)
    turn = RecordedTurn(
        MessageId(f"m_{number}"),
        VisitorId(visitor),
        at,
        said,
        outcome,
        (reply or TextReply(text="好的"),),
        5,
        "rule",
        door,
    )
    ConversationStore(engine).record(turn, Context(region=region))


def note(number: int, turn: int, flag: Flag) -> tuple[Note, Entry]:
    message_id = MessageId(f"m_{turn}")
    entry = Entry("anna", "conversation.note", "conversation", message_id, NINE)
    return Note(NoteId(f"n_{number}"), message_id, flag, "看看", "anna", NINE + timedelta(minutes=number)), entry


def ids(found: Found) -> list[str]:
    return [turn.message_id for turn in found.turns]


def test_turns_are_found_by_day_channel_region_outcome_and_words(engine: Database) -> None:
    spoke(engine, 1, "护照怎么办 A卡")
    spoke(engine, 2, "100%_报销", outcome=Outcome.NOT_FOUND, region=EAST)
    spoke(engine, 3, "身份证丢了", door=Door.WECHAT, region=FAR)
    store = ArchiveStore(engine)
    assert ids(store.search(WantedTurns())) == ["m_3", "m_2", "m_1"]
    for wanted, found in (
        (WantedTurns(since=NINE + timedelta(minutes=2)), ["m_3", "m_2"]),
        (WantedTurns(until=NINE + timedelta(minutes=2)), ["m_1"]),
        (WantedTurns(door=Door.WECHAT), ["m_3"]),
        (WantedTurns(regions=(EAST, "")), ["m_2", "m_1"]),
        (WantedTurns(outcome=Outcome.NOT_FOUND), ["m_2"]),
        (WantedTurns(outcome=Outcome.NOT_FOUND, door=Door.WECHAT), []),
        (WantedTurns(words=("怎么", "a卡")), ["m_1"]),
        (WantedTurns(words=("%_",)), ["m_2"]),
        (WantedTurns(words=("好的",)), []),
    ):
        assert ids(store.search(wanted)) == found, wanted


def test_pages_follow_each_other_without_gap_or_repeat_though_many_came_at_once(engine: Database) -> None:
    for number in range(7):
        spoke(engine, number, "护照", minutes=0 if number < 5 else number)
    store = ArchiveStore(engine)
    for wanted in (WantedTurns(), WantedTurns(words=("护照",))):
        seen, place = [], None
        for most in (2, 2, 2, 2):
            page = store.search(wanted, place, most)
            seen += ids(page)
            place = page.goes_on
        assert seen == ["m_6", "m_5", "m_4", "m_3", "m_2", "m_1", "m_0"] and place is None


def test_a_search_for_rare_words_stops_and_says_from_where_to_go_on(engine: Database) -> None:
    for number in range(7):
        spoke(engine, number, "渔船" if number == 1 else "护照")
    store = ArchiveStore(engine, most_looked_at=3)
    wanted = WantedTurns(words=("渔船",))
    first = store.search(wanted)
    assert ids(first) == [] and first.goes_on and first.goes_on.message_id == "m_4"
    second = store.search(wanted, first.goes_on)
    assert ids(second) == ["m_1"] and second.goes_on
    assert store.search(wanted, second.goes_on) == Found((), None)


def test_a_turn_stands_among_its_visitors_others_with_what_was_thought_of_it(engine: Database) -> None:
    answered = AnswerReply(
        text="带身份证。",
        lead=1,
        details_end=1,
        answer_id=AnswerId("a_1"),
        guide_id="g",
        guide_name="甲",
        aspect=Aspect.FEE,
        region=FAR,
        sources=(),
    )
    for number in range(6):
        spoke(
            engine,
            number,
            f"第{number}句",
            region=EAST if number == 3 else None,
            reply=answered if number == 2 else None,
        )
    spoke(engine, 9, "别人", visitor="v_2")
    ConversationStore(engine).judge(VisitorId("v_1"), AnswerId("a_1"), False, "答非所问", NINE)
    store = ArchiveStore(engine)
    around = store.around(MessageId("m_2"), each_way=2)
    assert [turn.said for turn in around] == ["第0句", "第1句", "第2句", "第3句", "第4句"]
    turn = around[2]
    assert (turn.reason, turn.useful, turn.comment, turn.replies[0].text) == ("rule", False, "答非所问", "带身份证。")
    assert around[1].useful is None
    assert [turn.message_id for turn in store.around(MessageId("m_2"), ("",), 2)] == ["m_0", "m_1", "m_2", "m_4", "m_5"]
    assert store.around(MessageId("m_3"), ("",)) == store.around(MessageId("nobody")) == []


def test_notes_stand_with_their_turn_are_found_by_flag_and_go_with_it(engine: Database) -> None:
    for number in range(3):
        spoke(engine, number, "护照")
    store, audit = ArchiveStore(engine), AuditStore(engine)
    (first, entry), (second, _) = note(1, 1, Flag.WRONG), note(2, 1, Flag.NONE)
    assert store.add_note(second, entry) and store.add_note(first, entry)
    assert not store.add_note(*note(3, 9, Flag.WRONG))
    [found] = store.search(WantedTurns(flag=Flag.WRONG)).turns
    assert found.notes == (first, second) and found.message_id == "m_1"
    assert store.drop_note(second.note_id, entry) and not store.drop_note(second.note_id, entry)
    assert len(audit.lines(Wanted(kind="conversation"))) == 3
    ConversationStore(engine).forget_conversation(VisitorId("v_1"))
    assert store.search(WantedTurns(flag=Flag.WRONG)) == Found((), None)
    assert not store.drop_note(first.note_id, entry)


def test_whatever_a_tester_said_stands_apart(engine: Database) -> None:
    spoke(engine, 1, "护照")
    spoke(engine, 2, "试一下", visitor="v_2")
    spoke(engine, 3, "再试", visitor="v_2")
    store = ArchiveStore(engine)
    assert store.add_note(*note(1, 2, Flag.TEST))
    assert ids(store.search(WantedTurns())) == ["m_1"]
    assert ids(store.search(WantedTurns(flag=Flag.TEST))) == ["m_3", "m_2"]
