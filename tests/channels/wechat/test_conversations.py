"""What a citizen on WeChat meets: menus, numbers, cards, events, and long answers to their end."""

from __future__ import annotations

import asyncio

import pytest

from channels.wechat import desk
from channels.wechat.api.parts import OpenId
from channels.wechat.outgoing.letters import Letter, State
from channels.wechat.rendering import wording
from service_hall.conversation.reply import NoticeReply
from service_hall.visits.notices import NoticeId
from tests.channels.wechat.conftest import OnWeChat
from tests.standins.wechat import Fault, StandIn, posting
from tests.standins.wechat.server import SEND
from tests.town_house import TownHouse

THEMES = "有哪些主题"


def options_of(menu: str) -> dict[str, str]:
    """Label → id."""
    return {label: number for number, label in (line.split(" ", 1) for line in menu.splitlines()[1:])}


class TestMenus:
    async def test_choices_are_offered_to_be_tapped_and_the_tap_is_known_by_its_id(self, li: OnWeChat) -> None:
        assert await li.say(THEMES) == ""
        [menu] = await li.hear()
        label, number = next(iter(options_of(menu).items()))
        tapped = await li.say("别的字", bizmsgmenuid=number)
        [_, *more] = await li.hear(2) if not tapped else ["", tapped]
        assert label in more[0]

    async def test_an_old_menus_tap_is_told_to_be_past(self, li: OnWeChat) -> None:
        await li.say(THEMES)
        [old] = await li.hear()
        await li.say(THEMES)
        await li.hear(2)
        label, number = next(iter(options_of(old).items()))
        assert await li.say(label, bizmsgmenuid=number) == wording.say("past_menu")
        assert await li.say(label, bizmsgmenuid="no number") == wording.say("past_menu")

    @pytest.mark.parametrize("fault", [40200, 48001, 45047, Fault("disconnect"), Fault("hang", seconds=5)])
    async def test_where_it_may_not_be_sent_the_options_are_numbered_lines(
        self, li: OnWeChat, fault: int | Fault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(desk, "MENU_SECONDS", 0.3)
        li.wechat.order(SEND, fault, None)
        answer = await li.say(THEMES)
        first = next(line for line in answer.splitlines() if line.startswith("1. "))
        li.wechat.clear()
        picked = await li.say("第一个")
        assert first.removeprefix("1. ") in picked or await li.hear()

    async def test_an_unverified_account_is_not_asked_again_for_every_menu(self, li: OnWeChat) -> None:
        li.wechat.answers.is_certified = False
        answers = [await li.say(THEMES) for _ in range(3)]
        assert all("1. " in answer for answer in answers)
        assert len([call for call in li.wechat.calls if call.path == SEND]) == 1

    async def test_a_place_in_the_list_needs_no_menu(self, li: OnWeChat) -> None:
        li.wechat.answers.is_certified = False
        listed = await li.say(THEMES)
        first = next(line for line in listed.splitlines() if line.startswith("1. ")).removeprefix("1. ")
        assert first in await li.say("第一个")


class TestBookings:
    async def test_a_booking_has_a_card_with_a_link_and_its_code_as_a_picture(self, li: OnWeChat) -> None:
        for text in ("约明天上午十点办借书证首次办理", "张三，13800000001"):
            await li.say(text)
        await li.hear()
        confirm = next(each for label, each in _menu_options(li.wechat).items() if label == "确认预约")
        answer = await li.say("确认预约", bizmsgmenuid=confirm)
        assert "预约码" in answer and "要带的材料" in answer and '<a href="http' in answer
        _, card, picture = await li.hear(3)
        assert card == "借书证首次办理 http://127.0.0.1:8000/wechat/enter?to=/chat" and picture == "image"


def _menu_options(wechat: StandIn) -> dict[str, str]:
    menu = next(body["msgmenu"] for body in reversed(wechat.sent()) if body["msgtype"] == "msgmenu")
    return {option["content"]: option["id"] for option in menu["list"]}


class TestEvents:
    @pytest.fixture(autouse=True)
    def uncertified(self, wechat: StandIn) -> None:
        wechat.answers.is_certified = False

    async def test_whoever_follows_is_greeted_and_shown_what_can_be_asked(self, li: OnWeChat) -> None:
        answer = await li.event("subscribe")
        assert answer.startswith(wording.say("follow")) and "1. " in answer

    async def test_whoever_leaves_gets_no_answer_and_is_known_to_have_left(self, li: OnWeChat, town: TownHouse) -> None:
        await li.say("养狗证要什么材料？")
        assert await li.event("unsubscribe") == ""
        wechat = town.house.wechat
        assert wechat
        contact = wechat.people.contact_of(wechat.people.visitor_of(OpenId(li.openid), town.clock()))
        assert contact and not contact.follows

    async def test_a_button_is_as_good_as_its_words(self, li: OnWeChat) -> None:
        assert "预约" in await li.event("CLICK", "我的预约")

    async def test_two_buttons_of_one_second_are_both_answered(self, li: OnWeChat) -> None:
        answers = await asyncio.gather(li.event("CLICK", "我的预约"), li.event("CLICK", "养狗证要什么材料？"))
        assert all(answers)

    async def test_an_automatic_report_of_her_place_is_silent_and_takes_nobody_elses_key(
        self, li: OnWeChat, town: TownHouse
    ) -> None:
        assert await li.event("LOCATION", Latitude=30.0, Longitude=110.0, Precision=5) == ""
        assert await li.event("CLICK", "我的预约") != ""
        assert len(town.rasa.heard) == 1

    async def test_her_place_lists_the_nearest_offices_with_their_distance(self, li: OnWeChat) -> None:
        xml = posting.xml(li.openid, "location", 5, Location_X=30.0, Location_Y=110.0, MsgId=7)
        answer = (await li.post(xml)).text
        assert "离您最近的大厅" in answer and "约" in answer

    @pytest.mark.parametrize("fields", [{}, {"Recognition": ""}])
    async def test_a_picture_does_not_disturb_what_is_being_asked(self, li: OnWeChat, fields: dict[str, str]) -> None:
        await li.say("约明天上午十点办借书证首次办理")
        picture = posting.xml(li.openid, "voice" if fields else "image", 5, MediaId="m", MsgId=7, **fields)
        assert "文字" in (await li.post(picture)).text
        assert "请核对" in await li.say("张三，13800000001")


class TestWhatGoesOut:
    async def test_a_consent_that_comes_three_times_is_one(self, li: OnWeChat, town: TownHouse) -> None:
        chosen = {"List": {"TemplateId": "t1", "SubscribeStatusString": "accept", "PopupScene": "1"}}
        fields = "".join(f"<{name}>{value}</{name}>" for name, value in chosen["List"].items())
        xml = posting.event(li.openid, "subscribe_msg_popup_event", 5).replace(
            "</xml>", f"<SubscribeMsgPopupEvent><List>{fields}</List></SubscribeMsgPopupEvent></xml>"
        )
        for _ in range(3):
            assert (await li.post(xml)).text == "success"
        assert town.house.wechat
        used = [town.house.wechat.consents.use(OpenId(li.openid), "t1") for _ in range(2)]
        assert used == [True, False]

    async def test_a_template_message_that_wechat_could_not_hand_over_is_open_again(
        self, li: OnWeChat, town: TownHouse
    ) -> None:
        wechat, now = town.house.wechat, town.clock()
        assert wechat
        visitor_id = wechat.people.visitor_of(OpenId(li.openid), now)
        wechat.letters.post(Letter(NoticeId("n_1"), visitor_id, "hall", "day_before", now, now))
        wechat.letters.settle(NoticeId("n_1"), State.SENT, now, receipt="200163836")
        assert await li.event("TEMPLATESENDJOBFINISH", MsgID=200163836, Status="failed: system failed") == ""
        assert [each.state for each in wechat.letters.open_for(visitor_id)] == [State.DEAD]

    async def test_a_notice_that_did_not_reach_her_stands_beside_the_answer_to_what_she_writes(
        self, li: OnWeChat, town: TownHouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert town.house.wechat
        waiting = [(NoticeId("n_1"), NoticeReply(text="明天10:00请来办事。", kind="day_before"))]
        told: list[NoticeId] = []
        monkeypatch.setattr(
            town.house.wechat.late, "open_for", lambda *_: [each for each in waiting if each[0] not in told]
        )
        monkeypatch.setattr(town.house.wechat.late, "told", lambda notice_id, _: told.append(notice_id))
        answer = await li.say("养狗证要什么材料？")
        own, heading, notice = answer.partition(wording.say("notice"))
        assert "给狗上证" in own and heading and "明天10:00" in notice
        while not told:
            await asyncio.sleep(0.01)
        assert "明天10:00" not in await li.say("养狗证要什么材料？")


class TestLongAnswers:
    @pytest.fixture(autouse=True)
    def short_messages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As if WeChat took much less: the town's answers are short."""
        monkeypatch.setattr("channels.wechat.composing.MOST_BYTES", 300)
        monkeypatch.setattr("channels.wechat.composing._SHORTEST", 60)

    async def test_the_rest_follows_by_hand(self, li: OnWeChat) -> None:
        answer = await li.say("借书证丢了怎么补办")
        [rest] = await li.hear()
        assert "补办借书证" in answer and wording.say("more") not in answer and "预约办理" in rest

    async def test_where_it_may_not_she_is_told_and_hears_it_when_she_asks(self, li: OnWeChat) -> None:
        li.wechat.answers.is_certified = False
        await li.say("借书证丢了怎么补办")  # now it is known
        while not [call for call in li.wechat.calls if call.refused == 48001]:
            await asyncio.sleep(0.01)
        heard = [await li.say("养狗证怎么办？")]
        assert heard[0].endswith(wording.say("more"))
        while heard[-1].endswith(wording.say("more")):
            heard.append(await li.say("继续"))
        assert "预约办理" in heard[-1] and len(heard) < 12
        assert wording.say("goes_on_with") not in await li.say("继续")
