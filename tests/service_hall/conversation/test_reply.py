from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from knowledge_base.model import Aspect
from service_hall.conversation.reply import (
    AnswerReply,
    Choice,
    ChoicesReply,
    HandoverReply,
    NoticeReply,
    Outcome,
    Reply,
    TextReply,
    ask_payload,
    replies_adapter,
)

EVERY_KIND: tuple[Reply, ...] = (
    TextReply(text="您好"),
    AnswerReply(
        text="40元", answer_id="a_1", guide_id="g", guide_name="事项", aspect=Aspect.FEE, region="990100", sources=()
    ),
    ChoicesReply(text="请选", options=(Choice(label="甲", payload="/ask_fee{}"),)),
    HandoverReply(text="请稍候", status="waiting", ahead=2),
    NoticeReply(text="叫到您了", kind="queue_call"),
)


def test_replies_of_every_kind_survive_being_kept() -> None:
    assert replies_adapter.validate_json(replies_adapter.dump_json(EVERY_KIND)) == EVERY_KIND


@pytest.mark.parametrize("reply", EVERY_KIND, ids=lambda reply: str(reply.type))
def test_every_reply_has_its_type_and_a_text_of_its_own(reply: Reply) -> None:
    shown = reply.model_dump(mode="json")
    assert shown["text"] and shown["type"]


@pytest.mark.parametrize(
    "stranger",
    [{"type": "text"}, {"type": "song", "text": "啦"}, {"text": "无类"}, {"type": "text", "text": "a", "x": 1}, "您好"],
)
def test_what_is_no_reply_is_refused(stranger: Any) -> None:
    with pytest.raises(ValidationError):
        replies_adapter.validate_python((stranger,))


def test_a_reply_cannot_be_changed_once_it_is_made() -> None:
    with pytest.raises(ValidationError):
        EVERY_KIND[0].text = "改口"  # type: ignore[misc]


def test_outcomes_are_those_of_the_contract() -> None:
    contract = "answered clarify asking done not_found handed_over degraded refused"
    assert [outcome.value for outcome in Outcome] == contract.split()


def test_a_payload_is_rasa_s_form_of_an_intent_with_its_entity() -> None:
    assert ask_payload(Aspect.TIME_LIMIT, "id-card-lost") == '/ask_time_limit{"guide_id":"id-card-lost"}'
