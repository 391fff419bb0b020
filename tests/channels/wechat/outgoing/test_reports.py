"""WeChat had taken a message, and tells afterwards that it did not arrive."""

from __future__ import annotations

from typing import Any

import pytest

from channels.wechat.outgoing.letters import Letter, State
from channels.wechat.outgoing.reports import hear
from service_hall.shared.ids import VisitorId
from service_hall.visits.notices import NoticeId
from tests.contract.sample_visits import NINE
from tests.fake_wechat import FakeLetters

LI = VisitorId("v_li")


@pytest.fixture
def letters() -> FakeLetters:
    """One as a template message, one as a subscription message."""
    letters = FakeLetters()
    for number, receipt in enumerate(("200163836", "template-of-sub")):
        notice_id = NoticeId(f"n_{number}")
        letters.post(Letter(notice_id, LI, "hall", "day_before", NINE, NINE))
        letters.settle(notice_id, State.SENT, NINE, receipt=receipt)
    return letters


def of_template(status: str, msg_id: str = "200163836") -> dict[str, Any]:
    return {"Event": "TEMPLATESENDJOBFINISH", "MsgID": msg_id, "Status": status}


def of_subscription(code: str, template_id: str = "template-of-sub") -> dict[str, Any]:
    entry = {"TemplateId": template_id, "MsgID": "17", "ErrorCode": code, "ErrorStatus": "x"}
    return {"Event": "subscribe_msg_sent_event", "SubscribeMsgSentEvent": {"List": entry}}


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (of_template("failed:user block"), State.KEPT),
        (of_template("failed: system failed"), State.DEAD),
        (of_template("failed:sender block"), State.DEAD),
        (of_subscription("43101"), State.KEPT),
        (of_subscription("20007"), State.DEAD),
    ],
)
def test_what_did_not_arrive_is_open_again(letters: FakeLetters, event: dict[str, Any], state: State) -> None:
    hear(letters, LI, event, NINE)
    [opened] = letters.open_for(LI)
    assert opened.state is state and letters.counts()[State.SENT] == 1
    hear(letters, LI, event, NINE)
    assert letters.open_for(LI) == [opened]


@pytest.mark.parametrize(
    "event",
    [
        of_template("success"),
        of_template("failed:user block", "another"),
        of_template("failed:user block", ""),
        of_subscription("0"),
        of_subscription("43101", "another"),
        {"Event": "TEMPLATESENDJOBFINISH"},
        {"Event": "subscribe_msg_sent_event", "SubscribeMsgSentEvent": {"List": ["x", {"ErrorCode": "²"}]}},
        {"Event": "subscribe_msg_sent_event", "SubscribeMsgSentEvent": "x"},
    ],
)
def test_what_arrived_or_is_not_in_form_changes_nothing(letters: FakeLetters, event: dict[str, Any]) -> None:
    hear(letters, LI, event, NINE)
    assert letters.open_for(LI) == []


def test_nobody_elses_letter_is_meant(letters: FakeLetters) -> None:
    hear(letters, VisitorId("v_wang"), of_template("failed:user block"), NINE)
    assert letters.open_for(LI) == []
