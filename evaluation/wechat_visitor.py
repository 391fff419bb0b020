"""A citizen at the WeChat door, of an account that may send nothing by itself: all that she is told comes back with her
own messages, as text."""

from __future__ import annotations

import itertools
import secrets
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

import httpx

from channels.wechat.api.parts import OpenId
from channels.wechat.protocol.signatures import signature
from channels.wechat.rendering import wording
from evaluation.stack import Stack
from evaluation.visitor import Said
from server.storage.conversation_store import ConversationStore
from server.storage.engine import open_database
from server.storage.wechat_people import PeopleStore
from service_hall.shared.clock import shanghai_now

ACCOUNT: dict[str, Any] = {
    "wechat_token": "token-of-the-evaluation",
    "wechat_app_id": "wx-of-the-evaluation",
    "wechat_secret": "secret-of-the-evaluation",
    "wechat_api": "http://127.0.0.1:9",
}
"""By the names of `Settings`. Nobody listens at that port: what WeChat does not take is said beside the next answer."""
UNSHOWN = "unshown"
"""The outcome of an answer that did not come through whole."""
_MOST_GOING_ON = 10
_numbers = itertools.count(1)


class WeChatVisitor:
    def __init__(self, http: httpx.Client, last_turn: Callable[[str], Said]) -> None:
        self.openid = f"o{secrets.token_hex(8)}"
        self._http, self._last_turn = http, last_turn

    def say(self, text: str, region: str | None = None) -> Said:
        """`region`: this door has no field for it."""
        began = time.perf_counter()
        shown = self.send(text)
        said = replace(self._last_turn(self.openid), took_ms=(time.perf_counter() - began) * 1000)
        shown = self._to_its_end(shown)
        is_whole = all(_bare(str(reply["text"])) in _bare(shown) for reply in said.replies)
        return said if is_whole else replace(said, outcome=UNSHOWN)

    def choose(self, option: Mapping[str, Any], number: int, region: str | None = None) -> Said:
        """By its number; a time by its day and hour, for not each of them is numbered."""
        if "starts_at" in option:
            at = datetime.fromisoformat(option["starts_at"])
            return self.say(f"{at.month}月{at.day}日{at.hour}:{at.minute:02}")
        return self.say(str(number))

    def send(self, text: str) -> str:
        """What comes back with the request; empty: nothing did."""
        at = str(int(time.time()))
        query = {"signature": signature(ACCOUNT["wechat_token"], at, "n"), "timestamp": at, "nonce": "n"}
        body = (
            f"<xml><ToUserName>gh</ToUserName><FromUserName>{self.openid}</FromUserName><CreateTime>{at}</CreateTime>"
            f"<MsgType>text</MsgType><Content>{escape(text)}</Content><MsgId>{next(_numbers)}</MsgId></xml>"
        )
        answer = self._http.post("/wechat", params=query, content=body.encode(), headers={"Content-Type": "text/xml"})
        answer.raise_for_status()
        return "" if answer.text == "success" else ET.fromstring(answer.text).findtext("Content") or ""

    def _to_its_end(self, shown: str) -> str:
        for _ in range(_MOST_GOING_ON):
            if not shown.endswith(wording.say("more")):
                break
            shown = shown.removesuffix(wording.say("more")) + self.send("继续").partition("\n\n")[2].partition("\n")[2]
        return shown


def last_turns_of(stack: Stack) -> Callable[[str], Said]:
    """What the hall has on record as its last answer to an openid: over WeChat only the words of it are to be seen."""
    engine = open_database(stack.settings.sqlalchemy_url)
    people, records = PeopleStore(engine), ConversationStore(engine)

    def last_turn(openid: str) -> Said:
        turn = records.turns_of(people.visitor_of(OpenId(openid), shanghai_now()), 1)[-1]
        return Said(turn.outcome, tuple(reply.model_dump(mode="json") for reply in turn.replies), 0.0)

    return last_turn


def _bare(text: str) -> str:
    return "".join(text.split())
