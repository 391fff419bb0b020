"""What staff change reaches a citizen on WeChat, from the running service."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta

import httpx
import pytest

from channels.own_page import PAGE_HEADER
from channels.wechat.rendering import wording
from service_hall.shared.clock import SHANGHAI
from tests.dialogue.on_wechat import OnWeChat
from tests.running_hall import ADMIN_PASSWORD
from tests.standins.wechat.server import SEND

pytestmark = pytest.mark.rasa
GUIDE = "id-card-lost"
MOST_ASKED = 20


def close_her_time(li: OnWeChat) -> None:
    """Staff close the office for as long as her only booking takes, and move whoever is booked then."""
    told = li.hand_in(li.text("我的预约"))
    found = re.search(r"(\d+)月(\d+)日.*?(\d+):(\d+)", told)
    assert found, told
    month, day, hour, minute = map(int, found.groups())
    with httpx.Client(base_url=li.http.base_url, timeout=30, trust_env=False, headers={PAGE_HEADER: "1"}) as clerk:
        offices = clerk.get("/api/offices", params={"guide_id": GUIDE}).json()["offices"]
        office_id = next(each["office_id"] for each in offices if each["name"] in told)
        openings = clerk.get("/api/appointments/openings", params={"guide_id": GUIDE, "office_id": office_id}).json()
        year = datetime.fromisoformat(openings["openings"][0]["starts_at"]).year
        begins = datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)
        signed_in = clerk.post("/api/counter/login", json={"name": "admin", "password": ADMIN_PASSWORD})
        assert signed_in.status_code == 200, signed_in.text
        hours = {"from": begins.isoformat(), "until": (begins + timedelta(minutes=15)).isoformat()}
        closed = clerk.post(f"/api/counter/{office_id}/closures", json={**hours, "reason": "设备检修", "do": "move"})
        assert closed.status_code == 201 and closed.json()["moved"], closed.text


def notices(li: OnWeChat) -> list[str]:
    return [text for text in li.wechat.texts(li.openid) if "改到" in text]


def test_a_change_reaches_her_at_once_and_once(li: OnWeChat) -> None:
    li.book()
    close_her_time(li)
    while not notices(li):
        time.sleep(0.1)  # another process takes part; pytest's time-out bounds it
    assert wording.say("notice") not in li.hand_in(li.text("大厅几点上班？"))
    assert len(notices(li)) == 1


def test_what_wechat_did_not_take_stands_below_the_answer_to_what_she_writes(li: OnWeChat) -> None:
    li.book()
    li.wechat.order(SEND, 45015, None)
    close_her_time(li)
    while not [call for call in li.wechat.calls if call.refused == 45015 and "改到" in str(call.body)]:
        time.sleep(0.1)
    answers = [li.hand_in(li.text("大厅几点上班？"))]
    while wording.say("notice") not in answers[-1] and len(answers) < MOST_ASKED:
        answers.append(li.hand_in(li.text("大厅几点上班？")))  # what takes longer than WeChat waits tells nothing
    answers += [li.hand_in(li.text("大厅几点上班？")) for _ in range(2)]
    told = [each for each in answers if wording.say("notice") in each]
    assert len(told) == 1 and "改到" in told[0] and notices(li) == []
