"""An action finds the turn by its id, and tells Rasa no more than that; without one it speaks for itself."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.service_actions import RoomAction, all_actions
from actions.turns import MOST_REMEMBERED, REMEMBERED_SECONDS, OwnTurns
from service_hall.conversation.context import Context
from service_hall.conversation.open_turns import OpenTurn, TurnIsOver
from service_hall.conversation.reply import AnswerReply, ChoicesReply, Outcome, TextReply
from service_hall.conversation.rooms import Room
from service_hall.conversation.turn import Turn
from service_hall.shared.ids import MessageId, VisitorId
from tests import fakes
from tests.actions.conversations import call
from tests.reasons import with_reason
from tests.stand_ins import FakeSeconds

ID = MessageId("m_1")
IDENTITY = "110101199003078515"


class Desk:
    def __init__(self) -> None:
        self.hall = fakes.town_hall()
        self.seconds = FakeSeconds()
        self.own_turns = OwnTurns(self.hall, self.seconds)
        self.action = RoomAction(self.hall, self.own_turns, Room.ANSWER)

    async def run(self, *said: Any, **more: Any) -> list[dict[str, Any]]:
        dispatcher = CollectingDispatcher()
        assert await self.action.run(dispatcher, Tracker.from_dict(call(*said, **more)["tracker"]), {}) == []
        messages: list[dict[str, Any]] = dispatcher.messages
        return messages

    async def shell(self, *said: Any, **more: Any) -> str:
        return "\n".join(message["text"] for message in await self.run(*said, **more))

    async def answer(self, text: str, intent: str, context: Context | None = None) -> Turn:
        """Of a turn that the service has opened."""
        turn = OpenTurn(ID, VisitorId("v_1"), text, context or Context())
        with self.hall.open_turns.opened(turn):
            [message] = await self.run("what Rasa heard", intent, message_id=ID)
        assert message["custom"] == {"message_id": ID} and not message["text"]
        assert turn.answer
        return turn.answer


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_actions_have_names_of_their_own() -> None:
    names = [action.name() for action in all_actions(fakes.town_hall())]
    assert names == [f"action_{room}" for room in Room]


@pytest.mark.parametrize(
    ("room", "text", "intent", "said"),
    [
        (Room.HAND_OVER, "狗证多少钱", "ask_fee", "人工"),
        (Room.ANSWER, "给我转人工", "ask_human", "没"),
        (Room.SMALL_TALK, "哦哦", "affirm", "您好"),
        (Room.BOOKING, "狗证多少钱", "ask_fee", "约"),
    ],
)
async def test_an_action_does_what_its_room_does_whatever_was_understood(
    desk: Desk, room: Room, text: str, intent: str, said: str
) -> None:
    """Whoever changes Rasa's rules changes who answers."""
    desk.action = RoomAction(desk.hall, desk.own_turns, room)
    assert any(said in reply.text for reply in (await desk.answer(text, intent)).replies)


class TestAnOpenTurn:
    async def test_is_answered_where_it_lies_and_rasa_hears_whose_it_was(self, desk: Desk) -> None:
        turn = await desk.answer("狗证多少钱", "ask_fee")
        [reply] = turn.replies
        assert isinstance(reply, AnswerReply)
        assert (turn.outcome, turn.context.guide_id) == (Outcome.ANSWERED, "dog-register")

    async def test_has_its_context_at_home(self, desk: Desk) -> None:
        turn = await desk.answer("那多少钱", "ask_fee", Context(guide_id="night-stall", question="夜市"))
        [reply] = turn.replies
        assert isinstance(reply, AnswerReply) and reply.guide_id == "night-stall"

    async def test_of_a_tapped_choice_is_answered(self, desk: Desk) -> None:
        tapped = '/ask_materials{"guide_id":"dog-register"}'
        [reply] = (await desk.answer(tapped, "ask_materials", Context(region=fakes.EAST))).replies
        assert isinstance(reply, AnswerReply) and (reply.aspect, reply.region) == ("materials", fakes.EAST)

    async def test_with_choices_keeps_them(self, desk: Desk) -> None:
        turn = await desk.answer("借书证", "ask_overview")
        [reply] = turn.replies
        assert turn.outcome is Outcome.CLARIFY and isinstance(reply, ChoicesReply)
        assert turn.context.options == reply.options

    async def test_that_rasa_runs_twice_is_answered_from_the_first(self, desk: Desk) -> None:
        turn = OpenTurn(ID, VisitorId("v_1"), "狗证多少钱", Context())
        with desk.hall.open_turns.opened(turn):
            await desk.run("…", "ask_fee", message_id=ID)
            first = turn.answer
            await desk.run("…", "book", message_id=ID)
        assert first is not None and turn.answer is first

    async def test_that_is_over_is_left_alone(self, desk: Desk) -> None:
        turn = OpenTurn(ID, VisitorId("v_1"), "狗证多少钱", Context())
        with desk.hall.open_turns.opened(turn):
            pass
        assert await desk.run("狗证多少钱", "ask_fee", message_id=ID) == []
        assert turn.answer is None

    @pytest.mark.parametrize("text", ["", "😀", "/restart", "<script>", "啊" * 1000])
    @pytest.mark.parametrize("intent", ["nlu_fallback", "out_of_scope", "choose_option"])
    async def test_of_nothing_gets_a_reply(self, desk: Desk, text: str, intent: str) -> None:
        turn = await desk.answer(text, intent)
        assert turn.outcome is not Outcome.ANSWERED and turn.replies[0].text

    def test_taken_by_many_at_once_is_taken_once(self) -> None:
        turn, taken = OpenTurn(ID, VisitorId("v_1"), "你好", Context()), []
        together = threading.Barrier(6)

        def respond(turn: OpenTurn) -> Turn:
            taken.append(turn)
            return Turn(Outcome.ANSWERED, (TextReply(text="您好。"),), turn.context)

        def take(_: int) -> Turn:
            together.wait()
            return turn.take(respond)

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(take, range(6)))
        assert len(taken) == 1 and all(answer is answers[0] for answer in answers)

    def test_that_failed_may_be_tried_again_and_not_once_it_is_over(self) -> None:
        turn = OpenTurn(ID, VisitorId("v_1"), "你好", Context())
        answer = Turn(Outcome.ANSWERED, (), Context())

        def fail(_: OpenTurn) -> Turn:
            raise ValueError

        with pytest.raises(ValueError):
            turn.take(fail)
        turn.end()
        with pytest.raises(TurnIsOver):
            turn.take(lambda _: answer)
        other = OpenTurn(ID, VisitorId("v_1"), "你好", Context())
        with pytest.raises(ValueError):
            other.take(fail)
        assert other.take(lambda _: answer) is answer


