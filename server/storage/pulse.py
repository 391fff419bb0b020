"""Whether the database answers, and takes what is written: a full disk answers questions for a long time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from threading import Lock
from typing import Literal

import sqlalchemy as sa

from server.storage.engine import Database, insert_for, is_answering, pen_of, writing
from server.storage.schema import pulse
from service_hall.shared.errors import OutOfReach

State = Literal["ok", "down", "not_writable"]
_ONLY_ROW = 1


class Pulse:
    def __init__(self, engine: Database, trust_seconds: float = 5.0) -> None:
        """`trust_seconds`: so long a write that went well counts, unless a statement fails meanwhile."""
        self._engine, self._trust_seconds = engine, trust_seconds
        self._good_until = 0.0
        self._one_at_a_time = Lock()
        sa.event.listen(engine, "handle_error", self._doubt)

    def state(self) -> State:
        if not is_answering(self._engine):
            return "down"
        with self._one_at_a_time:
            if time.monotonic() < self._good_until:
                return "ok"
            try:
                self._beat()
            except (sa.exc.SQLAlchemyError, OutOfReach):
                return "not_writable"
            self._good_until = time.monotonic() + self._trust_seconds
            return "ok"

    def _beat(self) -> None:
        beaten = {"at": datetime.now(UTC)}
        with pen_of(self._engine), writing(self._engine).begin() as transaction:
            beat = insert_for(transaction)(pulse).values(pulse_id=_ONLY_ROW, **beaten)
            transaction.execute(beat.on_conflict_do_update(index_elements=[pulse.c.pulse_id], set_=beaten))

    def _doubt(self, _: sa.ExceptionContext) -> None:
        self._good_until = 0.0
