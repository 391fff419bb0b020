"""Who of several requests for one message gets its answer."""

from __future__ import annotations

import asyncio

import pytest

from channels.wechat import desk as module
from channels.wechat.api.parts import OpenId
from channels.wechat.desk import WeChatDesk
from channels.wechat.finding import Found
from channels.wechat.protocol import Incoming
from channels.wechat.rendering import Shown
from channels.wechat.saying import Saying
from service_hall.shared.ids import MessageId

MESSAGE = Incoming("o1", "gh", 5, "text", {"MsgId": "1"})
FOUND = Found(Saying(Shown("答。")))


class Finding:
    def __init__(self, *found: Found | None) -> None:
        self.answers, self.asked, self.may_answer = list(found), 0, asyncio.Event()

    async def find(self, _: Incoming, message_id: MessageId) -> Found | None:
        self.asked += 1
        await self.may_answer.wait()
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Pushing:
    may_push, may_offer_menus = True, False

    def __init__(self) -> None:
        self.said: list[str] = []
        self.settled: list[MessageId] = []
        self.ended: list[MessageId | None] = []
        self.may_keep = asyncio.Event()
        self.may_keep.set()

    async def show_typing(self, _: OpenId) -> None: ...

    async def settle(self, message_id: MessageId) -> None:
        self.settled.append(message_id)

    async def keep(self, _: OpenId, saying: Saying, is_being_said: bool = False) -> Saying:
        await self.may_keep.wait()
        if saying.is_over:
            self.ended.append(saying.message_id)
        return saying

    async def say(self, _: OpenId, saying: Saying, began: object = None) -> None:
        self.said.append(saying.text)


class At:
    def __init__(self, *found: Found | None) -> None:
        self.finding, self.pushing = Finding(*found or (FOUND,)), Pushing()
        self.desk = WeChatDesk(self.finding, self.pushing, self.pushing)  # type: ignore[arg-type]
        self.gone = set[int]()

    def ask(self, number: int = 0) -> asyncio.Task[str]:
        async def is_gone() -> bool:
            await asyncio.sleep(0)
            return number in self.gone

        async def answer() -> str:
            return (await self.desk.answer(MESSAGE, is_gone)).text

        return asyncio.create_task(answer())


async def in_work(at: At, count: int = 1) -> None:
    while not at.desk._open or next(iter(at.desk._open.values())).waiting < count:
        await asyncio.sleep(0)


async def test_of_two_requests_at_once_one_gets_it() -> None:
    at = At()
    both = [at.ask(0), at.ask(1)]
    await in_work(at, 2)
    at.finding.may_answer.set()
    assert sorted([await each for each in both]) == ["", "答。"]
    assert at.finding.asked == 1


async def test_whoever_hung_up_leaves_it_to_the_copy() -> None:
    at = At()
    first, copy = at.ask(0), at.ask(1)
    await in_work(at, 2)
    at.gone.add(0)
    at.finding.may_answer.set()
    assert [await first, await copy] == ["", "答。"] and at.pushing.said == []


async def test_where_nobody_waits_any_more_it_is_said_by_hand() -> None:
    at = At()
    asked = at.ask(0)
    await in_work(at)
    at.gone.add(0)
    at.finding.may_answer.set()
    assert await asked == ""
    await at.desk.close()
    assert at.pushing.said == ["答。"]


async def test_after_four_seconds_it_is_said_by_hand_and_a_copy_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PASSIVE_SECONDS", 0.01)
    at = At()
    assert await at.ask() == ""
    copy = at.ask(1)
    at.finding.may_answer.set()
    assert await copy == ""
    await at.desk.close()
    assert at.pushing.said == ["答。"] and at.finding.asked == 1


async def test_what_nobody_could_answer_when_it_was_too_late_to_say_so_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PASSIVE_SECONDS", 0.01)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    busy = Found(Saying(Shown("人很多。")), again_in=3)
    at = At(busy, busy, FOUND)
    assert await at.ask() == ""
    monkeypatch.setattr(asyncio, "sleep", sleep)
    at.finding.may_answer.set()
    await at.desk.close()
    assert at.pushing.said == ["答。"] and slept == [3, 3]


async def test_a_database_that_is_slow_to_keep_the_rest_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PASSIVE_SECONDS", 0.01)
    at = At(Found(Saying(Shown("答。" * 1000))))
    at.pushing.may_keep.clear()
    at.finding.may_answer.set()
    assert (await at.ask()).startswith("答。") and at.pushing.said == []
    at.pushing.may_keep.set()
    await at.desk.close()
    assert len(at.pushing.said) == 1


@pytest.mark.parametrize("passive_seconds", [4.0, 0.01])
async def test_what_was_promised_and_is_told_otherwise_is_settled(
    passive_seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PASSIVE_SECONDS", passive_seconds)
    at = At(FOUND)  # without the turn whose answer was promised
    asked = at.ask()
    await in_work(at)
    [opened] = at.desk._open.values()
    if passive_seconds < 1:
        await asked
    at.finding.may_answer.set()
    await asked
    await at.desk.close()
    assert at.pushing.settled == [opened.message_id]


async def test_in_time_it_is_told_that_nobody_could() -> None:
    at = At(Found(Saying(Shown("人很多。")), again_in=3))
    at.finding.may_answer.set()
    assert await at.ask() == "人很多。"


async def test_where_nothing_is_to_be_said_nothing_is() -> None:
    at = At(None)
    at.finding.may_answer.set()
    assert await at.ask() == ""
    await at.desk.close()
    assert at.pushing.said == []


async def test_a_copy_gets_nothing_more_also_where_nothing_was_recorded() -> None:
    at = At()
    at.finding.may_answer.set()
    assert [await at.ask(), await at.ask()] == ["答。", ""]
    assert at.finding.asked == 1


async def test_after_a_while_a_message_is_known_by_heart_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "COPIES_SECONDS", 0.0)
    at = At()
    at.finding.may_answer.set()
    await at.ask()
    await asyncio.sleep(0)
    assert not at.desk._open


async def test_what_is_told_to_its_end_is_kept_until_it_is_handed_over() -> None:
    at = At(Found(Saying(Shown("答。"), MessageId("m_1"), is_kept=True)))
    at.finding.may_answer.set()

    async def is_gone() -> bool:
        return False

    answer = await at.desk.answer(MESSAGE, is_gone)
    await asyncio.sleep(0)
    assert answer.text == "答。" and at.pushing.ended == []
    await at.desk.handed_over(MESSAGE, answer)
    await at.desk.close()
    assert at.pushing.ended == ["m_1"]
