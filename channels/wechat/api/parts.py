"""What a citizen can be shown on WeChat, one message each, and whom WeChat tells us of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

OpenId = NewType("OpenId", str)
"""A citizen as this one official account knows her."""


@dataclass(frozen=True)
class TextPart:
    text: str
    """2048 bytes of UTF-8 at most."""


@dataclass(frozen=True)
class MenuPart:
    """Choices that can be tapped. A tap comes back as a text message with `bizmsgmenuid`, the option's id. Accounts
    that are not certified may not send it: Decision.PLAIN_TEXT."""

    head: str
    options: tuple[tuple[str, str], ...]
    """Id and label."""
    tail: str = ""


@dataclass(frozen=True)
class CardPart:
    """One article with a link."""

    title: str
    description: str
    url: str
    picture_url: str = ""


@dataclass(frozen=True)
class ImagePart:
    media_id: str


Part = TextPart | MenuPart | CardPart | ImagePart


@dataclass(frozen=True)
class Person:
    openid: OpenId
    is_snapshot: bool = False
    """A stand-in that WeChat makes up for somebody who has not agreed yet: nobody in particular."""


@dataclass(frozen=True)
class QrTicket:
    ticket: str
    url: str
    """What the code says: drawn by ourselves, no picture is fetched."""
    seconds: int | None
    """How long it is good for; None: for ever."""
