"""From which addresses an account was signed in to lately: whoever comes from there waits behind no stranger.

It proves nothing, and is kept in memory, as the counts of wrong tries are.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

LATELY_SECONDS = 30 * 24 * 3600
MOST_KEPT = 10_000
"""Of all accounts; whatever was not seen for the longest goes first."""


class KnownAddresses:
    """`now`: seconds that only go forward."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._seen: OrderedDict[tuple[str, str], float] = OrderedDict()

    def remember(self, name: str, address: str) -> None:
        """After the right password alone."""
        self._seen[name, address] = self._now()
        self._seen.move_to_end((name, address))
        if len(self._seen) > MOST_KEPT:
            self._seen.popitem(last=False)

    def has(self, name: str, address: str) -> bool:
        seen = self._seen.get((name, address))
        return seen is not None and self._now() - seen < LATELY_SECONDS
