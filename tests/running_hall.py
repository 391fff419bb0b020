"""The real thing on a working morning: Rasa and the service, with keys and a clock that the tests know."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

from evaluation.stack import Stack, running_stack
from server.settings import Settings
from service_hall.shared.clock import SHANGHAI, shanghai_now
from service_hall.shared.working_calendar import WorkingCalendar
from tests.made_once import all_is_trained

ADMIN_PASSWORD = "only for tests"
KIOSK_KEY = "only-for-tests"
WIDGET_SITES = "http://localhost:*"
"""Another site than the service's, which is at 127.0.0.1."""


@contextlib.contextmanager
def running_hall(var: Path, **settings: Any) -> Iterator[Stack]:
    """`settings`: fields of `Settings` that are to differ."""
    all_is_trained()
    clock = var / "now"
    put_clock(clock, opening_time())
    known = {
        "admin_password": ADMIN_PASSWORD,
        "kiosk_key": KIOSK_KEY,
        "test_clock": clock,
        "widget_sites": WIDGET_SITES,
    }
    with running_stack(var, **known, **settings) as stack:
        yield stack


def opening_time() -> datetime:
    """Twenty to ten on the next working day: every office is open, and stays so while the tests run."""
    day = WorkingCalendar().next_working_day(shanghai_now().date())
    return datetime.combine(day, time(9, 40), SHANGHAI)


def set_clock(settings: Settings, moment: datetime) -> None:
    """The service takes `moment` for now, and goes on from there."""
    assert settings.test_clock is not None
    put_clock(settings.test_clock, moment)


def put_clock(clock: Path, moment: datetime) -> None:
    clock.parent.mkdir(parents=True, exist_ok=True)
    clock.write_text(moment.isoformat(), "ascii")
