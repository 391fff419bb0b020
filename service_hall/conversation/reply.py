"""What the hall says back: the `Reply` family and `outcome` of the contract at the doors."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from knowledge_base.model import Aspect


class Outcome(StrEnum):
    ANSWERED = "answered"
    CLARIFY = "clarify"
    ASKING = "asking"
    DONE = "done"
    NOT_FOUND = "not_found"
    HANDED_OVER = "handed_over"
    DEGRADED = "degraded"
    REFUSED = "refused"


class Words(BaseModel):
    """`text` is complete without the rest, so that any door can fall back to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    text: str


class Choice(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    label: str
    payload: str


class CitedSource(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    article: str
    url: str
    checked_on: str
    unverified: bool = False


class TextReply(Words):
    type: Literal["text"] = "text"


class AnswerReply(Words):
    type: Literal["answer"] = "answer"
    answer_id: str
    guide_id: str
    guide_name: str
    aspect: Aspect
    region: str
    sources: tuple[CitedSource, ...]
    suggestions: tuple[Choice, ...] = ()


class ChoicesReply(Words):
    type: Literal["choices"] = "choices"
    options: tuple[Choice, ...]


class HandoverReply(Words):
    type: Literal["handover"] = "handover"
    status: Literal["waiting", "connected", "closed"]
    ahead: int = 0


class NoticeReply(Words):
    type: Literal["notice"] = "notice"
    kind: str


Reply = Annotated[TextReply | AnswerReply | ChoicesReply | HandoverReply | NoticeReply, Field(discriminator="type")]
replies_adapter: TypeAdapter[tuple[Reply, ...]] = TypeAdapter(tuple[Reply, ...])


def ask_payload(aspect: Aspect, guide_id: str) -> str:
    """What a choice sends back: Rasa's own form of an intent with its entities."""
    return f"/ask_{aspect}{json.dumps({'guide_id': guide_id}, separators=(',', ':'))}"
