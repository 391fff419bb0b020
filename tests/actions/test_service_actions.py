from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.service_actions import ALL_ACTIONS, AnswerAction
from service_hall.conversation.context import Context
from service_hall.conversation.reply import AnswerReply, ChoicesReply, Outcome, Reply, replies_adapter
from tests import fakes
from tests.actions.conversations import call

Events = list[dict[str, Any]]


async def run(*said: Any, **more: Any) -> tuple[list[dict[str, Any]], Events]:
    dispatcher = CollectingDispatcher()
    tracker = Tracker.from_dict(call(*said, **more)["tracker"])
    events = await AnswerAction(fakes.town_hall()).run(dispatcher, tracker, {})
    return dispatcher.messages, [dict(event) for event in events]


def custom(messages: list[dict[str, Any]]) -> tuple[Outcome, tuple[Reply, ...], Context]:
    (message,) = messages
    told = message["custom"]
    return (
        Outcome(told["outcome"]),
        replies_adapter.validate_python(told["replies"]),
        Context.model_validate(told["context"]),
    )


def test_actions_have_names_of_their_own() -> None:
    names = [action(fakes.town_hall()).name() for action in ALL_ACTIONS]
    assert len(set(names)) == len(names) and all(name.startswith("action_") for name in names)


async def test_the_service_gets_outcome_replies_and_context() -> None:
    messages, events = await run("狗证多少钱", "ask_fee", context={})
    outcome, replies, context = custom(messages)
    assert outcome is Outcome.ANSWERED and isinstance(replies[0], AnswerReply) and context.guide_id == "dog-register"
    assert events == []


async def test_a_follow_up_is_answered_from_the_context_that_was_sent() -> None:
    messages, _ = await run("那多少钱", "ask_fee", context={"guide_id": "night-stall", "question": "夜市"})
    _, (reply,), _ = custom(messages)
    assert isinstance(reply, AnswerReply) and reply.guide_id == "night-stall"


async def test_a_tapped_choice_is_answered() -> None:
    messages, _ = await run(
        '/ask_materials{"guide_id":"dog-register"}', "ask_materials", context={"region": fakes.EAST}
    )
    _, (reply,), _ = custom(messages)
    assert isinstance(reply, AnswerReply) and (reply.aspect, reply.region) == ("materials", fakes.EAST)


async def test_choices_go_out_with_the_context_that_holds_them() -> None:
    messages, _ = await run("借书证", "ask_overview", context={})
    outcome, (reply,), context = custom(messages)
    assert outcome is Outcome.CLARIFY and isinstance(reply, ChoicesReply) and context.options == reply.options


async def test_where_nobody_keeps_the_context_it_goes_into_the_slot_and_the_reply_is_words() -> None:
    messages, events = await run("狗证多少钱", "ask_fee")
    assert "登记费" in messages[0]["text"] and not messages[0]["custom"]
    (event,) = events
    assert (event["event"], event["name"], event["value"]["guide_id"]) == ("slot", "context", "dog-register")


async def test_the_slot_carries_a_conversation_on() -> None:
    _, (event,) = await run("狗证多少钱", "ask_fee")
    messages, _ = await run("要带什么", "ask_materials", slot=event["value"])
    assert "居民身份证" in messages[0]["text"]


@pytest.mark.parametrize("text", ["", "😀", "/restart", "<script>", "啊" * 1000])
@pytest.mark.parametrize("intent", ["nlu_fallback", "out_of_scope", "choose_option"])
async def test_a_sentence_of_nothing_gets_a_reply(text: str, intent: str) -> None:
    outcome, replies, _ = custom((await run(text, intent, context={}))[0])
    assert outcome is not Outcome.ANSWERED and replies[0].text
