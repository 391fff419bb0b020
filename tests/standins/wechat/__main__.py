"""Talk to the running service as a citizen on WeChat would, without an account: python -m tests.standins.wechat

Stands in for WeChat at `--port`, and posts what is typed to the service at `--service`. Lines that begin with / are
events: /follow /unfollow /click KEY /scan SCENE /location LATITUDE LONGITUDE /voice WHAT WAS HEARD
"""

from __future__ import annotations

import argparse
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator

import httpx

from tests.standins.wechat import posting
from tests.standins.wechat.account import settings_of
from tests.standins.wechat.posting import Fields
from tests.standins.wechat.server import SEND, Call, StandIn, standing_in

LATE_SECONDS = 8.0
"""How long a late answer is waited for after each line."""


class Citizen:
    def __init__(self, service: str, openid: str) -> None:
        self._service, self._openid = service.rstrip("/"), openid
        self._numbers = iter(range(int(time.time() * 1000), sys.maxsize))

    def say(self, line: str) -> str:
        """The service's answer in time; empty where it comes later, or not at all."""
        post = posting.safe(self._message(line), int(time.time()), compatible=False)
        address = f"{self._service}/wechat"
        try:
            answer = httpx.post(address, params=post.query, content=post.body, headers=post.headers, timeout=10)
        except httpx.HTTPError as fault:
            return f"[no answer from {self._service}: {fault}]"
        if not answer.is_success:
            return f"[{answer.status_code}] {answer.text}"
        return "\n".join(shown(answer.text))

    def _message(self, line: str) -> str:
        at, number = int(time.time()), next(self._numbers)
        word, _, rest = line.partition(" ")
        match word:
            case "/follow":
                return posting.event(self._openid, "subscribe", at, "")
            case "/unfollow":
                return posting.event(self._openid, "unsubscribe", at, "")
            case "/click":
                return posting.event(self._openid, "CLICK", at, rest)
            case "/scan":
                return posting.event(self._openid, "SCAN", at, rest, Ticket="ticket")
            case "/location":
                x, _, y = rest.partition(" ")
                where: Fields = {"Location_X": float(x), "Location_Y": float(y), "Scale": 15, "Label": ""}
                return posting.xml(self._openid, "location", at, **where, MsgId=number)
            case "/voice":
                heard: Fields = {"MediaId": "m", "Format": "amr", "Recognition": rest}
                return posting.xml(self._openid, "voice", at, **heard, MsgId=number)
        return posting.text(self._openid, line, number, at)


def shown(answer: str) -> Iterator[str]:
    """What a passive reply says."""
    if not answer.startswith("<"):
        return
    root = ET.fromstring(answer)
    if closed := root.findtext("Encrypt"):
        root = ET.fromstring(posting.decrypt(closed)[0])
    for path in ("Content", "Articles/item/Title", "Articles/item/Description", "Articles/item/Url", "Image/MediaId"):
        if found := root.findtext(path):
            yield found


def told(call: Call) -> str:
    """What a customer-service message says."""
    body = call.body
    match body.get("msgtype"):
        case "text":
            return str(body["text"]["content"])
        case "msgmenu":
            menu = body["msgmenu"]
            options = [f"  [{option['id']}] {option['content']}" for option in menu["list"]]
            return "\n".join(filter(None, [menu["head_content"], *options, menu["tail_content"]]))
        case "news":
            article = body["news"]["articles"][0]
            return f"{article['title']}\n{article['description']}\n{article['url']}"
    return str(body)


def talk(wechat: StandIn, citizen: Citizen, lines: Iterable[str], late_seconds: float = LATE_SECONDS) -> Iterator[str]:
    seen = 0
    for line in lines:
        if not line.strip():
            continue
        if answer := citizen.say(line.strip()):
            yield answer
        else:
            wechat.has_come(SEND, seen + 1, late_seconds)
        calls = wechat.of(SEND)
        yield from map(told, calls[seen:])
        seen = len(calls)


def main() -> None:
    reading = argparse.ArgumentParser(prog="python -m tests.standins.wechat", description=__doc__)
    reading.add_argument("--port", type=int, default=8900)
    reading.add_argument("--service", default="http://127.0.0.1:8000")
    reading.add_argument("--openid", default="openid-of-li")
    asked = reading.parse_args()
    with standing_in(asked.port) as wechat:
        print("The service has to be started with these settings:")
        for name, value in settings_of(wechat.url).items():
            print(f"WENBAN_{name.upper()}={value}")
        print("Type what the citizen says; Ctrl-D ends.", flush=True)
        for answer in talk(wechat, Citizen(asked.service, asked.openid), sys.stdin):
            print(f"< {answer}", flush=True)


if __name__ == "__main__":
    main()
