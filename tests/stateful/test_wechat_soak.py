"""Many citizens on WeChat at once: messages handed in again and out of order, interfaces that fail, a Rasa and a database
that stop for seconds. Each message is answered once, in time or late, and with what was asked."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import sqlite3
import time
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field

import httpx
import pytest

from channels.wechat.desk import PASSIVE_SECONDS
from channels.wechat.rendering import wording
from evaluation.stack import Stack, environment_of
from server.processes import start_service, stop, wait_until_healthy
from tests.at_length import at_length
from tests.standins.wechat import Fault, StandIn, posting
from tests.standins.wechat.server import SEND, Call

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(1800)]

USERS, MESSAGES = at_length(60, 2000), 5
AT_ONCE = 12
STALLS = at_length(1, 2)
"""Of Rasa, each followed by one of the database."""
HANGS_UP_SECONDS = 5.0
"""Then WeChat asks again."""
STALL_SECONDS = 4.5
LOCKED_SECONDS = 6.0
"""Whatever comes in its first two seconds is answered late."""
ASKED = {
    "身份证丢了怎么补办？": "到窗口说明丢失，核身份、",
    "居住证要带什么材料？": "带身份证或者户口簿、相片",
    "社保卡丢了怎么补办？": "先临时挂失，再带身份证正",
    "第一次办护照要多少钱？": "普通护照工本费每本120",
    "结婚登记要带什么材料？": "各带自己的居民身份证，现",
    "无犯罪记录证明怎么开？": "到派出所填申请表、现场核",
    "驾驶证到期怎么换证？": "先处理完违法，再体检，然",
    "公积金租房提取要什么材料？": "带身份证和本人银行卡；能",
    "残疾人证怎么办理？": "残疾人证要申请、到指定机",
}
"""And what the answer says, and no other."""
LONG = "法律援助申请需要什么材料，要符合什么条件？"
"""Its answer is longer than a message of WeChat's may be."""
CHOICES, OFFERS = "帮我约下周三上午去补办身份证", "有两个地方可以办"
"""Last, for it leaves a choice on the table: sent as a menu where that goes."""
_UNDER_A_HEADING = re.compile(re.escape(wording.say("before", said="…")).replace("…", "(.+?)") + "\n(.+)")
_TOO_BUSY = re.compile(re.escape(wording.say("busy", seconds="…")).replace("…", r"\d+"))
FAULTS: tuple[Fault, ...] = (
    *(Fault(code=code) for code in (45015, 45047, -1, 45009)),
    Fault("hang", seconds=2),
    Fault("disconnect"),
    Fault("http_502"),
)


@dataclass(frozen=True)
class Visit:
    """`texts`: what she wrote. `expected`: what must have been said once each. `in_order`: lines of one answer, once each
    and in that order."""

    openid: str
    number: int
    texts: list[str]
    expected: list[str]
    in_order: list[str]


