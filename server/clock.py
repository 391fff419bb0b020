"""The service's clock; a test may set it through a file, while the service runs."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

from service_hall.shared.clock import SHANGHAI, Clock, shanghai_now


def clock_of(path: Path | None) -> Clock:
    """None: the real time. Else: the real time, shifted so that it was the moment in the file (ISO 8601) when that was
    written. A file that is not there, or holds no moment, shifts nothing."""
    return _ShiftedClock(path) if path else shanghai_now


class _ShiftedClock:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._written_ns = 0
        self._shift = timedelta()
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        with self._lock:
            self._look()
            return shanghai_now() + self._shift

    def _look(self) -> None:
        try:
            written_ns = self._path.stat().st_mtime_ns
            if written_ns == self._written_ns:
                return
            said = datetime.fromisoformat(self._path.read_text("ascii").strip())
        except (OSError, ValueError):
            return
        self._written_ns = written_ns
        moment = said if said.tzinfo else said.replace(tzinfo=SHANGHAI)
        self._shift = moment - datetime.fromtimestamp(written_ns / 1e9, SHANGHAI)
