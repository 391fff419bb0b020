"""Each message from WeChat is answered once, and in time: with the request itself where the answer is there within four
seconds, else by the account's own hand, else beside the answer to her next message."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from anyio import to_thread

from channels.wechat.api.parts import OpenId
from channels.wechat.composing import compose
from channels.wechat.finding import Finder, Found
from channels.wechat.late import LEASE
from channels.wechat.promises import Promises
from channels.wechat.protocol import Incoming
from channels.wechat.pushing import Pusher
from channels.wechat.saying import Saying
from service_hall.shared.ids import MessageId, new_message_id

log = logging.getLogger(__name__)
PASSIVE_SECONDS = 4.0
"""WeChat hangs up after five, and hands the message in again."""
MENU_SECONDS = 3.0
"""How long a menu may take to be accepted. If it is not, its options go back with the request as text."""
AFTER_PASSIVE_SECONDS = 0.3
"""Whatever follows must not overtake what goes back with the request."""
TRIES_WHEN_BUSY = 3
COPIES_SECONDS = 60.0
"""After its answer a message is known by heart: a copy gets nothing more, even where nothing could be recorded."""
CLOSING_SECONDS = 3.0
"""With what the server itself waits, less than whoever stops the service does."""
IsGone = Callable[[], Awaitable[bool]]


@dataclass(frozen=True)
class Answer:
    """What goes back with the request; empty: nothing does. `over`: what it tells to the end."""

    text: str = ""
    over: tuple[Saying, ...] = ()


@dataclass(eq=False)
class _Open:
    """A message in work, or one that was answered a moment ago. `waiting`: how many requests wait for its answer;
    `is_taken`: who says it is settled."""

    message_id: MessageId
    finding: asyncio.Task[Found | None]
    waiting: int = 0
    is_taken: bool = False


class WeChatDesk:
    def __init__(self, finder: Finder, pusher: Pusher, promises: Promises) -> None:
        self._finder, self._pusher, self._promises = finder, pusher, promises
        self._open: dict[str, _Open] = {}
        self._beside = set[asyncio.Task[None]]()
        self._late: dict[OpenId, asyncio.Task[None]] = {}
        """Of each person the last of what is said later: two answers come in the order in which they were asked for."""
        self._resuming: asyncio.Task[None] | None = None

    async def answer(self, incoming: Incoming, is_gone: IsGone) -> Answer:
        """`is_gone`: whoever sent it has hung up. What is not known to be handed over (`handed_over`) is said again by
        the service's next life."""
        until = time.monotonic() + PASSIVE_SECONDS
        opened = self._open.get(incoming.key)
        if opened is None:
            message_id = new_message_id()
            finding = asyncio.create_task(self._finder.find(incoming, message_id))
            opened = self._open[incoming.key] = _Open(message_id, finding)
        opened.waiting += 1
        await asyncio.wait({opened.finding}, timeout=PASSIVE_SECONDS)
        is_heard = opened.finding.done() and not await is_gone()
        opened.waiting -= 1
        if opened.is_taken or (not is_heard and opened.waiting):
            return Answer()  # there is another request for it, or was
        opened.is_taken = True
        if not is_heard:
            openid = OpenId(incoming.openid)
            task = self._late[openid] = self._run(self._say_later(incoming, opened, self._late.get(openid)))
            task.add_done_callback(lambda done: self._late.pop(openid) if self._late.get(openid) is done else None)
            return Answer()
        self._forget_in_a_while(incoming)
        found = opened.finding.result()
        if found is None:
            return Answer()
        if found.own.message_id != opened.message_id:
            self._run(self._promises.settle(opened.message_id))
        return await self._say_now(OpenId(incoming.openid), found, until)

    async def handed_over(self, incoming: Incoming, answer: Answer) -> None:
        """Returns at once."""
        for saying in answer.over:
            self._run(self._end(OpenId(incoming.openid), saying))

    def open(self) -> None:
        self._resuming = asyncio.create_task(self._say_what_was_cut_off())
        self._resuming.add_done_callback(self._done)

    async def close(self) -> None:
        """What is being said is said, if it does not take long; what is kept is said in the service's next life."""
        if self._resuming:
            self._resuming.cancel()
        if self._beside:
            _, late = await asyncio.wait(self._beside, timeout=CLOSING_SECONDS)
            for task in late:
                task.cancel()

    def _forget_in_a_while(self, incoming: Incoming) -> None:
        asyncio.get_running_loop().call_later(COPIES_SECONDS, self._open.pop, incoming.key, None)

    async def _say_now(self, openid: OpenId, found: Found, until: float) -> Answer:
        if found.own.shown.menu and not found.owed and await self._is_offered_to_tap(openid, found, until):
            return Answer()
        may_push = self._pusher.may_push
        passive = compose(found, may_push)
        # Before she has read the first part: she may ask for the rest at once, and we may be gone by then. But a
        # database that is slow holds nobody up.
        is_kept = asyncio.Event()
        self._run(self._say_rest(openid, passive.left, may_push, is_kept))
        with suppress(TimeoutError):
            await asyncio.wait_for(is_kept.wait(), until - time.monotonic())
        return Answer(passive.text, tuple(saying for saying in passive.left if saying.is_over))

    async def _is_offered_to_tap(self, openid: OpenId, found: Found, until: float) -> bool:
        seconds = min(MENU_SECONDS, until - time.monotonic())
        if seconds <= 0 or not self._pusher.may_offer_menus:
            return False
        began: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        saying = self._run(self._pusher.say(openid, found.own, began))
        await asyncio.wait({began}, timeout=seconds)
        if began.done():
            return began.result()
        saying.cancel()
        self._pusher.unsure()
        return False

    async def _say_rest(self, openid: OpenId, left: Sequence[Saying], may_push: bool, is_kept: asyncio.Event) -> None:
        try:
            left = [
                saying if saying.is_over else await self._pusher.keep(openid, saying, is_being_said=may_push)
                for saying in left
            ]
        finally:
            is_kept.set()
        if may_push and (rest := [saying for saying in left if saying.has_more]):
            await asyncio.sleep(AFTER_PASSIVE_SECONDS)
            for saying in rest:
                await self._pusher.say(openid, saying)

    async def _end(self, openid: OpenId, saying: Saying) -> None:
        await self._pusher.keep(openid, saying)

    async def _say_later(self, incoming: Incoming, opened: _Open, after: asyncio.Task[None] | None) -> None:
        openid = OpenId(incoming.openid)
        try:
            typing = self._run(self._pusher.show_typing(openid))
            found = await opened.finding
            for _ in range(TRIES_WHEN_BUSY - 1):
                if found is None or not found.again_in:
                    break
                # Nobody hands it in again: to WeChat it is answered.
                await asyncio.sleep(found.again_in)
                found = await self._finder.find(incoming, opened.message_id)
            await asyncio.wait({typing, *filter(None, [after])})
            if found and found.own.message_id != opened.message_id:
                await self._promises.settle(opened.message_id)
            for saying in (found.own, *found.owed) if found else ():
                await self._pusher.say(openid, saying)
        finally:
            self._forget_in_a_while(incoming)

    async def _say_what_was_cut_off(self) -> None:
        """When the service last stopped, however it did: once nobody can be saying it any more."""
        await asyncio.sleep(LEASE.total_seconds())
        for openid in await to_thread.run_sync(self._promises.owing):
            for saying in await to_thread.run_sync(self._finder.owed_to, openid):
                await self._pusher.say(openid, saying)

    def _run(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._beside.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            log.error("what was to be said on WeChat was not", exc_info=fault)
