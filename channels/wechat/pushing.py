"""What is said by the account's own hand, as customer-service messages: each part after the one before was accepted,
one answer of a citizen after the other. What WeChat does not take is kept for her next contact."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from weakref import WeakValueDictionary

from channels.wechat.api import Decision, OpenId, Refused, WeChatApi
from channels.wechat.api.parts import ImagePart, MenuPart, Part
from channels.wechat.late import Owed
from channels.wechat.outgoing.notices import ToldLate
from channels.wechat.promises import Promises, put_down
from channels.wechat.rendering import Extra, Picture
from channels.wechat.saying import Saying
from service_hall.shared.clock import Clock

log = logging.getLogger(__name__)
TRIES = 3
RETRY_SECONDS = 1.0
NOT_ALLOWED_SECONDS = 3600.0
"""What the account may not do today it may do tomorrow: asked again once an hour."""
UNSURE_SECONDS = 60.0
Seconds = Callable[[], float]


class Rest:
    """Something that is not tried for a while."""

    def __init__(self, now: Seconds) -> None:
        self._now, self._until = now, 0.0

    def take(self, seconds: float) -> None:
        self._until = self._now() + seconds

    def __bool__(self) -> bool:
        return self._now() < self._until


class Pusher:
    def __init__(
        self, api: WeChatApi, promises: Promises, notices: ToldLate, clock: Clock, now: Seconds = time.monotonic
    ) -> None:
        """`now`: seconds of a clock that only goes forward."""
        self._api, self._promises, self._notices, self._clock = api, promises, notices, clock
        self._pushes_rest, self._menus_rest = Rest(now), Rest(now)
        self._turns: WeakValueDictionary[OpenId, asyncio.Lock] = WeakValueDictionary()

    @property
    def may_push(self) -> bool:
        """As far as is known."""
        return not self._pushes_rest

    @property
    def may_offer_menus(self) -> bool:
        return self.may_push and not self._menus_rest

    async def show_typing(self, openid: OpenId) -> None:
        if self.may_push:
            try:
                await self._api.typing(openid)
            except Refused as refused:
                self._learn(refused)

    async def say(self, openid: OpenId, saying: Saying, began: asyncio.Future[bool] | None = None) -> None:
        """`began`: told as soon as the first part was accepted, or that none was; then nothing is kept, for whoever
        waits for it says it in another way."""
        async with self._turns.setdefault(openid, asyncio.Lock()):
            left = await self._say(openid, saying, began)
        if began is None or began.result():
            await self.keep(openid, left)

    async def _say(self, openid: OpenId, saying: Saying, began: asyncio.Future[bool] | None) -> Saying:
        """What is left of it."""
        left = saying if began else await self.keep(openid, saying, is_being_said=True)
        with_menu = self.may_offer_menus
        steps = left.steps(with_menu)
        while step := next(steps, None) if self.may_push else None:
            part, after = step
            is_awaited = began is not None and not began.done()
            try:
                await self._send(openid, part, tries=1 if is_awaited else TRIES)
            except Refused as refused:
                self._learn(refused)
                if is_awaited:
                    self.unsure()
                is_menu = refused.decision is Decision.PLAIN_TEXT and isinstance(part, MenuPart)
                if is_menu and with_menu and not is_awaited:
                    with_menu, steps = False, left.steps(False)
                    continue
                if refused.decision is Decision.FORGET_PERSON:
                    left = left.after(len(left.text))  # nobody is there to hear it
                break
            left = after
            if began and not began.done():
                began.set_result(True)
                left = await self.keep(openid, left, is_being_said=True)
                steps = left.steps(with_menu)
        if began and not began.done():
            began.set_result(False)
        return left

    async def _send(self, openid: OpenId, part: Part | Extra, tries: int) -> None:
        """Raises Refused."""
        for tried in range(tries):
            try:
                if isinstance(part, Picture):
                    part = ImagePart(await self._api.upload_image(part.png))
                return await self._api.send(openid, part)
            except Refused as refused:
                if refused.decision is not Decision.RETRY_LATER or tried == tries - 1:
                    raise
            await asyncio.sleep(RETRY_SECONDS * 2**tried)
        return None

    def unsure(self) -> None:
        """WeChat takes too long, or takes nothing: what can go back with the request goes that way for a while."""
        if not self._menus_rest:
            self._menus_rest.take(UNSURE_SECONDS)

    def _learn(self, refused: Refused) -> None:
        if refused.decision is Decision.NOT_AUTHORISED:
            self._pushes_rest.take(NOT_ALLOWED_SECONDS)
        elif refused.decision is Decision.PLAIN_TEXT:
            self._menus_rest.take(NOT_ALLOWED_SECONDS)
        log.info("wechat did not take a message: %s", refused)

    async def keep(self, openid: OpenId, saying: Saying, is_being_said: bool = False) -> Saying:
        """What was said to its end is kept no longer. `is_being_said`: nobody else is to say it meanwhile."""
        if saying.notice_id:
            if saying.is_over:
                await put_down(partial(self._notices.told, saying.notice_id, self._clock()))
        elif saying.message_id and not saying.is_over:
            await self._promises.keep(openid, Owed(saying.message_id, saying.begins), is_being_said)
            return replace(saying, is_kept=True)
        elif saying.message_id and saying.is_kept:
            await self._promises.settle(saying.message_id)
            return replace(saying, is_kept=False)
        return saying
