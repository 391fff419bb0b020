"""The emergency notice and the switch to the search alone: who may, what citizens see, and that both are noted."""

from __future__ import annotations

import httpx
import pytest

from channels.console.shell.navigation import open_to
from service_hall.conversation.message import CitizenMessage, Door
from service_hall.conversation.reply import TextReply
from service_hall.shared.ids import VisitorId
from service_hall.staff.audit import Wanted
from service_hall.staff.member import Member
from service_hall.staff.roles import Role
from tests.channels.console.shell.desk import AtDesk
from tests.channels.web.conftest import Citizen, Knock
from tests.fakes import EAST, TOWN_HALL
from tests.town_house import TownHouse

ORDERS = "/console/orders"
NOTICE = "今天下午停电<暂停办理>，已预约的会另行通知。"
DRAWN = "今天下午停电&lt;暂停办理&gt;，已预约的会另行通知。"


@pytest.fixture
def reviewer(halls: TownHouse, knock: Knock) -> AtDesk:
    return AtDesk(knock(halls)).signed_in(halls, "审核员", Role.REVIEWER)


@pytest.fixture
def admin(halls: TownHouse, knock: Knock) -> AtDesk:
    return AtDesk(knock(halls)).signed_in(halls, "王主任", Role.ADMINISTRATOR)


async def replies(halls: TownHouse, visitor: str, text: str, door: Door = Door.WECHAT) -> list[str]:
    message = CitizenMessage(VisitorId(visitor), halls.clock(), text, door=door)
    return [each.text for each in (await halls.house.switchboard.receive(message)).replies]


class TestTheNotice:
    async def test_stands_on_every_page_and_is_told_to_those_that_are_open(
        self, halls: TownHouse, door: httpx.AsyncClient, reviewer: AtDesk
    ) -> None:
        assert (await door.get("/api/notice")).json() == {"notice": None}
        pages = ("/", "/chat", "/guides", "/widget/chat", f"/kiosk?office={TOWN_HALL}", f"/board/{TOWN_HALL}")
        for page in pages:
            assert 'class="emergency" role="alert" hidden' in (await door.get(page)).text
        assert "通知已发出" in await reviewer.did(f"{ORDERS}/notice", {"text": NOTICE}, ORDERS)
        for page in pages:
            shown = (await door.get(page)).text
            assert DRAWN in shown and 'class="emergency" role="alert" hidden' not in shown
        told = (await door.get("/api/notice")).json()["notice"]
        assert told == {"text": NOTICE, "since": halls.clock().isoformat()}
        assert "通知已撤下" in await reviewer.did(f"{ORDERS}/notice/end", page=ORDERS)
        assert (await door.get("/api/notice")).json() == {"notice": None}
        ended, put_up = [line.entry for line in halls.house.audit.lines(Wanted(what="notice."))]
        assert (put_up.by, put_up.after, ended.before) == ("审核员", {"text": NOTICE}, {"text": NOTICE})

    async def test_is_said_first_on_wechat_once_to_each_citizen(self, halls: TownHouse, reviewer: AtDesk) -> None:
        await reviewer.did(f"{ORDERS}/notice", {"text": NOTICE}, ORDERS)
        first = await replies(halls, "w_1", "借书证丢了怎么补办")
        assert first[0] == NOTICE and len(first) > 1
        assert NOTICE not in await replies(halls, "w_1", "要多少钱")
        assert (await replies(halls, "w_2", "你好"))[0] == NOTICE
        assert NOTICE not in await replies(halls, "v_3", "你好", door=Door.WEB)
        await reviewer.did(f"{ORDERS}/notice", {"text": "已经来电。"}, ORDERS)
        assert (await replies(halls, "w_1", "你好"))[0] == "已经来电。"
        kept = halls.records.turns_of(VisitorId("w_1"))
        assert sum(TextReply(text=NOTICE) in each.replies for each in kept) == 1

    @pytest.mark.parametrize("text", ["", " \n ", "长" * 201])
    async def test_that_says_nothing_or_too_much_is_refused(
        self, halls: TownHouse, reviewer: AtDesk, text: str
    ) -> None:
        assert (await reviewer.send(f"{ORDERS}/notice", {"text": text}, ORDERS)).status_code == 422
        assert halls.house.hall.orders.now().notice is None


class TestTheSwitch:
    async def test_lets_the_search_alone_answer(self, halls: TownHouse, door: httpx.AsyncClient, admin: AtDesk) -> None:
        citizen = Citizen(door)
        await citizen.say("你好")
        asked = len(halls.rasa.heard)
        assert "只用检索" in await admin.did(f"{ORDERS}/search-only", {"on": "on"}, ORDERS)
        answer = await citizen.say("借书证丢了怎么补办")
        assert answer["outcome"] == "answered" and answer["replies"][0]["guide_id"] == "library-card-lost"
        assert len(halls.rasa.heard) == asked
        assert "已恢复" in await admin.did(f"{ORDERS}/search-only", page=ORDERS)
        await citizen.say("你好")
        assert len(halls.rasa.heard) == asked + 1
        deeds = [line.entry.what for line in halls.house.audit.lines(Wanted(what="search_only."))]
        assert deeds == ["search_only.off", "search_only.on"]

    async def test_is_for_administrators_alone(self, halls: TownHouse, reviewer: AtDesk, knock: Knock) -> None:
        assert "要由管理员来开关" in await reviewer.look(ORDERS)
        assert (await reviewer.send(f"{ORDERS}/search-only", {"on": "on"}, ORDERS)).status_code == 403
        assert not halls.house.hall.orders.now().is_search_only
        clerk = AtDesk(knock(halls)).signed_in(halls, "窗口", Role.CLERK)
        await clerk.look(ORDERS, 403)


async def test_whoever_is_limited_to_a_district_gives_no_orders_to_the_whole_city(
    halls: TownHouse, knock: Knock, admin: AtDesk
) -> None:
    limited = AtDesk(knock(halls)).signed_in(halls, "东区主任", Role.ADMINISTRATOR, regions=frozenset({EAST}))
    csrf = await limited.csrf("/console")
    await limited.look(ORDERS, 403)
    for path, said in (("notice", {"text": NOTICE}), ("notice/end", {}), ("search-only", {"on": "on"})):
        assert (await limited.http.post(f"{ORDERS}/{path}", data={"csrf": csrf, **said})).status_code == 403
    orders = halls.house.hall.orders.now()
    assert orders.notice is None and not orders.is_search_only
    of_town = AtDesk(knock(halls)).signed_in(
        halls, "镇主任", Role.REVIEWER, regions=frozenset({str(halls.house.hall.library().home)})
    )
    assert "通知已发出" in await of_town.did(f"{ORDERS}/notice", {"text": NOTICE}, ORDERS)


def test_the_menu_shows_each_role_what_it_may_use() -> None:
    def paths(*roles: Role) -> set[str]:
        member = Member("x", frozenset(roles))
        return {each.path for corridor in open_to(member) for each in corridor.entrances}

    assert ORDERS in paths(Role.REVIEWER) and "/console/staff" not in paths(Role.REVIEWER)
    assert {"/counter", "/console/account"} <= paths(Role.CLERK)
    assert paths() == set()
