"""What WeChat's events tell of consent."""

from __future__ import annotations

from typing import Any

import pytest

from channels.wechat.api.parts import OpenId
from channels.wechat.outgoing.consents import hear
from tests.fake_wechat import FakeConsents
from tests.fakes import FixedClock

LI = OpenId("openid-of-li")
NOW = FixedClock()()


def entry(template: str, status: str) -> dict[str, str]:
    return {"TemplateId": template, "SubscribeStatusString": status, "PopupScene": "2"}


def popup(*entries: Any, name: str = "subscribe_msg_popup_event") -> dict[str, Any]:
    kept = "SubscribeMsgPopupEvent" if "popup" in name.lower() else "SubscribeMsgChangeEvent"
    return {"Event": name, kept: {"List": list(entries) if len(entries) != 1 else entries[0]}}


@pytest.mark.parametrize("name", ["subscribe_msg_popup_event", "SUBSCRIBE_MSG_POPUP_EVENT"])
def test_what_she_agrees_to_is_kept_and_what_she_refuses_is_gone(name: str) -> None:
    consents = FakeConsents()
    hear(consents, LI, popup(entry("t1", "accept"), entry("t2", "accept"), name=name), frozenset({"t2"}), NOW)
    assert [consents.use(LI, "t1") for _ in range(2)] == [True, False]
    assert [consents.use(LI, "t2") for _ in range(2)] == [True, True]
    hear(consents, LI, popup(entry("t2", "reject"), name="subscribe_msg_change_event"), frozenset({"t2"}), NOW)
    assert not consents.use(LI, "t2")


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"Event": "subscribe_msg_popup_event"},
        {"Event": "subscribe_msg_popup_event", "SubscribeMsgPopupEvent": None},
        {"Event": "subscribe_msg_popup_event", "SubscribeMsgPopupEvent": {"List": ["accept", None, {}]}},
        {"Event": "CLICK", "SubscribeMsgPopupEvent": {"List": entry("t1", "accept")}},
        popup({"TemplateId": ["t1"], "SubscribeStatusString": "accept"}),
        popup(entry("t1", "maybe")),
    ],
)
def test_what_is_not_in_form_is_no_consent(event: dict[str, Any]) -> None:
    consents = FakeConsents()
    hear(consents, LI, event, frozenset(), NOW)
    assert not consents.use(LI, "t1")
