"""Letters are sent: a few at a time, those to one citizen in order, and again after longer and longer pauses."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from anyio import to_thread

from channels.wechat.api import Decision, OpenId, Refused
from channels.wechat.outgoing.letters import Letter, Letters, State
from channels.wechat.outgoing.ways import NoWay, Ways
from channels.wechat.people import People
from service_hall.conversation.reply import NoticeReply
from service_hall.shared.clock import Clock
from service_hall.shared.errors import OutOfReach
from service_hall.shared.ids import VisitorId
from service_hall.visits.notices import NoticeId

log = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
A_LOOK = 50
"""Letters a look: at most so many a second."""
AT_ONCE = 5
LEASE = timedelta(minutes=2)
"""Of whoever sends it: longer than all ways take."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=30)
TOO_FAST, TOO_FAST_PAUSE = (45009, 45011), timedelta(minutes=1)
"""For all of them."""
MOST_TRIES = 10
"""Some three hours in all."""
_AGAIN = (Decision.RETRY_LATER, Decision.UNCERTAIN, Decision.OPERATOR)
"""Twice is better than never: a reminder that may have arrived goes again."""


class Sending:
    def __init__(
        self,
        letters: Letters,
        people: People,
        ways: Ways,
        as_it_stands: Callable[[NoticeId], NoticeReply | None],
        clock: Clock,
        sleeps_until: Callable[[NoticeId], datetime | None] = lambda _: None,
    ) -> None:
        """`sleeps_until`: when whom the notice is for may be woken by it."""
        self._letters, self._people, self._ways = letters, people, ways
        self._as_it_stands, self._clock, self._sleeps_until = as_it_stands, clock, sleeps_until
        self._rests_until: datetime | None = None
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._ends = asyncio.Event()

    def end(self) -> None:
        """What is being sent is; nothing more is begun."""
        self._ends.set()

    async def go_on(self) -> None:
        """Until it is to end."""
        while not self._ends.is_set():
            try:
                await self.send_due()
            except OutOfReach:
                pass  # storage has said so; what was to be sent is still there
            except Exception:
                log.exception("a look for what goes out over wechat failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ends.wait(), LOOK_SECONDS)

    async def send_due(self) -> None:
        now = self._clock()
        if self._rests_until and now < self._rests_until:
            return
        due = await to_thread.run_sync(self._letters.due, now, A_LOOK)
        of_each: dict[VisitorId, list[Letter]] = defaultdict(list)
        for letter in due:
            of_each[letter.visitor_id].append(letter)
        async with asyncio.TaskGroup() as group:
            for letters in of_each.values():
                group.create_task(self._send_in_order(letters))

    async def _send_in_order(self, letters: Sequence[Letter]) -> None:
        async with self._at_once:
            for letter in letters:
                if self._ends.is_set():
                    return
                try:
                    goes_on = await self._send(letter)
                except OutOfReach:
                    return
                except Exception:
                    log.exception("notice %s kind=%s did not go out over wechat", letter.notice_id, letter.kind)
                    return
                if not goes_on:
                    return  # nor what comes after it

    async def _send(self, letter: Letter) -> bool:
        """False: WeChat cannot take it now."""
        if not await to_thread.run_sync(self._letters.claim, letter, self._clock() + LEASE):
            return True  # another node has it
        contact = await to_thread.run_sync(self._people.contact_of, letter.visitor_id)
        notice = await to_thread.run_sync(self._as_it_stands, letter.notice_id)
        if contact is None or not contact.follows or notice is None:
            await self._settle(letter, State.IDLE)
            return True
        if until := await to_thread.run_sync(self._sleeps_until, letter.notice_id):
            await to_thread.run_sync(self._letters.put_off, letter.notice_id, until, letter.code)
            return True
        try:
            receipt = await self._ways.tell(contact, notice, self._clock())
        except NoWay as none:
            await self._settle(letter, State.KEPT, none.code)
        except Refused as refused:
            return await self._note(letter, contact.openid, refused)
        else:
            await self._settle(letter, State.SENT, receipt=receipt)
        return True

    async def _note(self, letter: Letter, openid: OpenId, refused: Refused) -> bool:
        if refused.decision is Decision.FORGET_PERSON:
            await to_thread.run_sync(self._people.unfollowed, openid)
            await self._settle(letter, State.IDLE, refused.code)
            return True
        if refused.code in TOO_FAST:
            self._rests_until = self._clock() + TOO_FAST_PAUSE
        tries = letter.tries + 1
        if refused.decision not in _AGAIN or tries >= MOST_TRIES:
            log.error("notice %s kind=%s does not go out over wechat: %s", letter.notice_id, letter.kind, refused)
            await self._settle(letter, State.DEAD, refused.code)
            return True
        until = self._clock() + min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
        await to_thread.run_sync(self._letters.put_off, letter.notice_id, until, refused.code)
        return False

    async def _settle(self, letter: Letter, state: State, code: int = 0, receipt: str = "") -> None:
        await to_thread.run_sync(self._letters.settle, letter.notice_id, state, self._clock(), code, receipt)
