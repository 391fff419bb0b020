"""What a message or an event says, read out of its fields once; whatever stands at the wrong place is malformed."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass, field
from functools import cached_property

from channels.wechat.protocol.envelope import Fields
from channels.wechat.protocol.faults import Malformed

_NAME = re.compile(r"[!-~]{1,64}")
_SCENE_OF_FOLLOWING = "qrscene_"
EVENT = "event"


@dataclass(frozen=True)
class Incoming:
    """`kind` and `event`: WeChat's names in small letters, which it writes in any case; `event` is empty for a message.
    `account`: the name that WeChat calls the account by, to which an answer is from."""

    openid: str
    account: str
    created: int
    """Seconds since 1970."""
    kind: str
    fields: Fields = field(repr=False)
    event: str = ""

    @cached_property
    def key(self) -> str:
        """The same each time it is handed in. MsgIds were seen to coincide between citizens, and two events of one
        second differ in what they are about."""
        if self.event:
            return f"{self.openid} {self.created} {self.event} {self.text_of('EventKey')}"
        number = self.text_of("MsgId")
        return f"{self.openid} {number or self._digest}"

    @property
    def scene(self) -> str:
        """Of the code that was scanned; empty where none was."""
        key = self.text_of("EventKey")
        if self.event == "scan":
            return key
        is_scanned = self.event == "subscribe" and key.startswith(_SCENE_OF_FOLLOWING)
        return key.removeprefix(_SCENE_OF_FOLLOWING) if is_scanned else ""

    @property
    def location(self) -> tuple[float, float] | None:
        """Latitude and longitude; None for what is nowhere on earth."""
        try:
            latitude, longitude = float(self.text_of("Location_X")), float(self.text_of("Location_Y"))
        except ValueError:
            return None
        is_on_earth = math.fabs(latitude) <= 90 and math.fabs(longitude) <= 180  # false for nan
        return (latitude, longitude) if is_on_earth else None

    def text_of(self, *path: str) -> str:
        """Of a field, or of one within others; empty where it is missing or empty. Raises Malformed for what is no
        text."""
        value: object = self.fields
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        if value is not None and not isinstance(value, str):
            raise Malformed
        return value or ""

    @property
    def _digest(self) -> str:
        return hashlib.sha256(repr(sorted(self.fields.items())).encode(errors="replace")).hexdigest()


_TEXTS = (
    *((name,) for name in ("MsgId", "Content", "Recognition", "bizmsgmenuid", "Location_X", "Location_Y", "EventKey")),
    ("ScanCodeInfo", "ScanResult"),
)
"""Whatever is read later: it is a text, or the message is malformed."""


def read(fields: Fields) -> Incoming:
    """Raises Malformed."""
    unread = Incoming("", "", 0, "", fields)
    for path in _TEXTS:
        unread.text_of(*path)
    openid, account = unread.text_of("FromUserName"), unread.text_of("ToUserName")
    kind, created = unread.text_of("MsgType").lower(), unread.text_of("CreateTime")
    event = unread.text_of("Event").lower() if kind == EVENT else ""
    if not (_NAME.fullmatch(openid) and _NAME.fullmatch(account) and re.fullmatch(r"[0-9]{1,12}", created)):
        raise Malformed
    if not _NAME.fullmatch(kind) or (kind == EVENT and not _NAME.fullmatch(event)):
        raise Malformed
    return Incoming(openid, account, int(created), kind, fields, event)
