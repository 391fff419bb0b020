"""A browser becomes hers: it shows a code, she scans it in WeChat, and types into the browser what WeChat tells her.

Only who has both before her can do that: neither somebody who shows her a code of his own, nor one who scans hers over
her shoulder.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from enum import StrEnum

from channels.wechat.api import OpenId, WeChatApi
from channels.wechat.identity.links import GOOD_FOR, MOST_TRIES, Links, Offer, OfferId
from channels.wechat.people import People
from service_hall.shared.clock import Clock
from service_hall.shared.ids import VisitorId

SCENE = "link_"
_DIGITS = 6
TOLD = "您的关联码是 {code}，请在网页上输入，10分钟内有效。关联后微信和网页上看到的是同样的预约。请不要把它告诉别人。"
PARTS = frozenset({"解除关联", "解除网页关联", "取消关联"})
"""What she says on WeChat who has lost a computer, or sat at another's."""
PARTED = "已经解除关联：预约都留在微信里，原来的浏览器看不到了。"
NOT_LINKED = "您没有关联网页，不用解除。"
TOO_LATE = "这个二维码已经过期，请在网页上重新打开再扫。"


class Outcome(StrEnum):
    LINKED = "linked"
    WRONG_CODE = "wrong_code"
    NOT_SCANNED = "not_scanned"
    EXPIRED = "expired"


class Linking:
    def __init__(
        self, links: Links, people: People, api: WeChatApi, clock: Clock, let_go: Callable[[VisitorId], None]
    ) -> None:
        """`let_go`: gives back what is held in somebody's conversation. What is open there ends when it becomes
        another's."""
        self._links, self._people, self._api, self._clock, self._let_go = links, people, api, clock, let_go

    async def ticket(self, offer_id: OfferId) -> str:
        """What the code of an offer says. Raises Refused."""
        found = await self._api.qr_ticket(f"{SCENE}{offer_id}", int(GOOD_FOR.total_seconds()))
        return found.url

    def begin(self, visitor_id: VisitorId) -> Offer:
        """Raises OutOfReach."""
        offer = Offer(OfferId(secrets.token_hex(12)), visitor_id, self._clock() + GOOD_FOR)
        self._links.offer(offer)
        return offer

    def scanned(self, openid: OpenId, scene: str) -> str:
        """What she is told on WeChat who scanned it; empty where it is the scene of something else. Raises
        OutOfReach."""
        if not scene.startswith(SCENE):
            return ""
        code = "".join(secrets.choice("0123456789") for _ in range(_DIGITS))
        holds = self._links.scanned(OfferId(scene.removeprefix(SCENE)), openid, code, self._clock())
        return TOLD.format(code=holds) if holds else TOO_LATE

    def finish(self, visitor_id: VisitorId, typed: str) -> tuple[Outcome, VisitorId]:
        """`typed`: into the browser. And whose the browser is then. Raises OutOfReach, VisitorForgotten."""
        now = self._clock()
        offer = self._links.offer_of(visitor_id)
        if offer is None or not offer.is_open(now) or self.is_linked(visitor_id):
            return Outcome.EXPIRED, visitor_id
        if offer.openid is None:
            return Outcome.NOT_SCANNED, visitor_id
        if not self._links.note_try(offer):
            return Outcome.EXPIRED, visitor_id
        if not hmac.compare_digest(offer.code.encode(), typed.encode()):
            return (Outcome.WRONG_CODE if offer.tries + 1 < MOST_TRIES else Outcome.EXPIRED), visitor_id
        if not self._links.drop_offer(offer.offer_id):
            return Outcome.EXPIRED, visitor_id
        hers = self._people.visitor_of(offer.openid, now)
        self._let_go(visitor_id)
        self._links.link(visitor_id, hers, now)
        return Outcome.LINKED, hers

    def is_linked(self, visitor_id: VisitorId) -> bool:
        """The visitor is a citizen on WeChat. Raises OutOfReach."""
        return self._people.contact_of(visitor_id) is not None

    def is_scanned(self, visitor_id: VisitorId) -> bool:
        offer = self._links.offer_of(visitor_id)
        return offer is not None and offer.openid is not None and offer.is_open(self._clock())

    def part_from_wechat(self, openid: OpenId) -> str:
        """What she is told. Raises OutOfReach."""
        hers = self._people.visitor_of(openid, self._clock())
        if not self._links.has_browsers(hers):
            return NOT_LINKED
        self.part(hers)
        return PARTED

    def part(self, visitor_id: VisitorId) -> None:
        """No browser is hers any more; what was booked stays hers on WeChat. Raises OutOfReach."""
        self._let_go(visitor_id)
        self._links.part(visitor_id, self._clock())
