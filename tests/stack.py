"""The real thing on loopback: Rasa and the service as `make run` starts them, on free ports, in a folder of their own."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from server.processes import Child, start_rasa, start_service, stop, wait_until_healthy
from server.settings import Settings
from service_hall.shared.clock import SHANGHAI, shanghai_now
from service_hall.shared.working_calendar import WorkingCalendar
from tests.made_once import all_is_trained

ADMIN_PASSWORD = "only for tests"
KIOSK_KEY = "only-for-tests"


@dataclass
class Stack:
    settings: Settings
    rasa: Child
    service: Child

    @property
    def url(self) -> str:
        return f"http://{self.settings.host}:{self.settings.port}"


@contextlib.contextmanager
def running_stack(var: Path) -> Iterator[Stack]:
    all_is_trained()
    public, actions, rasa_port = free_ports(3)
    settings = Settings(
        host="127.0.0.1",
        port=public,
        actions_port=actions,
        rasa_url=f"http://127.0.0.1:{rasa_port}",
        var=var,
        database_url="",
        secret_key="",
        # All tests are one address, and some are one impatient visitor.
        rate_per_visitor=10_000,
        rate_per_address=100_000,
        bookings_per_address=100_000,
        admin_password=ADMIN_PASSWORD,
        kiosk_key=KIOSK_KEY,
        test_clock=var / "now",
    )
    set_clock(settings, opening_time())
    rasa = start_rasa(settings)
    service = start_service(settings, environment_of(settings))
    stack = Stack(settings, rasa, service)
    try:
        wait_until_healthy(settings, [rasa, service])
        yield stack
    finally:
        stop([stack.rasa, stack.service])


def opening_time() -> datetime:
    """Twenty to ten on the next working day: every office is open, and stays so while the tests run."""
    day = WorkingCalendar().next_working_day(shanghai_now().date())
    return datetime.combine(day, time(9, 40), SHANGHAI)


def set_clock(settings: Settings, moment: datetime) -> None:
    """The service takes `moment` for now, and goes on from there."""
    assert settings.test_clock is not None
    settings.test_clock.parent.mkdir(parents=True, exist_ok=True)
    settings.test_clock.write_text(moment.isoformat(), "ascii")


def environment_of(settings: Settings) -> dict[str, str]:
    """Every setting by name, so that neither `.env` nor the shell speaks up."""
    return {f"WENBAN_{name.upper()}": str(value) for name, value in settings.model_dump().items()}


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
