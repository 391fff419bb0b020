"""A citizen on WeChat before the real service, over the contract alone."""

from __future__ import annotations

import secrets
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable

import httpx

from tests.standins.wechat import StandIn, posting
from tests.standins.wechat.posting import Post
from tests.standins.wechat.server import SEND


class OnWeChat:
    def __init__(self, url: str, wechat: StandIn) -> None:
        self.http = httpx.Client(base_url=url, timeout=30, trust_env=False)
        self.wechat, self.openid = wechat, f"o{secrets.token_hex(8)}"
        self.how: Callable[[str, int], Post] = posting.safe

    def text(self, said: str, **more: str | int | float) -> str:
        return posting.text(self.openid, said, secrets.randbelow(10**17), int(time.time()), **more)

    def post(self, xml: str) -> httpx.Response:
        post = self.how(xml, int(time.time()))
        return self.http.post("/wechat", params=post.query, content=post.body, headers=post.headers)

    def hand_in(self, xml: str) -> str:
        """What comes back with the request; empty: nothing did."""
        response = self.post(xml)
        assert response.status_code == 200, response.text
        if response.text == "success":
            return ""
        root = ET.fromstring(response.text)
        if sealed := root.findtext("Encrypt"):
            root = ET.fromstring(posting.decrypt(sealed)[0])
        assert root.findtext("ToUserName") == self.openid
        return root.findtext("Content") or ""

    def say(self, said: str, **more: str | int | float) -> str:
        """All that she is told by it: with the request, or by the account's own hand at once."""
        before = len(self.wechat.sent(self.openid))
        answer = self.hand_in(self.text(said, **more))
        if not answer:
            self.wechat.wait_for(SEND, before + 1, self.openid)
            answer = self.menu_text()
        return answer

    def event(self, name: str, key: str | None = None, **more: str | int | float) -> str:
        return self.hand_in(posting.event(self.openid, name, int(time.time()), key, **more))

    def menu_text(self) -> str:
        body = self.wechat.sent(self.openid)[-1]
        assert body["msgtype"] == "msgmenu", body
        return str(body["msgmenu"]["head_content"])

    def book(self) -> str:
        """With what is offered first. The answer."""
        for said in (
            "帮我约明天上午去补办身份证",
            "1",
            "1",
            f"李晓梅，139{secrets.randbelow(10**8):08d}，身份证号不填",
        ):
            self.say(said)
        return self.hand_in(self.text("确认"))

    def tap(self, label: str) -> str:
        menu = next(body["msgmenu"] for body in reversed(self.wechat.sent(self.openid)) if body["msgtype"] == "msgmenu")
        number = next(option["id"] for option in menu["list"] if label in option["content"])
        return self.say(label, bizmsgmenuid=number)
