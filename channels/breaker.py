"""Leaves alone what does not answer, and finds out with one message at a time whether it does again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

FAULTS_IN_A_ROW = 3
REST_SECONDS = 2.0


class State(StrEnum):
    CLOSED = "closed"
    """All go through."""
    OPEN = "open"
    """Nobody does, until the rest is over."""
    PROBING = "probing"
    """One has gone through to see; the others wait for what comes of it elsewhere."""


class Resting(Exception):
    """Nobody asks now."""


class Breaker:
    """Opens after `faults` in a row. Calls that stood side by side and fell together fell for one reason, such as a
    machine that stopped for a moment: they are one fault."""

    def __init__(
        self,
        faults: int = FAULTS_IN_A_ROW,
        rest_s: float = REST_SECONDS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`now`: seconds of a clock that only goes forward."""
        self.times_opened = 0
        self._faults, self._rest_s, self._now = faults, rest_s, now
        self._in_a_row = 0
        self._last_fault = self._rests_until = float("-inf")
        self._is_open = False
        self._probe: object | None = None

    @property
    def state(self) -> State:
        if not self._is_open:
            return State.CLOSED
        return State.PROBING if self._probe else State.OPEN

    @property
    def admits(self) -> bool:
        return not self._is_open or (self._probe is None and self._now() >= self._rests_until)

    @contextmanager
    def attempt(self, fault: type[Exception]) -> Iterator[None]:
        """Around a call. `fault`: what it raises where nothing answered. Any other end is an answer, but for that of a
        call which the caller gave up: it says nothing. Raises Resting."""
        if not self.admits:
            raise Resting
        began = self._now()
        probe = self._probe = object() if self._is_open else None
        try:
            yield
        except fault:
            self._note_fault(began)
            raise
        except Exception:
            self._note_answer()
            raise
        else:
            self._note_answer()
        finally:
            if self._probe is probe:
                self._probe = None

    def _note_fault(self, began: float) -> None:
        now = self._now()
        if self._is_open:
            # A late one, whose call began before, changes nothing; a probe's begins another rest.
            if began >= self._rests_until:
                self._rests_until = now + self._rest_s
            return
        if began < self._last_fault:
            return
        self._last_fault = now
        self._in_a_row += 1
        if self._in_a_row >= self._faults:
            self._is_open = True
            self._rests_until = now + self._rest_s
            self.times_opened += 1

    def _note_answer(self) -> None:
        self._is_open, self._in_a_row = False, 0
