"""Rasa and the service on free ports, with a folder of their own, for as long as they are asked."""

from __future__ import annotations

import contextlib
import logging
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from server.processes import Child, start_rasa, start_service, stop, wait_until_healthy
from server.settings import Settings
from server.training import train_if_changed

UNLIMITED = "1000000"
"""An evaluation asks from one address, faster than any citizen."""


@dataclass(frozen=True)
class Stack:
    address: str
    children: tuple[Child, ...]
    start_seconds: float
    """From the first process started to `/readyz` saying 200."""

    @property
    def port(self) -> int:
        return int(self.address.rsplit(":", 1)[1])

    @property
    def process_ids(self) -> dict[str, int]:
        return {child.name: child.process.pid for child in self.children}


@contextlib.contextmanager
def running_stack(var: Path | None = None, overrides: Mapping[str, str] | None = None) -> Iterator[Stack]:
    """Trains Rasa first if its inputs changed. `var`: kept between runs; None: a temporary folder, gone afterwards."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    train_if_changed()
    with contextlib.ExitStack() as kept:
        folder = var or Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="wenban-")))
        public, actions, rasa = free_ports(3)
        environment = {
            "WENBAN_HOST": "127.0.0.1",
            "WENBAN_PORT": str(public),
            "WENBAN_ACTIONS_PORT": str(actions),
            "WENBAN_RASA_URL": f"http://127.0.0.1:{rasa}",
            "WENBAN_VAR": str(folder),
            "WENBAN_DATABASE_URL": "",
            "WENBAN_RATE_PER_VISITOR": UNLIMITED,
            "WENBAN_RATE_PER_ADDRESS": UNLIMITED,
            "WENBAN_BOOKINGS_PER_ADDRESS": UNLIMITED,
            **(overrides or {}),
        }
        settings = Settings(
            host="127.0.0.1",
            port=public,
            actions_port=actions,
            rasa_url=environment["WENBAN_RASA_URL"],
            var=folder,
        )
        children: list[Child] = []
        try:
            began = time.monotonic()
            children.append(start_rasa(settings))
            children.append(start_service(settings, environment))
            wait_until_healthy(settings, children)
            yield Stack(f"http://127.0.0.1:{public}", tuple(children), time.monotonic() - began)
        finally:
            stop(children)


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
