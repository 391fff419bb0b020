"""Rasa and the service as `make run` starts them, on free ports, with a folder of their own, while they are asked."""

from __future__ import annotations

import contextlib
import socket
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.processes import Child, start_rasa, start_service, stop, wait_until_healthy
from server.settings import Settings
from server.training import train_if_changed

UNLIMITED = 1_000_000
"""All ask from one address, faster than any citizen."""


@dataclass
class Stack:
    settings: Settings
    rasa: Child
    service: Child
    start_seconds: float
    """From the first process started to `/readyz` saying 200."""

    @property
    def url(self) -> str:
        return f"http://{self.settings.host}:{self.settings.port}"

    @property
    def port(self) -> int:
        return self.settings.port

    @property
    def process_ids(self) -> dict[str, int]:
        return {child.name: child.process.pid for child in (self.rasa, self.service)}


@contextlib.contextmanager
def running_stack(var: Path | None = None, **settings: Any) -> Iterator[Stack]:
    """Trains first what has changed. `var`: kept between runs; None: a temporary folder, gone afterwards. `settings`:
    fields of `Settings` that are to differ."""
    train_if_changed()
    with contextlib.ExitStack() as kept:
        folder = var or Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="wenban-")))
        public, actions, rasa_port = free_ports(3)
        chosen = Settings(
            **{
                "host": "127.0.0.1",
                "port": public,
                "actions_port": actions,
                "rasa_url": f"http://127.0.0.1:{rasa_port}",
                "var": folder,
                "database_url": "",
                "secret_key": "",
                "rate_per_visitor": UNLIMITED,
                "rate_per_address": UNLIMITED,
                "bookings_per_address": UNLIMITED,
                **settings,
            }
        )
        children: list[Child] = []
        stack: Stack | None = None
        began = time.monotonic()
        try:
            children.append(rasa := start_rasa(chosen))
            children.append(service := start_service(chosen, environment_of(chosen)))
            wait_until_healthy(chosen, children)
            stack = Stack(chosen, rasa, service, time.monotonic() - began)
            yield stack
        finally:
            # Whoever uses it may have put others at their posts.
            stop([stack.rasa, stack.service] if stack else children)


def environment_of(settings: Settings) -> dict[str, str]:
    """Every setting by name, so that neither `.env` nor the shell speaks up. What is None is empty: there is no file
    None to look for."""
    return {
        f"WENBAN_{name.upper()}": "" if value is None else str(value) for name, value in settings.model_dump().items()
    }


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