class TestWithoutOne:
    """As in `rasa shell`."""

    async def test_the_reply_is_words(self, desk: Desk) -> None:
        assert "登记费" in await desk.shell("狗证多少钱", "ask_fee")

    async def test_the_turn_has_its_reason(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        spoken: list[OpenTurn] = []
        monkeypatch.setattr(desk.own_turns, "remember", spoken.append)
        for text, intent in (
            ("狗证多少钱", "ask_fee"),
            ("我要预约", "book"),
            ("帮助", "out_of_scope"),
            ("/cancel", "book"),
        ):
            await desk.shell(text, intent)
        reasons = [with_reason(turn.answer).reason for turn in spoken if turn.answer]
        assert reasons == ["answers_item", "begins_by_intent:booking", "helps", "stale_choice"]

    async def test_the_conversation_goes_on(self, desk: Desk) -> None:
        await desk.shell("狗证多少钱", "ask_fee")
        assert "居民身份证" in await desk.shell("要带什么", "ask_materials")

    async def test_each_sender_has_a_conversation_of_its_own(self, desk: Desk) -> None:
        await desk.shell("狗证多少钱", "ask_fee")
        assert "居民身份证" not in await desk.shell("要带什么", "ask_materials", sender="another")

    async def test_all_actions_share_it(self, desk: Desk) -> None:
        one, other, *_ = all_actions(desk.hall)
        for action, said in ((one, call("狗证多少钱", "ask_fee")), (other, call("要带什么", "ask_materials"))):
            dispatcher = CollectingDispatcher()
            await action.run(dispatcher, Tracker.from_dict(said["tracker"]), {})
        assert "居民身份证" in dispatcher.messages[0]["text"]

    async def test_it_is_forgotten_after_a_while(self, desk: Desk) -> None:
        await desk.shell("狗证多少钱", "ask_fee")
        desk.seconds.at += REMEMBERED_SECONDS
        assert "居民身份证" not in await desk.shell("要带什么", "ask_materials")

    def test_only_so_many_are_remembered(self, desk: Desk) -> None:
        for number in range(MOST_REMEMBERED + 5):
            turn = desk.own_turns.open(f"sender {number}", "你好")
            turn.take(lambda turn: Turn(Outcome.ANSWERED, (), turn.context))
            desk.own_turns.remember(turn)
        assert len(desk.own_turns) == MOST_REMEMBERED

    def test_a_sender_who_calls_itself_like_a_visitor_is_none(self, desk: Desk) -> None:
        assert desk.own_turns.open("v_1", "我的预约").visitor_id != "v_1"

    def test_names_and_numbers_are_thrown_away(self, desk: Desk) -> None:
        turn = desk.own_turns.open("default", f"我叫王小明，身份证{IDENTITY}，要预约")
        assert IDENTITY not in turn.sentence and turn.context.pocket == ""

    async def test_what_is_said_in_old_characters_is_understood(self, desk: Desk) -> None:
        assert "登记费" in await desk.shell("養狗證多少錢", "ask_fee")
