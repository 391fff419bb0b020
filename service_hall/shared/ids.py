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


_READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L, which people mix up when they type a code."""


def new_readable_code(length: int = 10) -> str:
    """About 50 bits: typed at a kiosk, and not guessed."""
    return "".join(secrets.choice(_READABLE) for _ in range(length))


def read_code(typed: str) -> str:
    """As it was given out: without spaces, dashes and the mark of the QR code; empty if it cannot be one."""
    bare = typed.strip().upper().removeprefix("WENBAN:").replace(" ", "").replace("-", "")
    return bare if len(bare) == 10 and set(bare) <= set(_READABLE) else ""
