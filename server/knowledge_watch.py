"""Looks for what was published, several times a second, as long as the service runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from service_hall.shared.errors import OutOfReach

log = logging.getLogger(__name__)
EVERY_SECONDS, AFTER_A_FAULT_SECONDS = 0.2, 10.0


class KnowledgeWatch:
    def __init__(self, catch_up: Callable[[], object]) -> None:
        self._catch_up = catch_up
        self._is_over = Event()
        self._thread = Thread(target=self._watch, name="knowledge-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Waits until the last look is done."""
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = EVERY_SECONDS
        while not self._is_over.wait(pause):
            pause = EVERY_SECONDS
            try:
                self._catch_up()
            except OutOfReach:
                pause = AFTER_A_FAULT_SECONDS  # storage has said so
            except Exception:
                pause = AFTER_A_FAULT_SECONDS
                log.exception("what was published is not taken up yet")
