"""The lines that messages wait in: each citizen's own, and the one before the search alone."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from channels.waiting_line import NoPlace, WaitingLine
from service_hall.shared.ids import VisitorId

CITIZEN_SECONDS = 4.0
"""How long a message may wait in all. WeChat hangs up after five."""
ALONE_AT_ONCE, LONGEST_LINE_ALONE = 2, 128
"""The search computes in this process: more side by side would only take the time from each other, and from Rasa's
calls to the actions. Measured: about 200 a second on two free cores, 60 on busy ones: 128 wait for a second or two."""
MOST_OF_A_VISITOR = 30
"""Messages that wait for the same visitor's earlier ones."""
COME_AGAIN_SECONDS = (3, 8)
"""Not all at the same moment."""


class TooBusy(Exception):
    """No answer now: nothing was done or recorded. `retry_after_s`: when to try again."""

    def __init__(self) -> None:
        self.retry_after_s = random.randint(*COME_AGAIN_SECONDS)
        super().__init__(f"again in {self.retry_after_s} s")


class EarlierStillOpen(TooBusy):
    """The visitor's own earlier messages are still being answered."""


def line_alone() -> WaitingLine:
    """Before the search, where Rasa has no place or no answer."""
    return WaitingLine(ALONE_AT_ONCE, LONGEST_LINE_ALONE, CITIZEN_SECONDS)


class LinesOfVisitors:
    """One message of a citizen at a time: Rasa's own lock polls once a second, and nobody fills the line alone."""

    def __init__(self) -> None:
        self._lines: WeakValueDictionary[VisitorId, WaitingLine] = WeakValueDictionary()

    @asynccontextmanager
    async def turn_of(self, visitor_id: VisitorId) -> AsyncIterator[None]:
        """Raises EarlierStillOpen."""
        line = self._lines.get(visitor_id)
        if line is None:
            line = self._lines[visitor_id] = WaitingLine(1, MOST_OF_A_VISITOR, CITIZEN_SECONDS)
        try:
            async with line.place():
                yield
        except NoPlace as none:
            raise EarlierStillOpen from none
