"""The board of an office, for all who look at it: phones, screens and kiosks."""

from __future__ import annotations

from collections.abc import Hashable

from channels.shared_look import SharedLook
from service_hall.hall import Hall
from service_hall.queue.board import Board, board

BOARD_SECONDS = 1.0


def shared_boards(hall: Hall) -> SharedLook[str, Board | None]:
    means = hall.means

    def version() -> Hashable:
        return means.ledger.written, means.now().replace(second=0, microsecond=0)

    return SharedLook(lambda office_id: board(means, office_id), BOARD_SECONDS, version)
