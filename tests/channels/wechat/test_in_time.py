"""Each message is answered once and in time, whatever Rasa and WeChat's interfaces do."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from channels.wechat import desk
from channels.wechat.api.parts import OpenId
from channels.wechat.late import LEASE, NOT_YET, Owed
from channels.wechat.rendering import wording
from server.app import make_app
from server.storage.wechat_schema import wechat_late_answers
from service_hall.shared.errors import OutOfReach
from service_hall.shared.ids import MessageId, VisitorId
from tests.channels.wechat.conftest import OnWeChat, answer_in
from tests.stand_ins import Heard
from tests.standins.wechat import Fault, StandIn
from tests.standins.wechat.account import settings_of
from tests.standins.wechat.server import SEND, TYPING
from tests.town_house import TownHouse

LOST, DOG = "借书证丢了怎么补办", "养狗证要什么材料？"
HEADING = wording.say("before", said=LOST)


class Slow:
    """Rasa has no answer to `LOST` until it may. Until it is asked for it, WeChat has little patience; after that it has
    all the time in the world."""

    def __init__(self, town: TownHouse, patch: pytest.MonkeyPatch) -> None:
        self.in_work, self.may_answer, self._patch = asyncio.Event(), asyncio.Event(), patch
        patch.setattr(desk, "PASSIVE_SECONDS", 0.1)
        town.rasa.before = self._before

    async def _before(self, heard: Heard) -> None:
        if heard["message"] == LOST:
            self._patch.setattr(desk, "PASSIVE_SECONDS", 30.0)
            self.in_work.set()
            await self.may_answer.wait()


@pytest.fixture
def slow(town: TownHouse, monkeypatch: pytest.MonkeyPatch) -> Slow:
    return Slow(town, monkeypatch)


async def kept(town: TownHouse, count: int) -> None:
    """Until so many answers are kept and nobody is saying them."""
    while True:
        with town.house.engine.begin() as transaction:
            rows = transaction.execute(wechat_late_answers.select()).all()
        if len(rows) == count and all(row.leased_until <= town.clock() for row in rows):
            return
        await asyncio.sleep(0.01)


class TestLate:
    async def test_it_is_typing_and_then_says_it_by_itself(self, li: OnWeChat, slow: Slow) -> None:
        assert await li.say(LOST) == ""
        slow.may_answer.set()
        [text] = await li.hear()
        assert text.startswith("补办借书证")
        assert [call.body["command"] for call in li.wechat.of(TYPING, li.openid)] == ["Typing"]

    @pytest.mark.parametrize("code", [48001, 45015, 45047, -1])
    async def test_what_is_not_allowed_is_said_beside_the_next_answer_and_she_is_told_so(
        self, town: TownHouse, li: OnWeChat, slow: Slow, code: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("channels.wechat.pushing.RETRY_SECONDS", 0.0)
        li.wechat.order(SEND, code, None)
        assert await li.say(LOST) == ""
        slow.may_answer.set()
        await kept(town, 1)
        answer = await li.say(DOG)
        own, heading, late = answer.partition(HEADING)
        assert "给狗上证" in own and heading and "补办借书证" in late
        assert HEADING not in await li.say(DOG)
        await kept(town, 0)
        assert li.wechat.sent() == []

    async def test_it_is_kept_over_a_restart(self, town: TownHouse, li: OnWeChat, slow: Slow, tmp_path: Path) -> None:
        li.wechat.answers.is_certified = False
        await li.say(LOST)
        slow.may_answer.set()
        await kept(town, 1)
        li.door = at(town)
        assert HEADING in await li.say(DOG)

    async def test_what_she_has_deleted_meanwhile_is_not_said(self, town: TownHouse, li: OnWeChat, slow: Slow) -> None:
        li.wechat.answers.is_certified = False
        await li.say(LOST)
        slow.may_answer.set()
        await kept(town, 1)
        town.records.forget_conversation(visitor_of(town, li))
        assert HEADING not in await li.say(DOG)

    async def test_two_late_answers_come_in_their_order_each_once(
        self, li: OnWeChat, slow: Slow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = asyncio.create_task(li.say(LOST))
        await slow.in_work.wait()
        monkeypatch.setattr(desk, "PASSIVE_SECONDS", 0.1)
        second = asyncio.create_task(li.say(DOG))
        assert [await first, await second] == ["", ""]
        slow.may_answer.set()
        one, other = await li.hear(2)
        assert one.startswith("补办借书证") and other.startswith("给狗上证")

    async def test_one_who_waits_holds_up_nobody_else(self, li: OnWeChat, wang: OnWeChat, slow: Slow) -> None:
        waiting = asyncio.create_task(li.say(LOST))
        await slow.in_work.wait()
        assert "给狗上证" in await wang.say(DOG)
        assert await waiting == ""
        slow.may_answer.set()
        await li.hear()

    async def test_interfaces_that_hang_leave_the_door_answering(
        self, li: OnWeChat, wang: OnWeChat, slow: Slow
    ) -> None:
        li.wechat.order("*", Fault("hang", seconds=60), None)
        assert await li.say(LOST) == ""
        slow.may_answer.set()
        for _ in range(5):
            assert "给狗上证" in await wang.say(DOG)

    async def test_without_rasa_it_is_answered_all_the_same(self, town: TownHouse, li: OnWeChat) -> None:
        town.rasa.is_up = False
        assert "补办借书证" in await li.say(LOST)


class TestCutOff:
    """The service is killed after WeChat was told `success`."""

    async def test_she_is_told_by_hand_that_her_question_was_lost(
        self, li: OnWeChat, town: TownHouse, slow: Slow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert await li.say(LOST) == ""  # and its answer is never found
        await promised(town)
        town.clock.at += LEASE
        monkeypatch.setattr(desk, "LEASE", timedelta(0))
        app = make_app(town.house)
        async with app.router.lifespan_context(app):
            assert await li.hear() == [wording.say("interrupted")]
            await kept(town, 0)

    async def test_or_beside_the_answer_to_what_she_writes_and_once(self, li: OnWeChat, town: TownHouse) -> None:
        assert town.house.wechat
        town.house.wechat.answers.keep(OpenId(li.openid), Owed(MessageId("m_lost"), NOT_YET), town.clock())
        answer = await li.say(DOG)
        assert "给狗上证" in answer and answer.endswith(wording.say("interrupted"))
        assert wording.say("interrupted") not in await li.say(DOG)

    async def test_an_answer_that_was_found_is_said(
        self, li: OnWeChat, town: TownHouse, slow: Slow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        is_dead = asyncio.Event()

        async def die(*_: object) -> None:
            is_dead.set()
            await asyncio.Event().wait()

        with monkeypatch.context() as dying:
            dying.setattr("channels.wechat.pushing.Pusher.say", die)
            assert await li.say(LOST) == ""
            await promised(town)
            slow.may_answer.set()
            await is_dead.wait()
        town.clock.at += LEASE
        monkeypatch.setattr(desk, "LEASE", timedelta(0))
        app = make_app(town.house)
        async with app.router.lifespan_context(app):
            [told] = await li.hear()
        assert told.startswith(HEADING) and "补办借书证" in told

    async def test_one_that_was_recorded_and_not_handed_over_is_said_too(
        self, li: OnWeChat, town: TownHouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def die(*_: object) -> None: ...

        with monkeypatch.context() as dying:
            dying.setattr(desk.WeChatDesk, "handed_over", die)
            assert "补办借书证" in await li.say(LOST)
        town.clock.at += LEASE
        monkeypatch.setattr(desk, "LEASE", timedelta(0))
        app = make_app(town.house)
        async with app.router.lifespan_context(app):
            [told] = await li.hear()
        assert told.startswith(HEADING) and "补办借书证" in told

    async def test_what_was_handed_over_is_owed_no_longer(self, li: OnWeChat, town: TownHouse) -> None:
        assert "补办借书证" in await li.say(LOST)
        await kept(town, 0)


async def promised(town: TownHouse) -> None:
    """Until it is kept that an answer is sought."""
    while True:
        with town.house.engine.begin() as transaction:
            if transaction.execute(wechat_late_answers.select()).all():
                return
        await asyncio.sleep(0.01)


class TestOnce:
    @pytest.fixture
    def confirming(self, li: OnWeChat) -> OnWeChat:
        li.wechat.answers.is_certified = False
        return li

    async def _until_confirming(self, li: OnWeChat) -> None:
        for text in ("约明天上午十点办借书证首次办理", "张三，13800000001", "跳过"):
            answer = await li.say(text)
        assert "请核对" in answer

    @pytest.mark.parametrize("at_once", [True, False])
    async def test_a_confirmation_that_comes_four_times_makes_one_booking_and_one_answer(
        self, town: TownHouse, confirming: OnWeChat, at_once: bool
    ) -> None:
        await self._until_confirming(confirming)
        xml = confirming.text("确认")
        if at_once:
            answers = await asyncio.gather(*(confirming.post(xml) for _ in range(4)))
        else:
            answers = [await confirming.post(xml) for _ in range(4)]
        told = [text for answer in answers if (text := answer_in(answer))]
        assert len(told) == 1 and "预约码" in told[0]
        [booked] = town.house.hall.means.ledger.read(lambda page: page.of_visitor(visitor_of(town, confirming)))
        assert booked.status == "booked"

    async def test_copies_on_another_node_say_nothing_more(self, town: TownHouse, confirming: OnWeChat) -> None:
        await self._until_confirming(confirming)
        other = OnWeChat(at(town), confirming.wechat)
        xml = confirming.text("确认")
        answers = await asyncio.gather(confirming.post(xml), other.post(xml), confirming.post(xml), other.post(xml))
        assert len([1 for answer in answers if answer_in(answer)]) == 1
        assert answer_in(await other.post(xml)) == ""
        await kept(town, 0)

    async def test_copies_do_not_count_against_her(self, tmp_path: Path, wechat: StandIn, town: TownHouse) -> None:
        strict = TownHouse(tmp_path, rate_per_visitor=2, **settings_of(wechat.url))
        li = OnWeChat(at(strict), wechat)
        xml = li.text(LOST)
        assert [bool(answer_in(await li.post(xml))) for _ in range(6)] == [True, *[False] * 5]
        assert "给狗上证" in await li.say(DOG)

    async def test_three_pieces_get_one_answer_and_the_others_success(self, town: TownHouse, li: OnWeChat) -> None:
        li.door = at(town)
        answers = await asyncio.gather(*(li.say(text) for text in ("我想办", "养狗证", "要带啥")))
        [answer] = filter(None, answers)
        assert "给狗上证" in answer and len(town.rasa.heard) == 1


def visitor_of(town: TownHouse, citizen: OnWeChat) -> VisitorId:
    assert town.house.wechat
    return town.house.wechat.people.visitor_of(OpenId(citizen.openid), town.clock())


def at(town: TownHouse) -> httpx.AsyncClient:
    """Another node's door, or the same one's after a restart."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=make_app(town.house)), base_url="http://town.test")


class TestFaults:
    async def test_a_database_that_is_away_is_told_in_words(
        self, town: TownHouse, li: OnWeChat, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*_: object) -> None:
            raise OutOfReach

        assert town.house.wechat
        monkeypatch.setattr(town.house.wechat.people, "visitor_of", away)
        assert await li.say(LOST) == wording.say("unavailable")

    async def test_so_is_a_fault_of_ours(self, town: TownHouse, li: OnWeChat, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise ZeroDivisionError

        assert town.house.wechat
        monkeypatch.setattr(town.house.wechat.people, "visitor_of", fail)
        assert await li.say(LOST) == wording.say("fault")
