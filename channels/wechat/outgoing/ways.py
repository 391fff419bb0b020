"""How one notice reaches her: the ways that are open, one after the other, until WeChat takes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from anyio import to_thread

from channels.wechat.api import Decision, Part, Refused, TextPart, WeChatApi
from channels.wechat.outgoing.consents import Consents
from channels.wechat.outgoing.options import with_options
from channels.wechat.outgoing.templates import Templates
from channels.wechat.people import Contact
from service_hall.conversation.reply import NoticeReply

Rendering = Callable[[NoticeReply], Sequence[Part]]
_ANOTHER_WAY = (
    Decision.OUT_OF_WINDOW,
    Decision.TOO_MANY,
    Decision.NOT_AUTHORISED,
    Decision.PLAIN_TEXT,
    Decision.NO_CONSENT,
)


class NoWay(Exception):
    """WeChat allows none now. `code`: of the last refusal; 0: there was none to try."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(str(code))
        self.code = code


def as_text(notice: NoticeReply) -> Sequence[Part]:
    return [TextPart(with_options(notice))]


@dataclass(frozen=True)
class Ways:
    api: WeChatApi
    consents: Consents
    templates: Templates
    page: str
    """Where a template message leads to."""
    rendering: Rendering = as_text

    async def tell(self, contact: Contact, notice: NoticeReply, now: datetime) -> str:
        """By what WeChat calls it, if it reports afterwards what became of it; else empty. Raises Refused for what
        another way would not mend, NoWay."""
        last = 0
        for way in (self._in_the_window, self._by_subscription, self._by_template):
            try:
                if (receipt := await way(contact, notice, now)) is not None:
                    return receipt
            except Refused as refused:
                if refused.decision not in _ANOTHER_WAY:
                    raise
                last = refused.code
        raise NoWay(last)

    async def _in_the_window(self, contact: Contact, notice: NoticeReply, now: datetime) -> str | None:
        """None, here and below: there is no such way."""
        if not contact.is_in_window(now):
            return None
        for part in self.rendering(notice):
            await self.api.send(contact.openid, part)
        return ""

    async def _by_subscription(self, contact: Contact, notice: NoticeReply, now: datetime) -> str | None:
        template = self.templates.for_kind(notice.kind)
        if template is None or not template.subscription:
            return None
        consent = contact.openid, template.subscription
        if not await to_thread.run_sync(self.consents.use, *consent):
            return None
        try:
            # WeChat's report names the template, too.
            return (
                await self.api.send_subscription(*consent, template.filled(notice), self.page) or template.subscription
            )
        except Refused as refused:
            if refused.decision is Decision.NO_CONSENT:
                await to_thread.run_sync(self.consents.withdrawn, *consent)
            elif refused.decision is not Decision.UNCERTAIN:
                await to_thread.run_sync(self.consents.give_back, *consent)
            raise

    async def _by_template(self, contact: Contact, notice: NoticeReply, now: datetime) -> str | None:
        template = self.templates.for_kind(notice.kind)
        if template is None or not template.template:
            return None
        return await self.api.send_template(contact.openid, template.template, template.filled(notice), self.page)
