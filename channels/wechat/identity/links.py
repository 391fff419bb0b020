"""Browsers that belong to a citizen on WeChat: what was booked there is hers from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType, Protocol

from channels.wechat.api.parts import OpenId
from service_hall.shared.ids import VisitorId

OfferId = NewType("OfferId", str)
GOOD_FOR = timedelta(minutes=10)
MOST_TRIES = 5


@dataclass(frozen=True)
class Offer:
    """What a browser shows as a QR code. `openid` and `code`: of whoever scanned it last, and what WeChat told her."""

    offer_id: OfferId
    visitor_id: VisitorId
    good_until: datetime
    openid: OpenId | None = None
    code: str = ""
    tries: int = 0

    def is_open(self, now: datetime) -> bool:
        return now < self.good_until and self.tries < MOST_TRIES


class Links(Protocol):
    """All raise OutOfReach."""

    def goes_by(self, visitor_id: VisitorId) -> VisitorId:
        """Who a browser's visitor is by now; from memory, as every request asks."""
        ...

    def has_browsers(self, visitor_id: VisitorId) -> bool:
        """Somebody goes by that name."""
        ...

    def link(self, visitor_id: VisitorId, to: VisitorId, at: datetime) -> None:
        """All that is kept of the first is the other's from now on. Raises VisitorForgotten."""
        ...

    def part(self, visitor_id: VisitorId, at: datetime) -> None:
        """The citizen on WeChat goes on as another visitor, with all that was kept. The one that she was is nobody any
        more, and no token of that one opens anything."""
        ...

    # offers

    def offer(self, offer: Offer) -> None:
        """In place of the visitor's one before."""
        ...

    def scanned(self, offer_id: OfferId, openid: OpenId, code: str, now: datetime) -> str | None:
        """The code that holds: the one before, where it was she who scanned it before; that of somebody else counts no
        more. None: no offer is open under that id."""
        ...

    def offer_of(self, visitor_id: VisitorId) -> Offer | None: ...

    def note_try(self, offer: Offer) -> bool:
        """Before the code is compared. False: another try was faster, or there is none left."""
        ...

    def drop_offer(self, offer_id: OfferId) -> bool:
        """False: somebody else has done so."""
        ...
