"""One suite for every implementation of `service_hall.conversation.records`."""

from __future__ import annotations

import contextlib
import dataclasses
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from knowledge_base.model import Aspect
from server.storage.conversation_store import ConversationStore
from server.storage.engine import open_database
from service_hall.conversation.context import Context
from service_hall.conversation.message import Door
from service_hall.conversation.records import AlreadyRecorded, ConversationRecords, RecordedTurn
from service_hall.conversation.reply import (
    AnswerReply,
    Choice,
    ChoicesReply,
    CitedSource,
    HandoverReply,
    NoticeReply,
    Outcome,
    Reply,
    TextReply,
    ask_payload,
)
from service_hall.conversation.utterances import Speaker, Utterance
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import AnswerId, VisitorId, new_answer_id, new_message_id, new_visitor_id
from tests.contract.conftest import DATABASES, MakeDatabase
from tests.fake_records import FakeRecords

NINE = datetime(2026, 6, 1, 9, 0, 0, 123456, tzinfo=SHANGHAI)


def turn(
    visitor_id: VisitorId, minutes: int = 0, said: str = "借书证丢了", replies: tuple[Reply, ...] | None = None
) -> RecordedTurn:
    return RecordedTurn(
        message_id=new_message_id(),
        visitor_id=visitor_id,
        received_at=NINE + timedelta(minutes=minutes),
        said=said,
        outcome=Outcome.ANSWERED,
        replies=(TextReply(text="好的。"),) if replies is None else replies,
        took_ms=12,
        reason="clear_hit",
    )


def an_answer(answer_id: AnswerId) -> AnswerReply:
    return AnswerReply(
        text="工本费 15 元。",
        answer_id=answer_id,
        guide_id="library-card-lost",
        guide_name="借书证丢失补办",
        aspect=Aspect.FEE,
        region="880100",
        sources=(CitedSource(title="借书证收费标准", article="第一条", url="", checked_on="2026-01-01"),),
        suggestions=(Choice(label="要带什么", payload=ask_payload(Aspect.MATERIALS, "library-card-lost")),),
    )