@dataclass
class Soak:
    http: httpx.AsyncClient
    chance: random.Random
    heard: dict[str, list[str]] = field(default_factory=dict)
    """By openid, all that she was told, in order."""
    took: list[float] = field(default_factory=list)
    """Seconds of each request, copies too."""
    done: int = 0
    late: int = 0
    """Requests that were told `success` because WeChat would have hung up. Copies count."""
    by_hand: int = 0
    """Answers, or parts of them, that the account sent of itself."""

    def pushed(self, call: Call) -> None:
        if call.path == SEND and not call.refused:
            body = call.body
            menu = body.get("msgmenu", {}).get("head_content", "")
            self.heard[body["touser"]].append(body.get("text", {}).get("content", menu))
            self.by_hand += body["msgtype"] == "text"

    async def hand_in(self, openid: str, xml: str) -> None:
        post = posting.plain(xml, int(time.time()))
        began = time.monotonic()
        response = await self.http.post("/wechat", params=post.query, content=post.body)
        self.took.append(time.monotonic() - began)
        assert response.status_code == 200, response.text
        if response.text == "success":
            self.late += time.monotonic() - began >= PASSIVE_SECONDS
        else:
            self.heard[openid].append(ET.fromstring(response.text).findtext("Content") or "")

    async def hand_in_perhaps_twice(self, openid: str, xml: str, after: float = 0.0) -> None:
        await asyncio.sleep(after)
        copies = [self._copy(openid, xml) for _ in range(self.chance.choice((0, 0, 0, 1, 2)))]
        await asyncio.gather(self.hand_in(openid, xml), *copies)

    async def _copy(self, openid: str, xml: str) -> None:
        await asyncio.sleep(self.chance.choice((0.0, 0.02, 0.3, 1.0)))
        await self.hand_in(openid, xml)

    async def whole_answer(self) -> list[str]:
        """To LONG: each of its lines, but what could stand in another answer too."""
        asked = await self.http.post("/api/chat/messages", json={"text": LONG})
        [text] = [reply["text"] for reply in asked.json()["replies"]]
        assert len(text.encode()) > 2048
        return [line for line in text.splitlines() if len(line) > 15]

    async def visit(self, number: int, long: list[str]) -> Visit:
        """One citizen."""
        openid = f"o-soak-{number}-{self.chance.randrange(10**9)}"
        self.heard[openid] = []
        asked = self.chance.sample(sorted(ASKED), MESSAGES - 2)
        at = int(time.time())
        texts = [*asked, CHOICES]
        texts.insert(self.chance.randrange(MESSAGES - 1), LONG)
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
        return Visit(openid, number, texts, [*(ASKED[text] for text in asked), OFFERS], long)

    def wrong_with(self, visit: Visit) -> list[str]:
        """What was not said once, or not in its place; and the beginnings of all that she heard."""
        heard = self.heard[visit.openid]
        whole = "\n".join(heard)
        counted = {each: whole.count(each) for each in (*visit.expected, *visit.in_order)}
        # What is answered after it, for it came late, ends with the open question again: that is no second answer.
        first, *again = [found.end() for found in re.finditer(re.escape(OFFERS), whole)] or [0]
        others = [each for each in (*visit.expected, *visit.in_order) if each != OFFERS]
        for end in again:
            counted[OFFERS] -= any(each in whole[first:end] for each in others)
            first = end
        wrong = [f"{count} × {each}" for each, count in counted.items() if count != 1]
        places = [whole.find(each) for each in visit.in_order]
        if places != sorted(places):
            wrong.append("parts out of order")
        for said, answer in _UNDER_A_HEADING.findall(whole):
            if any(answer.startswith(begins) and text != said for text, begins in ASKED.items()):
                wrong.append(f"under “{said}”: {answer}")
        return [*wrong, *(text[:40] for text in heard)] if wrong else []

    @property
    def kept(self) -> int:
        """Answers that stood, or ended, beside a later one's."""
        return sum(len(_UNDER_A_HEADING.findall(text)) for heard in self.heard.values() for text in heard)

    async def ask_again(self, visit: Visit) -> None:
        """What the house was too busy for and asked for once more: nothing else is sent a second time."""
        if not any(_TOO_BUSY.search(text) for text in self.heard[visit.openid]):
            return
        for place, text in enumerate(visit.texts):
            begins = {**ASKED, LONG: visit.in_order[0], CHOICES: OFFERS}[text]
            if not any(begins in said for said in self.heard[visit.openid]):
                number = 2 * 10**9 + 10 * visit.number + place
                await self.hand_in(visit.openid, posting.text(visit.openid, text, number, int(time.time())))

    async def hear_the_rest(self, visit: Visit) -> None:
        """What WeChat would not take stands beside the answer to what she writes next."""
        for step in range(6):
            number = 10**9 + 10 * visit.number + step
            await self.hand_in(visit.openid, posting.text(visit.openid, "继续", number, int(time.time())))
            if wording.say("more") not in self.heard[visit.openid][-1]:
                return


