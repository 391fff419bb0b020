"""What the stand-in posts can be read as WeChat's own library reads it."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET

import httpx
import pytest
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from tests.standins.wechat import AES_KEY, APP_ID, TOKEN, posting, standing_in

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
