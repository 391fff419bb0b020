"""What the house asks of WeChat, as the door and what goes out see it. `client.py` asks WeChat itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from channels.wechat.api.errors import NO_ANSWER, Decision, Refused
from channels.wechat.api.menus import Menu, MenuButton
from channels.wechat.api.parts import (
    CardPart,
    ImagePart,
    MenuPart,
    OpenId,
    Part,
    Person,
    QrTicket,
    TextPart,
)

__all__ = [
    "NO_ANSWER",
    "CardPart",
    "Decision",
    "ImagePart",
    "Menu",
    "MenuButton",
    "MenuPart",
    "OpenId",
    "Part",
    "Person",
    "QrTicket",
    "Refused",
    "TextPart",
    "WeChatApi",
]


class WeChatApi(Protocol):
    """Every one raises Refused, and nothing else, within the client's time-out."""

    async def send(self, openid: OpenId, part: Part) -> None:
        """A customer-service message. What comes back means that WeChat has it; the next part goes after that."""
        ...

    async def typing(self, openid: OpenId, on: bool = True) -> None: ...

    async def upload_image(self, image: bytes) -> str:
        """`image`: PNG. The media id, good for three days."""
        ...

    async def person_of(self, code: str) -> Person:
        """Who came back from OAuth2 with this code, which is good once."""
        ...

    async def qr_ticket(self, scene: str, seconds: int | None) -> QrTicket:
        """`scene`: up to 64 letters and digits, which the scan brings back. `seconds`: 30 days at most; None: for
        ever, of which an account has 100,000."""
        ...

    async def put_menu(self, menu: Menu) -> None:
        """In place of the account's menu."""
        ...

    async def send_subscription(self, openid: OpenId, template_id: str, fields: Mapping[str, str], url: str) -> str:
        """To somebody who agreed to it, once for each time. `fields`: as long as their types allow. By what WeChat's
        report will call it; empty where it does not say."""
        ...

    async def send_template(self, openid: OpenId, template_id: str, fields: Mapping[str, str], url: str) -> str:
        """The same."""
        ...
