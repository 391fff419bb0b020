"""Names for things that outsiders may hold: long enough not to be guessed."""

from __future__ import annotations

import secrets
from typing import NewType

VisitorId = NewType("VisitorId", str)
MessageId = NewType("MessageId", str)
AnswerId = NewType("AnswerId", str)


def new_visitor_id() -> VisitorId:
    return VisitorId("v_" + secrets.token_urlsafe(16))


def new_message_id() -> MessageId:
    return MessageId("m_" + secrets.token_urlsafe(12))


def new_answer_id() -> AnswerId:
    return AnswerId("a_" + secrets.token_urlsafe(12))
