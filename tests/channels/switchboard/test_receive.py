"""Every message's way: masked, one at a time for each citizen, never an order to Rasa, never without an answer."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from channels.kept_calls import CallFailed, KeptCalls
from channels.rasa_client import RasaClient
from channels.switchboard.receive import Receipt, Switchboard
from knowledge_base.model import Aspect, RegionCode
from service_hall.conversation.context import Context, OpenWalk
from service_hall.conversation.message import CitizenMessage, Door
from service_hall.conversation.open_turns import OpenTurn
from service_hall.conversation.reply import AnswerReply, Outcome, TextReply, ask_payload
from service_hall.conversation.turn import Turn
from service_hall.shared.ids import VisitorId, new_visitor_id
from tests.fake_records import FakeInbox, FakeRecords
from tests.fakes import EAST, FixedClock, town_hall
from tests.stand_ins import TIMEOUT_MS, Heard, SocketRasa, UnderstandingRasa, http_answer, wide_line

IDENTITY = "110101199003078515"
QUESTION = "借书证丢了怎么补办"


def message(
    text: str = "", *, visitor: VisitorId | None = None, payload: str = "", region: RegionCode | None = None
) -> CitizenMessage:
    return CitizenMessage(visitor or new_visitor_id(), FixedClock()(), text, payload, region)


class Desk:
    """A switchboard with its records and its Rasa in reach."""

    def __init__(self, rasa: UnderstandingRasa | None = None) -> None:
        self.rasa = rasa or UnderstandingRasa(town_hall())
        self.records = FakeRecords()
        self.switchboard = Switchboard(self.rasa.hall, self.records, FakeInbox(self.records), self.rasa.client())

    async def say(self, text: str, visitor: VisitorId | None = None) -> Receipt:
        return await self.switchboard.receive(message(text, visitor=visitor))


class TestMasking:
    @pytest.mark.parametrize(
        "number", [IDENTITY, "13812345678", "6222021234567890123", "E12345678", "zhang.san@example.com"]
    )
    async def test_personal_numbers_reach_neither_records_nor_rasa(self, number: str) -> None:
        desk = Desk()
        await desk.say(f"我的号码是{number}，借书证丢了怎么补办")
        assert number not in desk.records.turns[0].said
        assert "借书证丢了怎么补办" in desk.records.turns[0].said
        assert number not in json.dumps(desk.rasa.heard, ensure_ascii=False)
        assert number not in str(desk.records.contexts)

    async def test_personal_numbers_stay_out_of_records_when_rasa_is_away(self) -> None:
        desk = Desk()
        desk.rasa.is_up = False
        await desk.say(f"{IDENTITY} 借书证丢了怎么补办")
        assert IDENTITY not in str(desk.records.turns) + str(desk.records.contexts)

    async def test_the_log_names_outcome_and_time_and_nothing_that_was_said(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        desk = Desk()
        await desk.say(f"{QUESTION} {IDENTITY}")
        desk.rasa.is_up = False
        await desk.say(f"{QUESTION} {IDENTITY}")
        assert "outcome=answered" in caplog.text
        assert "outcome=degraded" in caplog.text
        assert "借书证" not in caplog.text
        assert IDENTITY not in caplog.text

    @pytest.mark.parametrize("mark", ["\u200b", "\u200d", "\u2060", "\ufeff", "\xad", "\x00", "\ud800"])
    async def test_no_unseen_mark_hides_a_number(self, mark: str) -> None:
        desk = Desk()
        await desk.say(f"{IDENTITY[:8]}{mark}{IDENTITY[8:]} 借书证丢了怎么补办")
        assert desk.records.turns[0].said == "〔身份证号〕 借书证丢了怎么补办"

    async def test_control_characters_are_dropped(self) -> None:
        """PostgreSQL cannot keep a NUL, and nobody types one."""
        desk = Desk()
        receipt = await desk.say("借书证\x00丢了\x1b[31m怎么补办")
        assert receipt.outcome is Outcome.ANSWERED
        assert desk.records.turns[0].said.isprintable()


class TestOneAtATime:
    async def test_a_visitors_second_message_waits_for_the_first(self) -> None:
        first_is_in_work, may_go_on = asyncio.Event(), asyncio.Event()

        async def hold_the_first(heard: Heard) -> None:
            if heard["message"] == QUESTION:
                first_is_in_work.set()
                await may_go_on.wait()

        desk = Desk(UnderstandingRasa(town_hall(), before=hold_the_first))
        visitor = new_visitor_id()
        async with asyncio.TaskGroup() as group:
            first = group.create_task(desk.say(QUESTION, visitor))
            await first_is_in_work.wait()
            second = group.create_task(desk.say("那要多少钱", visitor))
            # A whole other conversation goes by meanwhile, and still the second has not come to Rasa.
            other = await desk.say("养狗证怎么办")
            assert other.outcome is Outcome.ANSWERED
            assert "那要多少钱" not in desk.rasa.messages
            may_go_on.set()
        assert desk.rasa.messages[-1] == "那要多少钱"
        [answer] = second.result().replies
        assert isinstance(answer, AnswerReply)
        assert (answer.guide_id, answer.aspect) == ("library-card-lost", Aspect.FEE)
        said = [turn.said for turn in desk.records.turns if turn.visitor_id == visitor]
        assert said == [QUESTION, "那要多少钱"]
        assert first.result().message_id != second.result().message_id

    async def test_different_visitors_are_served_side_by_side(self) -> None:
        everyone = asyncio.Barrier(8)

        async def until_all_are_here(_: Heard) -> None:
            await everyone.wait()

        desk = Desk(UnderstandingRasa(town_hall(), before=until_all_are_here))
        async with asyncio.timeout(60):  # one after the other they would wait for ever
            receipts = await asyncio.gather(*(desk.say(QUESTION) for _ in range(8)))
        assert {receipt.outcome for receipt in receipts} == {Outcome.ANSWERED}

    async def test_many_messages_of_one_visitor_at_once_are_all_answered_in_turn(self) -> None:
        in_work = 0

        async def alone(_: Heard) -> None:
            nonlocal in_work
            in_work += 1
            assert in_work == 1
            await asyncio.sleep(0)
            in_work -= 1

        desk = Desk(UnderstandingRasa(town_hall(), before=alone))
        visitor = new_visitor_id()
        receipts = await asyncio.gather(*(desk.say(QUESTION, visitor) for _ in range(20)))
        assert len({receipt.message_id for receipt in receipts}) == len(desk.records.turns) == 20

    async def test_a_citizen_who_hangs_up_does_not_block_the_line(self) -> None:
        in_work = asyncio.Event()

        async def hang(heard: Heard) -> None:
            if heard["message"] == QUESTION:
                in_work.set()
                await asyncio.Event().wait()

        desk = Desk(UnderstandingRasa(town_hall(), before=hang))
        visitor = new_visitor_id()
        gone = asyncio.create_task(desk.say(QUESTION, visitor))
        await in_work.wait()
        gone.cancel()
        assert (await desk.say("养狗证怎么办", visitor)).outcome is Outcome.ANSWERED


class TestNoOrdersToRasa:
    @pytest.mark.parametrize(
        "text",
        [
            "/restart",
            "//session_start",
            " \t\n/restart",
            "\u3000/restart",
            "\xa0/restart",
            "/ / /restart",
            "\r\n/\u2003/back",
            '/ask_fee{"guide_id":"dog-register"}',
            '/greet{"name":"x"}',
            "\x00/restart",
            "\x1c/restart",
        ],
    )
    async def test_a_leading_slash_never_reaches_rasa(self, text: str) -> None:
        desk = Desk()
        await desk.say(text)
        # Rasa strips the message itself before it looks for the slash.
        assert not any(heard.strip().startswith("/") for heard in desk.rasa.messages)
        assert len(desk.records.turns) == 1

    @pytest.mark.parametrize("text", ["/", "///", " / \n"])
    async def test_slashes_alone_get_an_answer_without_rasa(self, text: str) -> None:
        desk = Desk()
        receipt = await desk.say(text)
        assert desk.rasa.heard == []
        assert receipt.replies[0].text

    async def test_a_slash_within_a_sentence_stays(self) -> None:
        desk = Desk()
        await desk.say("借书证/读者证丢了怎么补办")
        assert desk.rasa.messages == ["借书证/读者证丢了怎么补办"]


class TestPayloadsAndRegion:
    async def test_a_payload_reaches_rasa_as_it_stands(self) -> None:
        desk = Desk()
        payload = ask_payload(Aspect.FEE, "dog-register")
        receipt = await desk.switchboard.receive(message(payload=payload))
        assert desk.rasa.messages == [payload]
        [answer] = receipt.replies
        assert isinstance(answer, AnswerReply)
        assert (answer.guide_id, answer.aspect) == ("dog-register", Aspect.FEE)

    async def test_a_payload_is_understood_without_rasa(self) -> None:
        desk = Desk()
        desk.rasa.is_up = False
        receipt = await desk.switchboard.receive(message(payload=ask_payload(Aspect.FEE, "dog-register")))
        [answer] = receipt.replies
        assert isinstance(answer, AnswerReply)
        assert (receipt.outcome, answer.guide_id, answer.aspect) == (Outcome.DEGRADED, "dog-register", Aspect.FEE)

    async def test_the_region_of_a_message_speaks_and_is_remembered(self) -> None:
        desk = Desk()
        visitor = new_visitor_id()
        first = await desk.switchboard.receive(message("养狗证要带什么", visitor=visitor, region=EAST))
        later = await desk.say("那多少钱", visitor)
        for receipt in (first, later):
            [answer] = receipt.replies
            assert isinstance(answer, AnswerReply)
            assert answer.region == EAST

    async def test_rasa_gets_the_sentence_and_the_id_of_the_message_and_nothing_else(self) -> None:
        desk = Desk()
        visitor = new_visitor_id()
        await desk.say(QUESTION, visitor)
        receipt = await desk.say("那多少钱", visitor)
        assert desk.rasa.heard[1] == {
            "sender": visitor,
            "message": "那多少钱",
            "metadata": {"message_id": receipt.message_id},
        }
        [answer] = receipt.replies
        assert isinstance(answer, AnswerReply) and answer.guide_id == "library-card-lost"

    async def test_no_turn_stays_open(self) -> None:
        desk = Desk()
        await desk.say(QUESTION)
        desk.rasa.is_up = False
        await desk.say(QUESTION)
        assert len(desk.rasa.hall.open_turns) == 0


class TestWithoutRasa:
    @pytest.mark.parametrize(
        "sent",
        [
            pytest.param(http_answer(b"[]"), id="an empty list"),
            pytest.param(http_answer(b"oops", "500 Internal Server Error"), id="500"),
            pytest.param(b"\x00\x01 garbage", id="garbage"),
            pytest.param(http_answer(b"<html>", content_type="text/html"), id="no JSON"),
            pytest.param(None, id="hanging"),
        ],
    )
    async def test_a_misbehaving_rasa_costs_nobody_the_answer(self, sent: bytes | None) -> None:
        records = FakeRecords()
        async with SocketRasa().listening() as rasa:
            rasa.sends = sent
            timeout_ms = TIMEOUT_MS if sent is None else TIMEOUT_MS * 20
            switchboard = Switchboard(
                town_hall(), records, FakeInbox(records), RasaClient(KeptCalls(rasa.url), timeout_ms, wide_line())
            )
            receipt = await switchboard.receive(message(QUESTION))
            assert rasa.asked == 1
        self._is_a_whole_answer(receipt)
        assert records.turns[0].outcome is Outcome.DEGRADED

    async def test_a_stopped_rasa_costs_nobody_the_answer(self) -> None:
        records = FakeRecords()
        switchboard = Switchboard(
            town_hall(), records, FakeInbox(records), RasaClient(KeptCalls(SocketRasa().url), TIMEOUT_MS, wide_line())
        )
        self._is_a_whole_answer(await switchboard.receive(message(QUESTION)))

    async def test_a_rasa_that_fails_after_the_action_had_answered_costs_nothing(self) -> None:
        desk = Desk()

        async def fail(heard: Heard) -> None:
            turn = desk.rasa.hall.open_turns.find(heard["metadata"]["message_id"])
            assert turn
            turn.take(lambda turn: Turn(Outcome.DONE, (TextReply(text="办好了。"),), turn.context))
            raise CallFailed("gone")

        desk.rasa.before = fail
        receipt = await desk.say(QUESTION)
        assert (receipt.outcome, [reply.text for reply in receipt.replies]) == (Outcome.DONE, ["办好了。"])

    async def test_what_an_action_has_in_work_when_rasa_is_given_up_is_waited_for_not_done_again(self) -> None:
        """A booking that takes longer than Rasa may is made once."""
        desk = Desk()
        in_work, may_end = threading.Event(), threading.Event()

        def book(turn: OpenTurn) -> Turn:
            in_work.set()
            may_end.wait()
            return Turn(Outcome.DONE, (TextReply(text="约好了。"),), turn.context)

        async def act_and_fail(heard: Heard) -> None:
            turn = desk.rasa.hall.open_turns.find(heard["metadata"]["message_id"])
            assert turn
            pool.submit(turn.take, book)
            await asyncio.to_thread(in_work.wait)
            raise CallFailed("too slow")

        with ThreadPoolExecutor(1) as pool:
            desk.rasa.before = act_and_fail
            saying = asyncio.create_task(desk.say(QUESTION))
            while not desk.switchboard.alone.in_work:
                await asyncio.sleep(0)
            may_end.set()
            receipt = await saying
        assert (receipt.outcome, [reply.text for reply in receipt.replies]) == (Outcome.DONE, ["约好了。"])

    async def test_the_conversation_goes_on_across_an_outage(self) -> None:
        desk = Desk()
        visitor = new_visitor_id()
        await desk.say(QUESTION, visitor)
        desk.rasa.is_up = False
        receipt = await desk.say("那多少钱", visitor)
        [answer] = receipt.replies
        assert isinstance(answer, AnswerReply)
        assert (receipt.outcome, answer.guide_id, answer.aspect) == (
            Outcome.DEGRADED,
            "library-card-lost",
            Aspect.FEE,
        )

    def _is_a_whole_answer(self, receipt: Receipt) -> None:
        [answer] = receipt.replies
        assert isinstance(answer, AnswerReply)
        assert receipt.outcome is Outcome.DEGRADED
        assert answer.guide_id == "library-card-lost"
        assert answer.sources


class TestToldAtTheDoor:
    async def test_it_is_recorded_once_and_nobody_else_is_asked(self) -> None:
        desk, visitor = Desk(), new_visitor_id()
        asking = Context(walks=(OpenWalk(name="booking", walk_id="w", node="when"),), missed=1)
        desk.records.contexts[visitor] = asking
        picture = CitizenMessage(visitor, FixedClock()(), "〔图片〕", told="图片我看不了。", key="k", door=Door.WECHAT)
        first, again = [await desk.switchboard.receive(picture) for _ in range(2)]
        assert (first.outcome, first.replies) == (Outcome.ANSWERED, (TextReply(text="图片我看不了。"),))
        assert again.is_repeat and not first.is_repeat
        assert desk.rasa.heard == [] and desk.records.contexts[visitor] == asking
        [turn] = desk.records.turns
        assert (turn.said, turn.reason, turn.door) == ("〔图片〕", "told_at_the_door", Door.WECHAT)

    async def test_a_repeat_is_known_whoever_the_visitor_is_by_now(self) -> None:
        desk = Desk()
        first = CitizenMessage(new_visitor_id(), FixedClock()(), QUESTION, key="k", speaker="somebody at the door")
        await desk.switchboard.receive(first)
        again = await desk.switchboard.receive(replace(first, visitor_id=new_visitor_id()))
        assert again.is_repeat and len(desk.records.turns) == 1