@asynccontextmanager
async def trouble(soak: Soak, stack: Stack, wechat: StandIn) -> AsyncIterator[None]:
    """Interfaces that fail now and then all along; Rasa and then the database stop, at even distances. At the end the
    account may send nothing any more."""

    async def fail() -> None:
        while True:
            wechat.order(SEND, soak.chance.choice(FAULTS), times=soak.chance.randint(1, 3))
            await asyncio.sleep(0.7)

    async def stall() -> None:
        rasa = stack.process_ids[stack.rasa.name]
        for stall in range(1, STALLS + 1):
            while soak.done < USERS * stall // (STALLS + 1):
                await asyncio.sleep(0.05)
            os.kill(rasa, signal.SIGSTOP)
            try:
                await asyncio.sleep(STALL_SECONDS)
            finally:
                os.kill(rasa, signal.SIGCONT)
            # What is asked meanwhile cannot be answered before WeChat hangs up.
            with closing(sqlite3.connect(stack.settings.var / "wenban.sqlite3", isolation_level=None)) as hall:
                hall.execute("BEGIN IMMEDIATE")
                await asyncio.sleep(LOCKED_SECONDS)
        while soak.done < USERS * 9 // 10:
            await asyncio.sleep(0.05)
        wechat.faults.clear()
        wechat.answers.is_certified = False

    troubles = [asyncio.create_task(fail()), asyncio.create_task(stall())]
    try:
        yield
        await troubles[1]
    finally:
        for task in troubles:
            task.cancel()
        await asyncio.gather(*troubles, return_exceptions=True)
        wechat.faults.clear()


@pytest.fixture
def stack(running_stack_of_both: Stack) -> Stack:
    """With a service that has not learnt yet what the account may not do."""
    stack = running_stack_of_both
    stop([stack.service])
    stack.service = start_service(stack.settings, environment_of(stack.settings))
    wait_until_healthy(stack.settings, [stack.rasa, stack.service])
    return stack


async def test_every_message_is_answered_once_in_time_or_late_and_with_what_was_asked(
    stack: Stack, wechat: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = asyncio.Semaphore(AT_ONCE)
    limits = httpx.Limits(max_connections=4 * AT_ONCE, max_keepalive_connections=4 * AT_ONCE)
    async with httpx.AsyncClient(base_url=stack.url, timeout=30, trust_env=False, limits=limits) as http:
        soak = Soak(http, random.Random(5))
        long = await soak.whole_answer()
        note = wechat.note

        def noted(call: Call) -> None:
            soak.pushed(call)
            note(call)

        monkeypatch.setattr(wechat, "note", noted)

        async def come(number: int) -> Visit:
            async with places:
                return await soak.visit(number, long)

        async with trouble(soak, stack, wechat):
            visits = await asyncio.gather(*(come(number) for number in range(USERS)))
        await _nothing_is_being_said(wechat)
        missed = [visit for visit in visits if soak.wrong_with(visit)]
        for visit in missed:
            await soak.ask_again(visit)
            await soak.hear_the_rest(visit)
    print(
        f"{USERS} citizens, slowest {max(soak.took):.2f} s, {soak.late} late, {soak.by_hand} by hand, {soak.kept} kept"
    )
    assert {visit.openid: wrong for visit in visits if (wrong := soak.wrong_with(visit))} == {}
    # On a slow machine a request waits now and then before the service has seen it.
    assert sum(seconds >= HANGS_UP_SECONDS for seconds in soak.took) <= len(soak.took) // 50
    assert soak.late and soak.by_hand and soak.kept, "what was to be tried did not happen"


async def _nothing_is_being_said(wechat: StandIn) -> None:
    """What is tried again is, or is kept."""
    for _ in range(60):
        before = len(wechat.calls)
        await asyncio.sleep(2.0)
        if len(wechat.calls) == before:
            return
