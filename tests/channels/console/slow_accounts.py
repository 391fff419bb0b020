"""Staff accounts whose passwords are right or wrong at once, or when the test says so; what was checked is counted."""

from __future__ import annotations

import asyncio
import threading

from server.staff import ADMIN
from service_hall.staff.member import Member
from service_hall.staff.roles import Role

RIGHT = "the right password"
MARK = "mark"


class SlowAccounts:
    """Every check takes until `go` is set."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.checked: list[str] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()

    def accepts(self, name: str, password: str, code: str = "") -> str | None:
        with self._lock:
            self.checked.append(name)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        self.go.wait(60)
        with self._lock:
            self._at_once -= 1
        return MARK if (name, password) == (ADMIN, RIGHT) else None

    def at_work(self, name: str, mark: str) -> Member | None:
        return Member(ADMIN, frozenset({Role.ADMINISTRATOR})) if (name, mark) == (ADMIN, MARK) else None

    def end_sessions(self, name: str) -> None:
        return None

    def is_password(self, name: str, password: str) -> bool:
        return self.accepts(name, password) is not None

    async def have_begun(self, count: int) -> None:
        while len(self.checked) < count:
            await asyncio.sleep(0.001)
