"""Looks after Rasa and the service: what ends by itself or answers no more is started again, and nobody is asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from server.processes import START_SECONDS, Child

EVERY_SECONDS = 1.0
LOOK_SECONDS = 1.5
"""How long a look waits. With 256 visitors on two busy cores the slowest answer took 0.7 s."""
MOST_MISSES = 3
GRACE_SECONDS = 0.5
WAITS_SECONDS = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Before the first start again, the second in vain, …; the last holds for all that follow."""


@dataclass(frozen=True)
class Post:
    """What is to be running."""

    name: str
    """As an operator reads it."""
    start: Callable[[], Child]
    is_answering: Callable[[], bool]
    """Says no after LOOK_SECONDS. Called in a thread."""
    is_free: Callable[[], bool]
    """Whether nobody else holds its ports."""
    log: Path


class Ward:
    """One post and who is at it."""

    def __init__(self, post: Post, now: Callable[[], float], tell: Callable[[str], None]) -> None:
        self.post = post
        self.child: Child | None = None
        self._now, self._tell = now, tell
        self._is_up, self._misses = True, 0
        self._falls = 0
        """Since it answered last."""
        self._fell_at = self._starts_at = self._started_at = now()
        self._is_kept_waiting = False

    def look(self) -> bool:
        return self.child is not None and self.child.is_running and self.post.is_answering()

    def tend(self, is_answering: bool) -> None:
        """Does what is to be done after a look."""
        if self.child is None:
            self._start_when_it_can()
        elif not self.child.is_running:
            self._let_fall("ended by itself")
        elif is_answering:
            self._note_answer()
        elif not self._is_up:
            if self._now() - self._started_at > START_SECONDS:
                self._let_fall("did not come up")
        else:
            self._misses += 1
            if self._misses >= MOST_MISSES:
                self.child.say_where_it_is()
                self._let_fall("does not answer")

    def _note_answer(self) -> None:
        if not self._is_up:
            self._tell(f"{self.post.name} answers again after {self._now() - self._fell_at:.0f} s")
        self._is_up, self._misses, self._falls = True, 0, 0

    def _let_fall(self, why: str) -> None:
        wait_s = WAITS_SECONDS[min(self._falls, len(WAITS_SECONDS) - 1)]
        when = f" in {wait_s:.0f} s" if wait_s else ""
        self._tell(f"{self.post.name} {why} and is started again{when}; see {self.post.log}")
        if self._is_up:
            self._fell_at = self._now()
        if self.child is not None:
            self.child.end(GRACE_SECONDS)
        self.child, self._is_up, self._misses = None, False, 0
        self._falls += 1
        self._starts_at = self._now() + wait_s
        self._start_when_it_can()

    def _start_when_it_can(self) -> None:
        if self._now() < self._starts_at:
            return
        if not self.post.is_free():
            if not self._is_kept_waiting:
                self._tell(f"{self.post.name} waits until its port is free")
            self._is_kept_waiting = True
            return
        self._is_kept_waiting = False
        try:
            self.child, self._started_at = self.post.start(), self._now()
        except OSError as fault:  # no memory, no processes: there may be some later
            self._let_fall(f"could not be started ({fault.strerror})")


class Supervisor:
    def __init__(
        self, posts: Sequence[Post], tell: Callable[[str], None], now: Callable[[], float] = time.monotonic
    ) -> None:
        """`tell`: takes one line, for the operator."""
        self._now = now
        self._wards = [Ward(post, now, tell) for post in posts]

    @property
    def children(self) -> list[Child]:
        """Those who are at their posts now, in the order of the posts."""
        return [ward.child for ward in self._wards if ward.child]

    def start(self) -> None:
        """All, for the first time. Whether they come up is for the caller to see."""
        for ward in self._wards:
            ward.child = ward.post.start()

    def adopt(self, children: Sequence[Child]) -> None:
        """Those whom somebody else has started, in the order of the posts."""
        for ward, child in zip(self._wards, children, strict=True):
            ward.child = child

    def watch(self, pause: Callable[[float], object]) -> None:
        """Until `pause` raises. It is given the seconds to wait."""
        # Looks in threads, so that one who hangs holds up no look at the other. All else here: a child ends with the
        # thread that started it.
        with ThreadPoolExecutor(len(self._wards)) as looks:
            while True:
                began = self._now()
                self.tend(looks)
                pause(max(0.1, EVERY_SECONDS - (self._now() - began)))

    def tend(self, looks: ThreadPoolExecutor) -> None:
        """One round."""
        for ward, is_answering in zip(self._wards, list(looks.map(Ward.look, self._wards)), strict=True):
            ward.tend(is_answering)
