"""Who wanted to be forgotten, in memory: for the fakes that write nothing for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from service_hall.shared.errors import VisitorForgotten
from service_hall.shared.ids import VisitorId


class FakeForgotten(set[VisitorId]):
    def add(self, visitor_id: VisitorId, at: datetime | None = None) -> None:
        super().add(visitor_id)

    def refresh(self) -> None:
        """There is no other node."""

    def refuse(self, visitor_ids: Iterable[VisitorId]) -> None:
        if self.intersection(visitor_ids):
            raise VisitorForgotten
