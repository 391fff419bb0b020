"""From what WeChat handed in to what is to be said: who it is, what she says, the hall's answer, and what she is still
owed from before."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from anyio import to_thread

from channels.limits import RateLimits
from channels.refusals import Refusal
from channels.switchboard.bursts import Bursts
from channels.switchboard.inbox import TakenOnce
from channels.switchboard.lines import EarlierStillOpen, TooBusy
from channels.wechat.api.parts import OpenId
from channels.wechat.identity.linking import PARTS, Linking
from channels.wechat.late import NOT_YET, Owed
from channels.wechat.outgoing.consents import EVENTS as CONSENTS
from channels.wechat.outgoing.notices import ToldLate
from channels.wechat.outgoing.options import chosen, may_choose
from channels.wechat.outgoing.reports import EVENTS as REPORTS
from channels.wechat.people import People
from channels.wechat.promises import Promises
from channels.wechat.protocol import Incoming
from channels.wechat.rendering import Shown, offered, show, tapped, wording
from channels.wechat.saying import Saying
from channels.wechat.taking import UNFOLLOW, Taken, take
from service_hall.conversation.inbox import FORGOTTEN
from service_hall.conversation.message import CitizenMessage, Door, read_command, read_payload
from service_hall.conversation.records import ConversationRecords
from service_hall.conversation.reply import Choice, NoticeReply
from service_hall.conversation.utterances import Speaker
from service_hall.hall import Hall
from service_hall.shared.errors import OutOfReach, VisitorForgotten
from service_hall.shared.ids import MessageId, VisitorId

log = logging.getLogger(__name__)
Hear = Callable[[OpenId, Mapping[str, Any], datetime], None]
"""What she agreed to, or what became of a message to her, as WeChat tells it in an event."""
_LATELY = 30
"""Utterances: among them is the last menu that counts."""
_MOST_SAID = 20
"""Characters of her question, by which she knows it again."""


@dataclass(frozen=True)
class Found:
    """`own`: the answer to this message. `owed`: what she is still to hear, with what she had asked. `again_in`: nobody
    could answer now; in so many seconds somebody may."""

    own: Saying
    owed: tuple[Saying, ...] = ()
    again_in: int = 0


class Finder:
    def __init__(
        self,
        hall: Hall,
        once: TakenOnce,
        bursts: Bursts,
        records: ConversationRecords,
        people: People,
        promises: Promises,
        notices: ToldLate,
        hear: Hear,
        linking: Linking,
        limits: RateLimits,
        public_url: str,
    ) -> None:
        self._hall, self._once, self._bursts, self._records = hall, once, bursts, records
        self._people, self._promises, self._notices, self._hear = people, promises, notices, hear
        self._linking, self._limits, self._public_url = linking, limits, public_url

    async def find(self, incoming: Incoming, message_id: MessageId) -> Found | None:
        """`message_id`: its own, if it comes for the first time. None: nothing is to be said to this one. Never
        raises."""
        try:
            return await self._find(incoming, message_id)
        except EarlierStillOpen as busy:
            return _told("still_open", busy.retry_after_s, seconds=busy.retry_after_s)
        except TooBusy as busy:
            return _told("busy", busy.retry_after_s, seconds=busy.retry_after_s)
        except Refusal as refusal:
            return Found(Saying(Shown(refusal.message)))
        except OutOfReach:
            return _told("unavailable")
        except Exception:
            log.exception("a message from WeChat was not answered")
            return _told("fault")

    async def _find(self, incoming: Incoming, message_id: MessageId) -> Found | None:
        openid = OpenId(incoming.openid)
        if incoming.event == UNFOLLOW:
            await to_thread.run_sync(self._people.unfollowed, openid)
            return None
        if incoming.event in CONSENTS | REPORTS:
            await self._hear_of(incoming, openid)
            return None
        taken = take(incoming, self._hall.library().published.offices)
        if taken is None:
            return None
        if incoming.scene and (told := await to_thread.run_sync(self._linking.scanned, openid, incoming.scene)):
            taken = Taken(text=wording.say("said_code"), told=told, greeting=taken.greeting)
        elif taken.text in PARTS:
            taken = replace(taken, told=await to_thread.run_sync(self._linking.part_from_wechat, openid))
        try:
            return await self._answer(incoming, openid, taken, message_id)
        except VisitorForgotten:  # a moment ago, on another node: from now on she is somebody new
            return await self._answer(incoming, openid, taken, message_id)

    async def _hear_of(self, incoming: Incoming, openid: OpenId) -> None:
        """Once: a copy of it is no second consent."""
        now = self._hall.clock()
        visitor_id = await to_thread.run_sync(self._people.visitor_of, openid, now)
        event = CitizenMessage(visitor_id, now, door=Door.WECHAT, key=incoming.key, speaker=openid)
        if await self._once.claim(event):
            await to_thread.run_sync(self._hear, openid, incoming.fields, now)
            await self._once.join(FORGOTTEN, event)

    async def _answer(self, incoming: Incoming, openid: OpenId, taken: Taken, message_id: MessageId) -> Found | None:
        visitor_id = await to_thread.run_sync(self._meet, openid)
        if taken.menu_id:
            taken = await to_thread.run_sync(self._resolved, visitor_id, taken)
        elif not taken.told and may_choose(taken.text):
            taken = await to_thread.run_sync(self._about_a_notice, visitor_id, taken)
        owed = await to_thread.run_sync(self.owed_to, openid) if taken.goes_on else []
        if owed:
            taken = replace(taken, told=wording.say("goes_on_with"))
        message = CitizenMessage(
            visitor_id=visitor_id,
            received_at=self._hall.clock(),
            text="" if taken.payload else taken.text,
            payload=taken.payload,
            location=taken.location,
            door=Door.WECHAT,
            key=incoming.key,
            speaker=openid,
            told=taken.told,
            message_id=message_id,
        )
        admit = partial(self._limits.check_visitor, visitor_id)
        promising = asyncio.create_task(self._promises.make(openid, message_id))
        try:
            receipt = await self._bursts.receive(message, incoming.created, admit, incoming.kind == "text")
        finally:
            await promising
        if receipt is None or receipt.is_repeat:
            await self._promises.settle(message_id)
            return None
        shown = show(receipt.message_id, receipt.replies, self._public_url)
        greeting = f"{taken.greeting}\n\n" if taken.greeting else ""
        owed = owed or await to_thread.run_sync(self.owed_to, openid)
        notices = await to_thread.run_sync(self._notices_for, visitor_id)
        # Kept under the id of the first one, too, where this is a copy and whoever had that in work has died.
        return Found(Saying(shown, receipt.message_id, heading=greeting, is_kept=True), (*owed, *notices))

    def _meet(self, openid: OpenId) -> VisitorId:
        now = self._hall.clock()
        visitor_id = self._people.visitor_of(openid, now)
        self._people.wrote(openid, now)
        return visitor_id

    def _resolved(self, visitor_id: VisitorId, taken: Taken) -> Taken:
        """The option behind the id; where there is none, the menu is an old one."""
        message_id, options = self._on_the_table(visitor_id)
        choice = tapped(taken.menu_id, message_id, options)
        return Taken(payload=choice.payload) if choice else Taken(text=taken.text, told=wording.say("past_menu"))

    def _about_a_notice(self, visitor_id: VisitorId, taken: Taken) -> Taken:
        """Where a notice was the last that was said to her, its options count."""
        last = next(iter(self._records.conversation_of(visitor_id, None, 1)), None)
        choice = chosen(taken.text, last.reply) if last and isinstance(last.reply, NoticeReply) else None
        return Taken(payload=choice.payload) if choice else taken

    def _on_the_table(self, visitor_id: VisitorId) -> tuple[MessageId, Sequence[Choice]]:
        """The options that she was last offered, and with which answer."""
        spoken = self._records.conversation_of(visitor_id, None, _LATELY)
        for each in reversed(spoken):
            if each.who is Speaker.ASSISTANT and each.message_id and each.reply and offered((each.reply,)):
                return each.message_id, offered((each.reply,))
        return MessageId(""), ()

    def owed_to(self, openid: OpenId) -> list[Saying]:
        """For whoever asked to say. Empty while the database is away: it stays owed."""
        try:
            return [saying for owed in self._promises.due(openid) if (saying := self._again(owed))]
        except OutOfReach:
            return []

    def _notices_for(self, visitor_id: VisitorId) -> list[Saying]:
        try:
            found = self._notices.open_for(visitor_id, self._hall.clock())
        except OutOfReach:
            return []
        heading = wording.say("notice") + "\n"
        return [Saying(Shown(reply.text), heading=heading, notice_id=notice_id) for notice_id, reply in found]

    def _again(self, owed: Owed) -> Saying | None:
        """None: she has deleted it since."""
        turn = self._records.turn(owed.message_id)
        if turn:
            shown, heading = show(turn.message_id, turn.replies, self._public_url), _heading(turn.said)
            return Saying(shown, turn.message_id, max(owed.begins, 0), heading, is_kept=True)
        if owed.begins == NOT_YET:  # the service stopped over it, and what she said is kept nowhere
            return Saying(Shown(wording.say("interrupted")), owed.message_id, NOT_YET, is_kept=True)
        self._promises.drop(owed.message_id)
        return None


def _heading(said: str) -> str:
    is_tap = read_payload(said) or read_command(said)
    short = said if len(said) <= _MOST_SAID else f"{said[:_MOST_SAID]}…"
    return wording.say("before_tapped") + "\n" if is_tap else wording.say("before", said=short) + "\n"


def _told(name: str, again_in: int = 0, **filled: object) -> Found:
    return Found(Saying(Shown(wording.say(name, **filled))), again_in=again_in)
