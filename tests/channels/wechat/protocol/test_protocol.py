"""What is WeChat's and well formed is read, in each mode; whatever else is turned away, and never raises anything else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import random

import pytest
from wechatpy.crypto import WeChatCrypto

from channels.wechat.protocol import (
    Account,
    Foreign,
    Incoming,
    Malformed,
    check_verification,
    open_request,
    read,
    write,
)
from channels.wechat.protocol.envelope import MOST_BYTES, unwrap

TOKEN, APP_ID = "token-of-the-tests", "wx0123456789abcdef"
KEY, EARLIER_KEY = ("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba")
NOW = 1_780_000_000
PLAIN, SAFE = Account(TOKEN, APP_ID), Account(TOKEN, APP_ID, (KEY, EARLIER_KEY))
XML = (
    "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o-Citizen_1]]></FromUserName>"
    "<CreateTime>1780000000</CreateTime><MsgType><![CDATA[text]]></MsgType>"
    "<Content><![CDATA[{content}]]></Content><MsgId>24000000000000001</MsgId></xml>"
)


def signed(*parts: str) -> str:
    return hashlib.sha1("".join(sorted((TOKEN, *parts))).encode()).hexdigest()


def query(at: int = NOW, **more: str) -> dict[str, str]:
    return {"timestamp": str(at), "nonce": "n", "signature": signed(str(at), "n"), **more}


def sealed(xml: str, key: str = KEY, app_id: str = APP_ID, at: int = NOW) -> tuple[dict[str, str], str]:
    """The query of a request in safe mode, and what stands in its Encrypt."""
    written = WeChatCrypto(TOKEN, key, app_id).encrypt_message(xml, "n", str(at))
    encrypt = unwrap(written.encode())["Encrypt"]
    return query(at, encrypt_type="aes", msg_signature=signed(str(at), "n", encrypt)), encrypt


def heard(account: Account, asked: dict[str, str], body: str) -> Incoming:
    return read(open_request(account, asked, body.encode(), NOW).fields)


class TestModes:
    def test_a_plain_message_is_read(self) -> None:
        message = heard(PLAIN, query(), XML.format(content="身份证丢了"))
        assert (message.openid, message.account, message.kind) == ("o-Citizen_1", "gh_1", "text")
        assert message.text_of("Content") == "身份证丢了"

    @pytest.mark.parametrize("key", [KEY, EARLIER_KEY])
    def test_a_sealed_message_is_read_with_the_present_and_the_earlier_key_and_answered_with_that_one(
        self, key: str
    ) -> None:
        asked, encrypt = sealed(XML.format(content="身份证丢了"), key)
        opened = open_request(SAFE, asked, f"<xml><Encrypt>{encrypt}</Encrypt></xml>".encode(), NOW)
        assert read(opened.fields).text_of("Content") == "身份证丢了"
        fields = unwrap(opened.seal("<xml><a>好</a></xml>").encode())
        crypto = WeChatCrypto(TOKEN, key, APP_ID)
        answer = crypto.decrypt_message(fields, fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"])
        assert answer == "<xml><a>好</a></xml>"

    def test_a_key_whose_last_character_has_bits_to_spare_is_the_same_key(self) -> None:
        spare = KEY[:-1] + chr(ord(KEY[-1]) + 1)
        assert base64.b64decode(spare + "=") == base64.b64decode(KEY + "=")
        asked, encrypt = sealed(XML.format(content="好"), spare)
        assert heard(SAFE, asked, f"<xml><Encrypt>{encrypt}</Encrypt></xml>").text_of("Content") == "好"

    def test_in_compatible_mode_what_is_sealed_counts(self) -> None:
        asked, encrypt = sealed(XML.format(content="封着的"))
        body = XML.format(content="明着的").replace("</xml>", f"<Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>")
        assert heard(SAFE, asked, body).text_of("Content") == "封着的"
        assert heard(PLAIN, asked, body).text_of("Content") == "明着的"

    def test_a_foreign_account_is_turned_away(self) -> None:
        asked, encrypt = sealed(XML.format(content="好"), app_id="wxother")
        with pytest.raises(Foreign):
            heard(SAFE, asked, f"<xml><Encrypt>{encrypt}</Encrypt></xml>")


class TestSignatures:
    @pytest.mark.parametrize("wrong", ["", "0" * 40, "é", signed("1", "n")])
    def test_a_plain_request_without_the_right_signature_is_turned_away(self, wrong: str) -> None:
        with pytest.raises(Foreign):
            open_request(PLAIN, query() | {"signature": wrong}, XML.encode(), NOW)
        with pytest.raises(Foreign):
            open_request(PLAIN, {}, XML.encode(), NOW)

    @pytest.mark.parametrize("which", ["signature", "msg_signature"])
    def test_a_sealed_request_needs_both_of_its_signatures_to_be_right(self, which: str) -> None:
        asked, encrypt = sealed(XML.format(content="好"))
        with pytest.raises(Foreign):
            heard(SAFE, asked | {which: "0" * 40}, f"<xml><Encrypt>{encrypt}</Encrypt></xml>")

    def test_a_sealed_request_without_its_own_signature_is_turned_away(self) -> None:
        asked, encrypt = sealed(XML.format(content="好"))
        asked.pop("msg_signature")
        with pytest.raises(Foreign):
            heard(SAFE, asked, f"<xml><Encrypt>{encrypt}</Encrypt></xml>")

    @pytest.mark.parametrize("at", [NOW - 301, NOW + 301, 0])
    def test_a_stale_timestamp_is_turned_away_though_it_is_signed(self, at: int) -> None:
        with pytest.raises(Foreign):
            check_verification(PLAIN, query(at), NOW)
        asked, encrypt = sealed(XML.format(content="好"), at=at)
        asked.pop("signature")
        with pytest.raises(Foreign):
            heard(SAFE, asked, f"<xml><Encrypt>{encrypt}</Encrypt></xml>")

    @pytest.mark.parametrize("at", ["", "-1", "1e9", "九", "9" * 40, "²"])
    def test_a_timestamp_that_is_none_is_turned_away(self, at: str) -> None:
        with pytest.raises(Foreign):
            check_verification(PLAIN, {"timestamp": at, "nonce": "n", "signature": signed(at, "n")}, NOW)


HOSTILE = [
    b"",
    b"hello",
    b"<xml>",
    b"<xml></xml>",
    b"<xml/>",
    b"<other><MsgType>text</MsgType></other>",
    b"<xml><MsgType>text</MsgType></xml><xml></xml>",
    b"\xff\xfe\x00",
    b"<?xml version='1.0' encoding='no-such'?><xml></xml>\xff",
    b'<!DOCTYPE xml [<!ENTITY a "aaaa">]><xml><MsgType>&a;</MsgType></xml>',
    b'<!DOCTYPE xml SYSTEM "http://127.0.0.1/x"><xml><MsgType>text</MsgType></xml>',
    b"<xml>" + b"<a>" * 3000 + b"</a>" * 3000 + b"</xml>",
    b"<xml>" + b"<a></a>" * 9000 + b"</xml>",
    b"<xml a='1'><MsgType>text</MsgType></xml>",
    XML.format(content="好").replace("<MsgType>", "<MsgType><b>").replace("</MsgType>", "</b></MsgType>").encode(),
    XML.format(content="好").replace("o-Citizen_1", "").encode(),
    XML.format(content="好").replace("o-Citizen_1", "o Citizen").encode(),
    XML.format(content="好").replace("gh_1", "").encode(),
    XML.format(content="好").replace("1780000000", "soon").encode(),
    XML.format(content="好").replace("<MsgId>", "<MsgId>1</MsgId><MsgId>").encode(),
    XML.format(content="好").replace("[text]", "[event]").encode(),
    b"<xml>" + b"x" * MOST_BYTES + b"</xml>",
]


class TestWhatIsMalformed:
    @pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
    def test_it_is_turned_away_as_that(self, body: bytes) -> None:
        with pytest.raises(Malformed):
            read(open_request(PLAIN, query(), body, NOW).fields)

    @pytest.mark.parametrize("encrypt", ["", "no base64 °", "QUJD", base64.b64encode(b"x" * 64).decode()])
    def test_so_is_what_does_not_decrypt(self, encrypt: str) -> None:
        asked = query(encrypt_type="aes", msg_signature=signed(str(NOW), "n", encrypt))
        with pytest.raises(Malformed):
            heard(SAFE, asked, f"<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>")

    def test_a_message_that_was_damaged_on_the_way_is_read_or_turned_away_and_nothing_else(self) -> None:
        chance = random.Random(7)
        whole = XML.format(content="身份证丢了怎么补办").encode()
        for _ in range(2000):
            body = bytearray(whole)
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(body))
                body[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
            try:
                read(open_request(PLAIN, query(), bytes(body), NOW).fields)
            except Malformed:
                continue


class TestWhatCitizensPaste:
    def test_forbidden_characters_are_stripped_and_the_rest_is_read(self) -> None:
        body = XML.format(content="身份证\x00丢\x1b了\x0b").encode().replace("了".encode(), b"\xe4\xba\x86\xed\xa0\xbd")
        assert read(open_request(PLAIN, query(), body, NOW).fields).text_of("Content") == "身份证丢了"

    @pytest.mark.parametrize("text", ["<!DOCTYPE html>", "&#1;&a;", "第一行\n第二行", "👨‍👩‍👧好", "<b>&amp;"])
    def test_markup_and_emoji_are_text(self, text: str) -> None:
        assert heard(PLAIN, query(), XML.format(content=text)).text_of("Content") == text


class TestTheAnswer:
    @pytest.mark.parametrize("text", ["a]]>b", "]]]>", "<xml>&", "第一行\n👨‍👩‍👧", "]]>]]>", "]]"])
    def test_any_text_comes_out_as_it_went_in(self, text: str) -> None:
        to = heard(PLAIN, query(), XML.format(content="好"))
        fields = unwrap(write(text, to, NOW).encode())
        assert fields == {
            "ToUserName": "o-Citizen_1",
            "FromUserName": "gh_1",
            "CreateTime": str(NOW),
            "MsgType": "text",
            "Content": text,
        }

    def test_what_xml_forbids_is_left_out(self) -> None:
        to = heard(PLAIN, query(), XML.format(content="好"))
        assert unwrap(write("a\x00\ud800b", to, NOW).encode())["Content"] == "ab"


def event(**fields: str) -> Incoming:
    about = {"FromUserName": "o1", "ToUserName": "gh_1", "CreateTime": "5", "MsgType": "event"}
    return read(about | fields)


class TestKeys:
    def test_two_events_of_one_second_are_two(self) -> None:
        keys = {
            event(Event="CLICK", EventKey="book").key,
            event(Event="click", EventKey="mine").key,
            event(Event="VIEW", EventKey="book").key,
            event(Event="CLICK", EventKey="book", CreateTime="6").key,
        }
        assert len(keys) == 4
        assert event(Event="CLICK", EventKey="book").key == event(Event="click", EventKey="book").key

    def test_the_same_number_of_another_citizen_is_another_message(self) -> None:
        text = {"MsgType": "text", "MsgId": "7"}
        assert event(**text).key != event(**text, FromUserName="o2").key

    def test_messages_without_a_number_are_told_apart_by_what_they_say(self) -> None:
        assert event(MsgType="text", Content="好").key != event(MsgType="text", Content="不好").key

    @pytest.mark.parametrize(
        ("fields", "scene"),
        [
            ({"Event": "subscribe", "EventKey": "qrscene_office1"}, "office1"),
            ({"Event": "Subscribe", "EventKey": "last_trade_no_1"}, ""),
            ({"Event": "subscribe"}, ""),
            ({"Event": "SCAN", "EventKey": "office1"}, "office1"),
            ({"Event": "CLICK", "EventKey": "qrscene_office1"}, ""),
        ],
    )
    def test_only_a_scan_has_a_scene(self, fields: dict[str, str], scene: str) -> None:
        assert event(**fields).scene == scene

    @pytest.mark.parametrize("value", ["nan", "inf", "91", "x", ""])
    def test_what_is_nowhere_on_earth_is_no_place(self, value: str) -> None:
        assert event(MsgType="location", Location_X=value, Location_Y="110").location is None


@pytest.mark.parametrize("mode", ["verification", "plain", "safe"])
def test_no_signature_is_compared_letter_by_letter(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bytes] = []
    honest = hmac.compare_digest

    def noted(ours: bytes, shown: bytes) -> bool:
        compared.append(shown)
        return honest(ours, shown)

    monkeypatch.setattr(hmac, "compare_digest", noted)
    asked, encrypt = sealed(XML.format(content="好")) if mode == "safe" else (query(), "")
    match mode:
        case "verification":
            check_verification(PLAIN, asked, NOW)
        case "plain":
            heard(PLAIN, asked, XML.format(content="好"))
        case _:
            heard(SAFE, asked, f"<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>")
    assert {value.encode() for name, value in asked.items() if "signature" in name} == set(compared)
