"""What the stand-in posts can be read as WeChat's own library reads it."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from tests.standins.wechat import AES_KEY, APP_ID, TOKEN, Call, StandIn, posting, standing_in
from tests.standins.wechat.__main__ import Citizen, talk
from tests.standins.wechat.server import SEND, serving

NOW = int(time.time())
HELLO = posting.text("openid-of-li", "您好😀", 1, NOW)


def test_a_plain_post_is_signed() -> None:
    query = posting.plain(HELLO, NOW).query
    check_signature(TOKEN, query["signature"], query["timestamp"], query["nonce"])


@pytest.mark.parametrize("compatible", [False, True])
def test_a_safe_post_opens_with_the_key(compatible: bool) -> None:
    post = posting.safe(HELLO, NOW, compatible=compatible)
    query = post.query
    opened = WeChatCrypto(TOKEN, AES_KEY, APP_ID).decrypt_message(
        post.body.decode(), query["msg_signature"], query["timestamp"], query["nonce"]
    )
    assert ET.fromstring(opened).findtext("Content") == "您好😀"
    assert (ET.fromstring(post.body).findtext("Content") is not None) is compatible


def test_what_is_encrypted_is_decrypted() -> None:
    assert posting.decrypt(posting.encrypt(HELLO)) == (HELLO, APP_ID)


def test_it_answers_over_http_and_refuses_who_has_no_token() -> None:
    with standing_in() as wechat:
        answer = httpx.post(f"{wechat.url}/cgi-bin/message/custom/send", params={"access_token": "none"}, json={})
        assert answer.json()["errcode"] == 40001 and wechat.sent() == []
        assert wechat.calls[0].refused == 40001


class Service:
    """Answers in time, late, or not at all, as the sentence wants it."""

    def __init__(self, wechat: StandIn) -> None:
        self.wechat = wechat
        self.posted: list[str] = []

    async def take(self, request: Request) -> Response:
        closed = ET.fromstring(await request.body()).findtext("Encrypt")
        message, _ = posting.decrypt(closed or "")
        self.posted.append(message)
        said = ET.fromstring(message).findtext("Content") or ""
        if said == "慢":
            self.wechat.note(Call(SEND, {}, {"msgtype": "text", "text": {"content": "晚来的回答。"}}))
            return Response("success")
        reply = posting.encrypt(posting.text("gh", f"听到：{said}", 1, NOW))
        return Response(f"<xml><Encrypt><![CDATA[{reply}]]></Encrypt></xml>", media_type="text/xml")


def test_who_types_is_answered_in_time_or_late() -> None:
    with standing_in() as wechat:
        service = Service(wechat)
        with serving(Starlette(routes=[Route("/wechat", service.take, methods=["POST"])])) as url:
            answers = list(talk(wechat, Citizen(url, "openid-of-li"), ["您好", "", "慢", "/scan office-1"], 2))
    assert answers == ["听到：您好", "晚来的回答。", "听到："]
    kinds = [ET.fromstring(each).findtext("MsgType") for each in service.posted]
    assert kinds == ["text", "text", "event"] and "office-1" in service.posted[-1]
