"""How much, how often: limits at the doors."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request

from channels.addresses import address_of
from channels.refusals import Refusal
from channels.windows import MovingWindow

MOST_CHARACTERS = 1000
FEWEST_TICKETS = 10
ADDRESS_CALLS_A_TICKET = 20
"""At most every twentieth request of an address may take a ticket: 60 a minute by default."""
EXPORTS_A_MINUTE = 6
FEWEST_AT_THE_CONSOLE, CALLS_A_LOOK = 30, 4
"""At the console before the sign-in, of an address in a minute: 300 by default."""
FEWEST_OF_STAFF = 600
"""Of an account: nobody leafs and types so fast, and a script of hers may."""
LINKS_A_MINUTE = 20
"""Codes of browsers to be scanned: WeChat counts how many an account makes in a day."""
KNOWN_VISITORS_SHARE = 2
"""While an address is over its limit, a visitor known before may ask this many times as often as for messages: a page
that shows a ticket asks twelve times a minute."""
_RUSH, _IN_HASTE = "现在来办事的人很多", "打开页面太快了"
RUSH_SECONDS = 5
"""How long a newcomer is asked to wait at least: a place in the window is free again at once, and gone at once."""


@dataclass(frozen=True)
class Caller:
    """Somebody with a token of ours. `since`: when the first one was given, in seconds since 1970."""

    name: str
    since: float


class RateLimits:
    def __init__(self, per_visitor: int, per_address: int, clock: Callable[[], float] = time.time) -> None:
        """`clock`: the one that stamps the visitors' tokens."""
        self._visitors, self._addresses = MovingWindow(per_visitor), MovingWindow(per_address)
        self._tickets = MovingWindow(max(FEWEST_TICKETS, per_address // ADDRESS_CALLS_A_TICKET))
        self._exports = MovingWindow(EXPORTS_A_MINUTE)
        self._console = MovingWindow(max(FEWEST_AT_THE_CONSOLE, per_address // CALLS_A_LOOK))
        self._staff = MovingWindow(max(FEWEST_OF_STAFF, per_address))
        self._links = MovingWindow(LINKS_A_MINUTE)
        self._known = MovingWindow(KNOWN_VISITORS_SHARE * per_visitor)
        self._known_of_an_address = MovingWindow(per_address)
        self._rushes = Rushes(clock)

    async def admit(self, request: Request, caller: Callable[[], Caller | None]) -> None:
        """Any request of an address, before anything of it is read. Above the address's limit the visitors who were
        known before the rush go on, each within bounds, and all together once more as many as the limit: tokens that
        somebody collected beforehand open no more than that. Raises the refusal (429 with Retry-After)."""
        address = address_of(request)
        if not (wait_seconds := self._take(self._addresses, address)):
            return
        rush_began = self._rushes.began(address)
        known = caller()
        if known and known.since < math.floor(rush_began):
            if not (own_wait := self._take(self._known, known.name)):
                own_wait = self._take(self._known_of_an_address, address)
            if not own_wait:
                return
            wait_seconds = max(wait_seconds, own_wait)
        raise _later(max(wait_seconds, RUSH_SECONDS))

    async def admit_to_console(self, request: Request, name: str) -> None:
        """`name`: of whoever has signed in; '' for a stranger, who looks at little there."""
        if name:
            self._check(self._staff, name, _IN_HASTE)
        else:
            self._check(self._console, address_of(request), _IN_HASTE)

    async def check_visitor(self, visitor_id: str) -> None:
        """Raises the refusal of a visitor in too much haste."""
        self._check(self._visitors, visitor_id)

    async def check_ticket(self, request: Request) -> None:
        """A hall's kiosks are often one address, and no faster than this."""
        self._check(self._tickets, address_of(request))

    async def check_export(self, request: Request) -> None:
        """Where a whole book is handed out."""
        self._check(self._exports, address_of(request))

    async def check_link(self, request: Request) -> None:
        """Where a code is made that has to be asked for at WeChat; newcomers are as many as they like to be."""
        self._check(self._links, address_of(request))

    def _check(self, window: MovingWindow, who: str, why: str = _RUSH) -> None:
        if wait_seconds := self._take(window, who):
            raise _later(wait_seconds, why)

    def _take(self, window: MovingWindow, who: str) -> int:
        return window.take(who)


class Rushes:
    """Since when an address has been over its limit, without a quiet minute in between."""

    QUIET_SECONDS = 60.0

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._of: dict[str, tuple[float, float]] = {}
        """Address → when the rush began, and when it was last over the limit; who was so last stands last."""

    def began(self, address: str) -> float:
        """It is over its limit now."""
        now = self._clock()
        began, last = self._of.pop(address, (now, now))
        self._of[address] = (began if now - last < self.QUIET_SECONDS else now, now)
        while (oldest := next(iter(self._of))) != address and now - self._of[oldest][1] >= self.QUIET_SECONDS:
            del self._of[oldest]
        return self._of[address][0]


def _later(seconds: int, why: str = _RUSH) -> Refusal:
    return Refusal(
        429,
        "too_many_requests",
        f"{why}，请过{seconds}秒再试。",
        headers={"Retry-After": str(seconds)},
    )
