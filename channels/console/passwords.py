"""Passwords are checked beside the service's work, one by one: each takes a core and 64 MB for a sixth of a second.

Three lines, each of its own: known devices, and new ones at an address where the account was signed in to lately, never
wait behind strangers. So three are checked at once at most, and the threads that citizens' messages need are not among
them.
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

    def has_room(self, address: str) -> bool:
        """False: it is full, or full of this address."""
        return self.inside.total() <= self.longest and self.inside[address] <= MOST_WAITING

    async def wait_and(self, check: Callable[[], Found], address: str = "") -> Found:
        """Refuses (429) who finds no room."""
        if not self.has_room(address):
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
        self._at_known_addresses = _Line(longest=MOST_STRANGERS)

    async def accepts(
        self,
        name: str,
        password: str,
        is_known_device: bool,
        code: str = "",
        address: str = "",
        is_known_address: bool = False,
    ) -> str | None:
        """As the accounts say. `is_known_address`: the account was signed in to from there lately."""

        def check() -> str | None:
            return self._accounts.accepts(name, password, code)

        if is_known_device:
            return await self._known.wait_and(check)
        near = self._at_known_addresses
        return await (near if is_known_address and near.has_room(address) else self._strangers).wait_and(check, address)

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
