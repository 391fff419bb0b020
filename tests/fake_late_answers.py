"""A readable fake of what is still to be said on WeChat."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime

from channels.wechat.api.parts import OpenId
from channels.wechat.late import LEASE, Owed
from service_hall.shared.ids import MessageId


class FakeLateAnswers:
    def __init__(self) -> None:
        self.kept: dict[MessageId, tuple[OpenId, Owed, datetime, datetime]] = {}
        """With the moment when it was kept first, and until when somebody says it."""
        self._lock = threading.Lock()

    def keep(self, openid: OpenId, owed: Owed, now: datetime, until: datetime | None = None) -> None:
        first = self.kept[owed.message_id][2] if owed.message_id in self.kept else now
        self.kept[owed.message_id] = (openid, owed, first, until or now)

    def take(self, openid: OpenId, now: datetime) -> Sequence[Owed]:
        with self._lock:
            return self._take(openid, now)

    def _take(self, openid: OpenId, now: datetime) -> list[Owed]:
        free = [each for each in self.kept.values() if each[0] == openid and each[3] <= now]
        for _, owed, first, _ in free:
            self.kept[owed.message_id] = (openid, owed, first, now + LEASE)
        return [owed for _, owed, _, _ in sorted(free, key=lambda each: each[2])]

    def owing(self, now: datetime) -> Sequence[OpenId]:
        free = sorted((first, openid) for openid, _, first, until in self.kept.values() if until <= now)
        return list(dict.fromkeys(openid for _, openid in free))

    def said(self, message_id: MessageId) -> None:
        self.kept.pop(message_id, None)

    def forget(self, before: datetime) -> int:
        old = [message_id for message_id, each in self.kept.items() if each[2] < before]
        for message_id in old:
            del self.kept[message_id]
        return len(old)
