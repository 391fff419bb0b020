"""The same suite of every sender of short messages."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import pytest

from server.settings import Settings
from server.sms import HttpSms, PrintedSms, sms_of
from service_hall.shared.sms import SmsSender
from tests.proofs import FakeSms

PHONE, TEXT = "13800000001", "【问办】预约验证码012345，10分钟内有效。"


@dataclass
class Sent:
    """A sender, and what has gone out through it."""

    sender: SmsSender
    messages: Callable[[], list[tuple[str, str]]]


def over_http() -> Sent:
    seen: list[tuple[str, str]] = []

    def take(request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        assert (request.method, str(request.url), body.keys()) == ("POST", "http://sms.test/send", {"phone", "text"})
        seen.append((body["phone"], body["text"]))
        return httpx.Response(202)

    return Sent(HttpSms("http://sms.test/send", httpx.MockTransport(take)), lambda: seen)


def printed() -> Sent:
    lines: list[str] = []
    return Sent(
        PrintedSms(lines.append),
        lambda: [(phone, text) for phone, _, text in (line.removeprefix("SMS to ").partition(": ") for line in lines)],
    )


def fake() -> Sent:
    sender = FakeSms()
    return Sent(sender, lambda: sender.sent)


@pytest.mark.parametrize("made", [over_http, printed, fake])
def test_a_message_goes_out_whole(made: Callable[[], Sent]) -> None:
    sent = made()
    assert sent.sender.send(PHONE, TEXT) is True
    assert sent.sender.send(PHONE, TEXT) is True
    assert sent.messages() == [(PHONE, TEXT)] * 2


def refuse(_: httpx.Request) -> httpx.Response:
    return httpx.Response(500, text=f"cannot send {TEXT}")


def hang_up(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError(f"no route for {PHONE}")


@pytest.mark.parametrize("gateway", [refuse, hang_up])
def test_a_gateway_that_fails_is_said_and_nothing_of_it_is_logged(
    gateway: Callable[[httpx.Request], httpx.Response], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert HttpSms("http://sms.test/?key=secret", httpx.MockTransport(gateway)).send(PHONE, TEXT) is False
    ours = "".join(record.getMessage() for record in caplog.records if record.name == "server.sms")
    assert "did not take a message" in ours
    assert not any(part in ours for part in (PHONE, "012345", "secret"))


def test_the_setting_chooses_the_sender() -> None:
    assert sms_of("") is None
    assert isinstance(sms_of("print:"), PrintedSms)
    assert isinstance(sms_of("http://127.0.0.1:1/sms"), HttpSms)


@pytest.mark.parametrize("url", ["ftp://sms.test", "sms.test", "print", "javascript:1"])
def test_what_is_no_address_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="sms_url"):
        Settings(sms_url=url)
