"""The queue of an office, read once for all who look at it: phones, screens and kiosks."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

from channels.shared_look import SharedLook
from service_hall.hall import Hall
from service_hall.queue.board import Board, board
from service_hall.queue.state import Glance, glance_at
from service_hall.visits.means import Means

SHARED_SECONDS = 1.0


def shared_boards(hall: Hall) -> SharedLook[str, Board | None]:
    return SharedLook(partial(board, hall.means), SHARED_SECONDS, partial(_version, hall.means))


def shared_glances(hall: Hall) -> SharedLook[str, Glance | None]:
    """Of an office: for all who hold a ticket there and ask every few seconds where they stand."""
    return SharedLook(partial(glance_at, hall.means), SHARED_SECONDS, partial(_version, hall.means))


def _version(means: Means) -> Hashable:
    """Another one after each write here, and each minute, since waits are told in minutes."""
    return means.ledger.written, means.now().replace(second=0, microsecond=0)
