"""Many citizens on WeChat at once: messages handed in again and out of order, interfaces that fail, a Rasa that stops for
seconds. Each message is answered once, in time, and with what was asked."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
import pytest

from channels.wechat.rendering import wording
from evaluation.stack import Stack
from tests.at_length import at_length
from tests.standins.wechat import Fault, StandIn, posting
from tests.standins.wechat.server import SEND, Call

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(1800)]

USERS, MESSAGES = at_length(60, 2000), 5
AT_ONCE = 12
MOST_SECONDS = 4.8
STALL_SECONDS = 4.0
ASKED = {
    "身份证丢了怎么补办？": "补领身份证这样办：",
    "居住证要带什么材料？": "办居住证要带：",
    "社保卡丢了怎么补办？": "社保卡挂失补领这样办：",
    "第一次办护照要多少钱？": "办护照要收费：",
    "结婚登记要带什么材料？": "结婚登记要带：",
    "无犯罪记录证明怎么开？": "开无犯罪证明这样办：",
    "驾驶证到期怎么换证？": "换驾照这样办：",
    "公积金租房提取要什么材料？": "租房提取公积金要带：",
    "残疾人证怎么办理？": "办残疾人证这样办：",
}
"""And what the answer says, and no other."""
CHOICES, OFFERS = "帮我约下周三上午去补办身份证", "有两个地方可以办"
"""Last, for it leaves a choice on the table: sent as a menu where that goes."""
FAULTS: tuple[Fault, ...] = (
    *(Fault(code=code) for code in (45015, 45047, 40200, -1, 45009)),
    Fault("hang", seconds=2),
    Fault("disconnect"),
    Fault("http_502"),
)


@dataclass
class Soak:
    http: httpx.AsyncClient
    chance: random.Random
    heard: dict[str, list[str]] = field(default_factory=dict)
    """By openid, all that she was told, in order."""
    slowest: float = 0.0
    done: int = 0

    def pushed(self, call: Call) -> None:
        if call.path == SEND and not call.refused:
            body = call.body
            menu = body.get("msgmenu", {}).get("head_content", "")
            self.heard[body["touser"]].append(body.get("text", {}).get("content", menu))

    async def hand_in(self, openid: str, xml: str) -> None:
        post = posting.plain(xml, int(time.time()))
        began = time.monotonic()
        response = await self.http.post("/wechat", params=post.query, content=post.body)
        self.slowest = max(self.slowest, time.monotonic() - began)
        assert response.status_code == 200, response.text
        if response.text != "success":
            self.heard[openid].append(response.text)

    async def hand_in_perhaps_twice(self, openid: str, xml: str, after: float = 0.0) -> None:
        await asyncio.sleep(after)
        copies = [self._copy(openid, xml) for _ in range(self.chance.choice((0, 0, 0, 1, 2)))]
        await asyncio.gather(self.hand_in(openid, xml), *copies)

    async def _copy(self, openid: str, xml: str) -> None:
        await asyncio.sleep(self.chance.choice((0.0, 0.02, 0.3, 1.0)))
        await self.hand_in(openid, xml)

    async def visit(self, number: int) -> tuple[str, list[str]]:
        """One citizen: the openid, and what must have been said once each."""
        openid = f"o-soak-{number}-{self.chance.randrange(10**9)}"
        self.heard[openid] = []
        asked = self.chance.sample(sorted(ASKED), MESSAGES - 1)
        at = int(time.time())
        texts = [*asked, CHOICES]
        posts = [posting.text(openid, text, 1000 * number + place, at + place) for place, text in enumerate(texts)]
        while posts:
            # Now and then two come at once, the later one first.
            now, posts = posts[:2], posts[2:]
            if self.chance.random() < 0.2:
                await asyncio.gather(
                    *(self.hand_in_perhaps_twice(openid, xml, 0.05 * late) for late, xml in enumerate(reversed(now)))
                )
            else:
                for xml in now:
                    await self.hand_in_perhaps_twice(openid, xml)
        self.done += 1
        return openid, [*(ASKED[text] for text in asked), OFFERS]

    async def hear_the_rest(self, openid: str, number: int) -> None:
        """What WeChat would not take stands beside the answer to what she writes next."""
        for step in range(3):
            await self.hand_in(openid, posting.text(openid, "继续", 10**9 + 10 * number + step, int(time.time())))
            if wording.say("more") not in self.heard[openid][-1]:
                return


@asynccontextmanager
async def trouble(soak: Soak, stack: Stack, wechat: StandIn) -> AsyncIterator[None]:
    """Interfaces that fail now and then all along; Rasa stops when a third and when two thirds are done."""

    async def fail() -> None:
        while True:
            wechat.order(SEND, soak.chance.choice(FAULTS), times=soak.chance.randint(1, 3))
            await asyncio.sleep(0.7)

    async def stall() -> None:
        rasa = stack.process_ids[stack.rasa.name]
        for third in (1, 2):
            while soak.done < USERS * third // 3:
                await asyncio.sleep(0.05)
            os.kill(rasa, signal.SIGSTOP)
            try:
                await asyncio.sleep(STALL_SECONDS)
            finally:
                os.kill(rasa, signal.SIGCONT)

    troubles = [asyncio.create_task(fail()), asyncio.create_task(stall())]
    try:
        yield
        await troubles[1]
    finally:
        for task in troubles:
            task.cancel()
        await asyncio.gather(*troubles, return_exceptions=True)
        wechat.faults.clear()


async def test_every_message_is_answered_once_in_time_and_with_what_was_asked(
    running_stack_of_both: Stack, wechat: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = asyncio.Semaphore(AT_ONCE)
    limits = httpx.Limits(max_connections=4 * AT_ONCE, max_keepalive_connections=4 * AT_ONCE)
    async with httpx.AsyncClient(
        base_url=running_stack_of_both.url, timeout=30, trust_env=False, limits=limits
    ) as http:
        soak = Soak(http, random.Random(5))
        note = wechat.note

        def noted(call: Call) -> None:
            soak.pushed(call)
            note(call)

        monkeypatch.setattr(wechat, "note", noted)

        async def come(number: int) -> tuple[str, list[str]]:
            async with places:
                return await soak.visit(number)

        async with trouble(soak, running_stack_of_both, wechat):
            visits = await asyncio.gather(*(come(number) for number in range(USERS)))
        await _nothing_is_being_said(wechat)
        missed = [(number, visit) for number, visit in enumerate(visits) if not _all_heard(soak, *visit)]
        for number, (openid, _) in missed:
            await soak.hear_the_rest(openid, number)
    wrong = [_told_of(soak, *visit) for visit in visits if not _all_heard(soak, *visit)]
    assert wrong == []
    assert soak.slowest < MOST_SECONDS
    _report(visits, soak, len(missed))


def _all_heard(soak: Soak, openid: str, expected: list[str]) -> bool:
    whole = "\n".join(soak.heard[openid])
    return all(whole.count(each) == 1 for each in expected)


def _told_of(soak: Soak, openid: str, expected: list[str]) -> dict[str, int | list[str]]:
    """How often each, where it is not once; and the beginnings of all that she heard."""
    whole = "\n".join(soak.heard[openid])
    counts = {each: count for each in expected if (count := whole.count(each)) != 1}
    return {**counts, "heard": [text.rpartition("CDATA[text]]></MsgType>")[2][:60] for text in soak.heard[openid]]}


async def _nothing_is_being_said(wechat: StandIn) -> None:
    """What is tried again is, or is kept."""
    for _ in range(60):
        before = len(wechat.calls)
        await asyncio.sleep(2.0)
        if len(wechat.calls) == before:
            return


def _report(visits: list[tuple[str, list[str]]], soak: Soak, late: int) -> None:
    print(f"{len(visits)} citizens, slowest answer {soak.slowest:.2f} s, {late} heard something beside a later answer")
