"""A booking's notices over WeChat: the whole house, and WeChat's stand-in over real HTTP."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from channels.wechat.api import OpenId
from channels.wechat.outgoing.letters import State
from server.wechat import OnWeChat
from service_hall.appointments.closing import Remedy, ToClose, close
from service_hall.reminders.delivering import deliver_due
from service_hall.visits.states import Status
from tests.channels.callers import TUESDAY, Clerk, Visitor
from tests.channels.web.conftest import Knock
from tests.fakes import TOWN_HALL
from tests.standins.wechat import StandIn, posting
from tests.standins.wechat.__main__ import shown
from tests.standins.wechat.account import settings_of
from tests.standins.wechat.server import SEND
from tests.town_house import SharedHallShelf, TownHouse
from tests.visit_town import moment

LI = OpenId("openid-of-li")


@pytest.fixture
def halls(tmp_path: Path, wechat: StandIn) -> TownHouse:
    return TownHouse(tmp_path, shelf=SharedHallShelf, **settings_of(wechat.url))


@pytest.fixture
def door(halls: TownHouse, knock: Knock) -> httpx.AsyncClient:
    """Nothing runs beside it."""
    return knock(halls)


@pytest.fixture
def account(halls: TownHouse) -> OnWeChat:
    assert halls.house.wechat
    return halls.house.wechat


@pytest.fixture
async def li(halls: TownHouse, door: httpx.AsyncClient, account: OnWeChat) -> Visitor:
    """Has booked for Tuesday at nine, and wrote a moment ago."""
    citizen = Visitor(door, 7, account.people.visitor_of(LI, halls.clock()))
    account.people.wrote(LI, halls.clock())
    await citizen.booked()
    return citizen


async def pass_on(halls: TownHouse, account: OnWeChat) -> None:
    """As the jobs do each second."""
    deliver_due(halls.house.hall.means, halls.house.notice_doors)
    await account.sending.send_due()


async def test_the_reminder_reaches_her_and_her_page(
    halls: TownHouse, account: OnWeChat, wechat: StandIn, li: Visitor
) -> None:
    halls.clock.at = moment(TUESDAY - timedelta(days=1), "18:00")
    await pass_on(halls, account)
    await pass_on(halls, account)
    [told] = wechat.texts(LI)
    assert told.startswith("提醒：您预约了6月2日（周二）9:00")
    [kept] = halls.records.pushed_after(li.visitor_id, 0)
    assert told.startswith(f"{kept.reply.text}\n")


async def test_nobody_is_woken_by_what_is_tried_again(
    halls: TownHouse, account: OnWeChat, wechat: StandIn, li: Visitor
) -> None:
    wechat.order(SEND, -1)
    halls.clock.at = moment(TUESDAY - timedelta(days=1), "18:00")
    await pass_on(halls, account)
    halls.clock.at = moment(TUESDAY - timedelta(days=1), "23:30")
    await pass_on(halls, account)
    assert wechat.texts(LI) == []
    halls.clock.at = moment(TUESDAY, "08:00")
    await pass_on(halls, account)
    assert [text[:5] for text in wechat.texts(LI)] == ["提醒：您预"] * 2, "of yesterday evening, and of this morning"


@pytest.mark.parametrize("says", ["2", "２。", "取消预约"])
async def test_what_can_be_done_about_it_is_taken_by_number_or_words(
    halls: TownHouse, account: OnWeChat, wechat: StandIn, li: Visitor, door: httpx.AsyncClient, says: str
) -> None:
    halls.clock.at = moment(TUESDAY - timedelta(days=1), "18:00")
    await pass_on(halls, account)
    [told] = wechat.texts(LI)
    assert told.endswith("回复序号：\n1. 改时间\n2. 取消预约")
    at = int(time.time())
    post = posting.plain(posting.text(LI, says, 1, at), at)
    answer = await door.post("/wechat", params=post.query, content=post.body, headers=post.headers)
    asked = "".join(shown(answer.text)) or wechat.wait_for(SEND, 2, LI)[-1].body["msgmenu"]["head_content"]
    assert "取消" in asked and "借书证" in asked
    [visit] = halls.house.hall.appointments.visits_of(li.visitor_id)
    assert visit.status is Status.BOOKED, "it is asked first"


async def test_what_wechat_does_not_take_staff_tell_by_telephone(
    halls: TownHouse, account: OnWeChat, wechat: StandIn, li: Visitor, knock: Knock
) -> None:
    clerk = Clerk(knock(halls)).signed_in(halls)
    wechat.order(SEND, 45002)
    nine = moment(TUESDAY, "09:00")
    close(halls.house.hall.means, ToClose(TOWN_HALL, nine, nine + timedelta(minutes=30), "停电"), Remedy.NOTIFY, "wang")
    await pass_on(halls, account)
    [entry] = (await clerk.did("GET", "/to-tell"))["to_tell"]
    assert entry["kind"] == "displaced" and "停办" in entry["sentence"] and LI not in str(entry)
    assert (await clerk.did("GET", "/1"))["to_tell"] == 1
    at = f"/to-tell/{entry['notice_id']}"
    assert (await clerk.did("POST", f"{at}/phone"))["phone"]
    assert (await clerk.did("POST", f"{at}/told"))["told"]
    assert (await clerk.did("GET", "/to-tell")) == {"to_tell": []}
    assert account.late.open_for(li.visitor_id, halls.clock()) == []
    assert account.letters.counts()[State.TOLD] == 1


async def test_what_was_told_in_an_answer_staff_need_not_tell(
    halls: TownHouse, account: OnWeChat, wechat: StandIn, li: Visitor, knock: Knock
) -> None:
    clerk = Clerk(knock(halls)).signed_in(halls)
    wechat.order(SEND, 48001)
    nine = moment(TUESDAY, "09:00")
    close(halls.house.hall.means, ToClose(TOWN_HALL, nine, nine + timedelta(minutes=30), "停电"), Remedy.NOTIFY, "wang")
    await pass_on(halls, account)
    assert len((await clerk.did("GET", "/to-tell"))["to_tell"]) == 1
    [(notice_id, reply)] = account.late.open_for(li.visitor_id, halls.clock())
    assert "停办" in reply.text
    account.late.told(notice_id, halls.clock())
    assert (await clerk.did("GET", "/to-tell")) == {"to_tell": []}


async def test_who_is_forgotten_leaves_no_letter(
    halls: TownHouse, account: OnWeChat, wechat: StandIn, li: Visitor
) -> None:
    halls.clock.at = moment(TUESDAY - timedelta(days=1), "18:00")
    deliver_due(halls.house.hall.means, halls.house.notice_doors)
    halls.house.forgotten.add(li.visitor_id, halls.clock())
    await account.sending.send_due()
    assert wechat.sent() == [] and sum(account.letters.counts().values()) == 0
    assert account.people.visitor_of(LI, halls.clock()) != li.visitor_id
