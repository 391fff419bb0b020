"""What may go wrong at WeChat, to order: the next calls of a path fare so, one after the other."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Fault:
    """`code`: WeChat refuses with it. `hang` and `slow` last `seconds`: after a hang nothing is done, a slow call is
    done first and told late. `bad_json` is done, `disconnect` is not."""

    kind: Literal["code", "hang", "slow", "disconnect", "bad_json", "http_502"] = "code"
    code: int = -1
    seconds: float = 60.0


class Faults:
    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)
        self._always: dict[str, Fault] = {}
        self._lock = threading.Lock()
        self._over = threading.Event()

    def order(self, path: str, fault: Fault, times: int | None = 1) -> None:
        """`path`: as in the API, or `*` for all. `times` None: until `clear`."""
        with self._lock:
            if times is None:
                self._always[path] = fault
            else:
                self._waiting[path].extend([fault] * times)

    def clear(self) -> None:
        """What hangs goes on hanging until the end of the server."""
        with self._lock:
            self._waiting.clear()
            self._always.clear()

    def next(self, path: str) -> Fault | None:
        with self._lock:
            for name in (path, "*"):
                if self._waiting[name]:
                    return self._waiting[name].popleft()
            return self._always.get(path) or self._always.get("*")

    async def wait(self, seconds: float) -> None:
        """Shorter where the server ends meanwhile."""
        until = asyncio.get_running_loop().time() + seconds
        while not self._over.is_set() and (left := until - asyncio.get_running_loop().time()) > 0:
            await asyncio.sleep(min(left, 0.05))

    def end(self) -> None:
        self._over.set()
