"""Passwords are checked beside the service's work, one by one: each takes a core and 64 MB for a sixth of a second.

Two lines, each of its own: known devices never wait behind strangers. So two are checked at once at most, and the
threads that citizens' messages need are not among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from anyio import CapacityLimiter, to_thread

from channels.refusals import Refusal

Found = TypeVar("Found")
MOST_WAITING = 20
"""Of known devices, and of strangers at one address: some four seconds, and more where the machine is busy; the page
waits for fifteen."""
MOST_STRANGERS = 2 * MOST_WAITING
"""From all addresses: no single one fills the line."""
_COME_BACK_SECONDS = 5


class Passwords(Protocol):
    """Both take their time."""

    def accepts(self, name: str, password: str, code: str = "") -> str | None: ...

    def is_password(self, name: str, password: str) -> bool: ...


@dataclass
class _Line:
    one_by_one: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1))
    longest: int = MOST_WAITING
    inside: Counter[str] = field(default_factory=Counter)
    """By address. Counted here: the limiter counts nobody who has not got as far as to wait."""

    async def wait_and(self, check: Callable[[], Found], address: str = "") -> Found:
        """Refuses (429) who finds the line full, or full of its own address."""
        if self.inside.total() > self.longest or self.inside[address] > MOST_WAITING:
            raise _come_back()
        self.inside[address] += 1
        try:
            return await to_thread.run_sync(check, limiter=self.one_by_one)
        finally:
            self.inside[address] -= 1
            if not self.inside[address]:
                del self.inside[address]


class PasswordCheck:
    def __init__(self, accounts: Passwords) -> None:
        self._accounts = accounts
        self._strangers, self._known = _Line(longest=MOST_STRANGERS), _Line()

    async def accepts(
        self, name: str, password: str, is_known_device: bool, code: str = "", address: str = ""
    ) -> str | None:
        """As the accounts say."""
        if is_known_device:
            return await self._known.wait_and(lambda: self._accounts.accepts(name, password, code))
        return await self._strangers.wait_and(lambda: self._accounts.accepts(name, password, code), address)

    async def is_password(self, name: str, password: str) -> bool:
        """Of somebody who is signed in already."""
        return await self._known.wait_and(lambda: self._accounts.is_password(name, password))


def _come_back() -> Refusal:
    return Refusal(
        429,
        "too_many_requests",
        f"现在登录的人太多，请过{_COME_BACK_SECONDS}秒再试。",
        headers={"Retry-After": str(_COME_BACK_SECONDS)},
    )