@pytest.fixture(params=["fake", *DATABASES])
def records(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[ConversationRecords]:
    if request.param == "fake":
        yield FakeRecords()
        return
    engine = open_database(make_database(request.param))
    yield ConversationStore(engine)
    engine.dispose()


class TestConversationRecords:
    def test_a_newcomer_has_an_empty_context(self, records: ConversationRecords) -> None:
        assert records.context_of(new_visitor_id()) == Context()

    def test_the_context_of_the_last_turn_carries_over_whole(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        context = Context(
            guide_id="library-card-lost",
            aspect=Aspect.FEE,
            region="880101",
            question="借书证丢了要多少钱 📚",
            options=(Choice(label="补办借书证", payload=ask_payload(Aspect.FEE, "library-card-lost")),),
            missed=1,
            suggested=(Choice(label="要带什么", payload=ask_payload(Aspect.MATERIALS, "library-card-lost")),),
        )
        records.record(turn(visitor), Context(guide_id="dog-register"))
        records.record(turn(visitor, minutes=1), context)
        assert records.context_of(visitor) == context

    def test_what_a_context_no_longer_holds_is_forgotten(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        records.record(turn(visitor), Context(guide_id="dog-register", region="880101"))
        records.record(turn(visitor, minutes=1), Context())
        assert records.context_of(visitor) == Context()

    def test_each_visitor_has_a_context_and_turns_of_their_own(self, records: ConversationRecords) -> None:
        one, other = new_visitor_id(), new_visitor_id()
        records.record(turn(one, said="狗证"), Context(guide_id="dog-register"))
        records.record(turn(other, said="夜市"), Context(guide_id="night-stall"))
        assert records.context_of(one).guide_id == "dog-register"
        assert [each.said for each in records.turns_of(one)] == ["狗证"]
        assert [each.said for each in records.turns_of(other)] == ["夜市"]

    def test_a_turn_comes_back_as_it_was_recorded(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        recorded = turn(
            visitor,
            said="身份证 〔身份证号〕 丢了；'); DROP TABLE turns;-- <b>急</b> 😀\n𠮷",
            replies=(
                an_answer(new_answer_id()),
                ChoicesReply(text="是哪一件？", options=(Choice(label="狗证", payload="/x"),)),
                HandoverReply(text="请打 12345。", status="closed"),
                NoticeReply(text="系统今晚维护。", kind="maintenance"),
            ),
        )
        records.record(recorded, Context())
        assert records.turns_of(visitor) == [recorded]

    def test_a_turn_without_replies_is_kept_too(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        recorded = turn(visitor, replies=())
        records.record(recorded, Context())
        assert records.turns_of(visitor) == [recorded]

    def test_times_come_back_in_shanghai_from_whatever_zone(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        recorded = dataclasses.replace(turn(visitor), received_at=datetime(2026, 6, 1, 1, 0, tzinfo=UTC))
        records.record(recorded, Context())
        [kept] = records.turns_of(visitor)
        assert kept.received_at == recorded.received_at
        assert kept.received_at.utcoffset() is not None

    def test_turns_come_oldest_first_and_the_limit_keeps_the_last(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        for minutes in (3, 1, 2, 0):
            records.record(turn(visitor, minutes, said=f"第{minutes}句"), Context())
        assert [each.said for each in records.turns_of(visitor)] == ["第0句", "第1句", "第2句", "第3句"]
        assert [each.said for each in records.turns_of(visitor, limit=2)] == ["第2句", "第3句"]

    def test_the_conversation_is_one_order_of_who_spoke(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        first = turn(visitor, said="借书证丢了", replies=(TextReply(text="一。"), TextReply(text="二。")))
        later = turn(visitor, minutes=2, said="多少钱")
        records.record(first, Context())
        # Told between the two, written after them: the order is that of the moments.
        records.record(later, Context())
        told = records.push(visitor, TextReply(text="请到1号窗口。"), NINE + timedelta(minutes=1))
        staffed = records.push(
            visitor, TextReply(text="您好，我是小李。"), NINE + timedelta(minutes=3), who=Speaker.STAFF
        )
        records.record(turn(new_visitor_id(), said="与您无关"), Context())
        spoken = records.conversation_of(visitor)
        assert [(each.who.value, each.said or (each.reply and each.reply.text)) for each in spoken] == [
            ("citizen", "借书证丢了"),
            ("assistant", "一。"),
            ("assistant", "二。"),
            ("notice", "请到1号窗口。"),
            ("citizen", "多少钱"),
            ("assistant", "好的。"),
            ("staff", "您好，我是小李。"),
        ]
        assert [each.message_id for each in spoken] == [*[first.message_id] * 3, None, *[later.message_id] * 2, None]
        assert [spoken[3].number, spoken[6].number] == [told, staffed]
        assert {each.door for each in spoken} == {Door.WEB}
        assert all(each.at.utcoffset() for each in spoken)

    def test_the_conversation_is_read_backwards_page_by_page(self, records: ConversationRecords) -> None:
        visitor, other = new_visitor_id(), new_visitor_id()
        for minutes in range(3):
            records.record(turn(visitor, minutes, said=f"第{minutes}句"), Context())
        records.record(turn(other), Context())
        whole = records.conversation_of(visitor)
        pages: list[Utterance] = []
        before: int | None = None
        while page := records.conversation_of(visitor, before, limit=2):
            pages, before = [*page, *pages], page[0].number
        assert pages == whole and len(whole) == 6
        [foreign, _] = records.conversation_of(other)
        assert records.conversation_of(visitor, before=foreign.number) == []
        assert records.conversation_of(visitor, before=10**17) == []

    def test_what_a_colleague_says_goes_into_the_stream_and_what_the_assistant_says_does_not(
        self, records: ConversationRecords
    ) -> None:
        visitor = new_visitor_id()
        number = records.push(visitor, TextReply(text="您好。"), NINE, who=Speaker.STAFF)
        records.record(turn(visitor), Context())
        assert [each.number for each in records.pushed_after(visitor, 0)] == [number] == [records.last_push(visitor)]
        assert [each.is_pushed for each in records.news_after(0)] == [True, False, False]
        assert records.newest() == number + 2

    def test_a_turn_that_cannot_be_kept_leaves_nothing_behind(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        given = new_answer_id()
        records.record(turn(visitor, replies=(an_answer(given),)), Context(guide_id="dog-register"))
        # Its answer's id is taken: the last thing that is written fails.
        with contextlib.suppress(Exception):
            records.record(turn(visitor, minutes=1, replies=(an_answer(given),)), Context(guide_id="night-stall"))
        assert records.context_of(visitor).guide_id == "dog-register"
        assert len(records.turns_of(visitor)) == 1

    def test_a_message_is_answered_once(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        first = turn(visitor, said="借书证丢了")
        records.record(first, Context(guide_id="dog-register"))
        with pytest.raises(AlreadyRecorded):
            records.record(dataclasses.replace(first, said="又来了", took_ms=99), Context(guide_id="night-stall"))
        assert records.turns_of(visitor) == [first] == [records.turn(first.message_id)]
        assert records.context_of(visitor).guide_id == "dog-register"
        assert len(records.conversation_of(visitor)) == 2

    def test_a_conversation_can_be_forgotten_and_no_other_is(self, records: ConversationRecords) -> None:
        visitor, other, given = new_visitor_id(), new_visitor_id(), new_answer_id()
        records.record(turn(other), Context(guide_id="night-stall"))
        records.record(turn(visitor, replies=(an_answer(given),)), Context(guide_id="dog-register"))
        newest = records.push(visitor, TextReply(text="请到1号窗口。"), NINE, once="n_1")
        for _ in range(2):
            records.forget_conversation(visitor)
        assert not records.conversation_of(visitor) and not records.turns_of(visitor)
        assert records.pushed_after(visitor, 0) == []
        assert records.context_of(visitor) == Context()
        assert not records.judge(visitor, given, True, "", NINE)
        assert len(records.conversation_of(other)) == 2 and records.context_of(other).guide_id == "night-stall"
        # No number is given twice: a stream goes on from the last one that it saw.
        assert records.push(visitor, TextReply(text="请到2号窗口。"), NINE) > newest

    def test_an_answer_can_be_judged_and_judged_again(self, records: ConversationRecords) -> None:
        visitor, given = new_visitor_id(), new_answer_id()
        records.record(turn(visitor, replies=(an_answer(given),)), Context())
        assert records.judge(visitor, given, True, "", NINE)
        assert records.judge(visitor, given, False, "没说周末开不开门", NINE + timedelta(minutes=1))

    def test_what_was_given_to_another_or_to_nobody_cannot_be_judged(self, records: ConversationRecords) -> None:
        visitor, other, given = new_visitor_id(), new_visitor_id(), new_answer_id()
        records.record(turn(visitor, replies=(an_answer(given),)), Context())
        records.record(turn(other, replies=(an_answer(new_answer_id()),)), Context())
        assert not records.judge(other, given, True, "", NINE)
        assert not records.judge(visitor, new_answer_id(), True, "", NINE)

    def test_pushed_replies_come_in_order_after_the_number_seen(self, records: ConversationRecords) -> None:
        visitor, other = new_visitor_id(), new_visitor_id()
        replies = [TextReply(text=f"请到{number}号窗口。") for number in range(4)]
        numbers = []
        for reply in replies:
            numbers.append(records.push(visitor, reply, NINE))
            records.push(other, TextReply(text="与您无关。"), NINE)
        assert numbers == sorted(set(numbers))
        assert [each.reply for each in records.pushed_after(visitor, 0)] == replies
        assert [each.number for each in records.pushed_after(visitor, numbers[1])] == numbers[2:]
        assert [each.number for each in records.pushed_after(visitor, 0, limit=3)] == numbers[:3]
        assert records.pushed_after(visitor, numbers[-1]) == []

    def test_a_number_beyond_any_column_is_simply_later_than_all(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        records.push(visitor, TextReply(text="请到1号窗口。"), NINE)
        assert records.pushed_after(visitor, 10**17) == []

    def test_the_newest_push_is_known_and_nought_without_any(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        assert records.last_push(visitor) == 0
        records.push(visitor, TextReply(text="请到1号窗口。"), NINE)
        newest = records.push(visitor, TextReply(text="请到2号窗口。"), NINE)
        records.push(new_visitor_id(), TextReply(text="请到3号窗口。"), NINE)
        assert records.last_push(visitor) == newest

    def test_a_newcomers_first_turns_at_once_are_all_kept(self, records: ConversationRecords) -> None:
        visitor = new_visitor_id()
        together = threading.Barrier(6)

        def say(number: int) -> None:
            together.wait()
            records.record(turn(visitor, minutes=number, said=f"第{number}句"), Context(missed=number))

        with ThreadPoolExecutor(6) as pool:
            for done in [pool.submit(say, number) for number in range(6)]:
                done.result()
        assert [each.said for each in records.turns_of(visitor)] == [f"第{number}句" for number in range(6)]
