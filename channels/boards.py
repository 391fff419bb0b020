"""The queue of an office, read once for all who look at it: phones, screens and kiosks."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Any

from channels.shared_look import SharedLook
from channels.visit_bodies import written
from service_hall.hall import Hall
from service_hall.queue.board import Board
from service_hall.queue.state import Glance

SHARED_SECONDS = 1.0


def shared_boards(hall: Hall) -> SharedLook[str, Board | None]:
    return SharedLook(hall.queue.board, SHARED_SECONDS, partial(_version, hall))


def shared_glances(hall: Hall) -> SharedLook[str, Glance | None]:
    """Of an office: for all who hold a ticket there and ask every few seconds where they stand."""
    return SharedLook(hall.queue.glance_at, SHARED_SECONDS, partial(_version, hall))


def hours_of(state: Board) -> dict[str, Any]:
    """Whether the office works now, when it does today, and when it opens next if it does not."""
    return {
        "open": any(line.is_open for line in state.lines),
        "hours_today": [{"opens": written(opens), "closes": written(closes)} for opens, closes in state.hours_today],
        "opens_at": written(state.opens_at) if state.opens_at else None,
    }


def _version(hall: Hall) -> Hashable:
    """Another one after each write here, and each minute, since waits are told in minutes."""
    return hall.written, hall.now().replace(second=0, microsecond=0)
