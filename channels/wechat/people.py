"""Whom the account knows: each openid is one visitor of the hall, as long as she does not want to be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from channels.wechat.api.parts import OpenId
from service_hall.shared.ids import VisitorId

WINDOW = timedelta(hours=48)
"""After she wrote, the account may send customer-service messages for so long."""


@dataclass(frozen=True)
class Contact:
    openid: OpenId
    visitor_id: VisitorId
    follows: bool
    wrote_at: datetime | None
    """When she last wrote or tapped something."""

    def is_in_window(self, now: datetime) -> bool:
        return self.wrote_at is not None and now < self.wrote_at + WINDOW


class People(Protocol):
    """One suite tests every implementation (tests/contract). All raise OutOfReach."""

    def visitor_of(self, openid: OpenId, at: datetime) -> VisitorId:
        """Made at the first contact, and anew after she was forgotten; the same on every node."""
        ...

    def wrote(self, openid: OpenId, at: datetime) -> None:
        """A message, a click, a scan: she is there, and follows. Nothing for somebody unknown."""
        ...

    def unfollowed(self, openid: OpenId) -> None:
        """No message reaches her until she is heard of again (`wrote`)."""
        ...

    def drop(self, before: datetime) -> int:
        """Whoever does not follow, and was not heard of since. How many."""
        ...

    def contact_of(self, visitor_id: VisitorId) -> Contact | None:
        """None: not on WeChat, as far as the hall knows."""
        ...
