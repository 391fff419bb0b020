"""Bookings a second, and the openings of a city that is booked out: `python -m evaluation.load.visits`.

Twenty-four offices, thirty days, every place taken; six more offices are booked while it is measured. On SQLite, as the
service uses it, and on PostgreSQL where its programs are installed. Writes var/evaluation/visits.json.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from evaluation.load.city import OPEN, fill, free_places, larger_content
from evaluation.load.pace import Pace, pace_of
from evaluation.load.visit_works import Door, bookings, looks
from evaluation.postgresql import find_programs, running_postgresql
from evaluation.results import RESULTS, read_json, write_json
from evaluation.stack import UNLIMITED, free_ports
from evaluation.tables import Table
from server.bootstrap import open_house
from server.processes import StartFailed, start_service, stop
from server.settings import ROOT, Settings
from server.storage.engine import migrate, open_database
from server.storage.visit_ledger import VisitLedger
from service_hall.shared.clock import SHANGHAI
from service_hall.visits.means import Means

RESULT = RESULTS / "visits.json"
VAR = ROOT / "var" / "bench" / "visits"
MOST_P95_MS = 20.0
"""Of a look at the openings, one at a time."""
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=SHANGHAI)
TIMES = 4
"""How often the city has its six offices, beside the open ones."""
AT_ONCE = (1, 16)
SECRET = "a secret of the bench, and of nothing else"
BOOKING, LOOK = "booking", "openings"


def measure(seconds: float, times: int = TIMES, var: Path = VAR) -> dict[str, Any]:
    """`seconds`: of each measurement. `var`: emptied first, and gone afterwards."""
    shutil.rmtree(var, ignore_errors=True)
    settings = Settings(var=var, database_url="", secret_key=SECRET, test_clock=None)
    house = open_house(settings, clock=lambda: NOW, content=larger_content(var / "content", times))
    means = house.hall.means
    began = time.monotonic()
    booked = _fill(means)
    print(f"{booked} visits booked in {time.monotonic() - began:.0f} s", flush=True)
    paces = paces_of_ledger(means, "sqlite", seconds)
    with _running_service(settings) as port:
        paces += paces_of_door(means, Door(port, SECRET), "sqlite, http", seconds)
    house.engine.dispose()
    if programs := find_programs():
        with running_postgresql(programs, durable=True) as url:
            engine = open_database(url)
            migrate(engine)
            on_postgresql = replace(means, ledger=VisitLedger(engine))
            _fill(on_postgresql)
            paces += paces_of_ledger(on_postgresql, "postgresql", seconds)
            engine.dispose()
    shutil.rmtree(var)  # 400 MB that nobody asks for again
    return {"offices": len(_offices(means, booked_out=True)), "visits": booked, "paces": list(map(asdict, paces))}


def paces_of_ledger(means: Means, where: str, seconds: float) -> list[Pace]:
    places = free_places(means, _offices(means, booked_out=False))
    booked_out = _offices(means, booked_out=True)
    pace_of("warming", where, looks(means, booked_out), 1, seconds / 4)
    return [
        pace_of(LOOK, where, looks(means, booked_out), 1, seconds),
        *(pace_of(BOOKING, where, bookings(means, places), at_once, seconds) for at_once in AT_ONCE),
    ]


def paces_of_door(means: Means, door: Door, where: str, seconds: float) -> list[Pace]:
    places = free_places(means, _offices(means, booked_out=False))
    booked_out = _offices(means, booked_out=True)
    pace_of("warming", where, door.looks(booked_out), 1, seconds / 4)
    return [
        pace_of(LOOK, where, door.looks(booked_out), 1, seconds),
        *(pace_of(BOOKING, where, door.bookings(places), at_once, seconds) for at_once in AT_ONCE),
    ]


def pace_table(result: Mapping[str, Any]) -> Table:
    columns = ("what", "where", "at once", "done", "a second", "p50 ms", "p95 ms", "flaws")
    rows = tuple(tuple(pace.values()) for pace in result["paces"])
    return Table(f"Visits, {result['visits']} booked at {result['offices']} offices", columns, rows)


def faults(result: Mapping[str, Any]) -> list[str]:
    """What is not as it should be, a line each."""
    slow = [pace for pace in result["paces"] if pace["what"] == LOOK and pace["p95_ms"] > MOST_P95_MS]
    flawed = [pace for pace in result["paces"] if pace["flaws"]]
    return [
        *(f"openings, {pace['where']}: p95 {pace['p95_ms']:.1f} ms is over {MOST_P95_MS:g} ms" for pace in slow),
        *(f"{pace['what']}, {pace['where']}: {pace['flaws']} did not come out as they should" for pace in flawed),
    ]


def report(seconds: float) -> int:
    """Measures, writes, prints. How many faults."""
    write_json(RESULT, measure(seconds))
    result = read_json(RESULT) or {}
    print(pace_table(result))
    for fault in faults(result):
        print(fault, file=sys.stderr)
    return len(faults(result))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=8, help="how long a measurement lasts")
    return 1 if report(options.parse_args().seconds) else 0


def _offices(means: Means, booked_out: bool) -> list[Any]:
    return [office for office in means.library().published.offices if office.id.endswith(f"-{OPEN}") != booked_out]


def _fill(means: Means) -> int:
    return fill(means, _offices(means, booked_out=True))


@contextlib.contextmanager
def _running_service(settings: Settings) -> Iterator[int]:
    """Its port. Without Rasa, which no booking over HTTP needs."""
    port, actions, nobody = free_ports(3)
    clock = settings.var / "now"
    clock.write_text(NOW.isoformat(), "ascii")
    environment = {
        "WENBAN_HOST": "127.0.0.1",
        "WENBAN_PORT": str(port),
        "WENBAN_ACTIONS_PORT": str(actions),
        "WENBAN_RASA_URL": f"http://127.0.0.1:{nobody}",
        "WENBAN_VAR": str(settings.var),
        "WENBAN_DATABASE_URL": settings.sqlalchemy_url,
        "WENBAN_SECRET_KEY": SECRET,
        "WENBAN_TEST_CLOCK": str(clock),
        "WENBAN_RATE_PER_VISITOR": str(UNLIMITED),
        "WENBAN_RATE_PER_ADDRESS": str(UNLIMITED),
        "WENBAN_BOOKINGS_PER_ADDRESS": str(UNLIMITED),
    }
    child = start_service(settings, environment)
    try:
        until = time.monotonic() + 180
        while not _is_alive(port):
            if not child.is_running or time.monotonic() > until:
                raise StartFailed(f"the service does not answer; see {child.log}")
            time.sleep(0.3)
        yield port
    finally:
        stop([child])


def _is_alive(port: int) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2, trust_env=False).is_success
    return False


if __name__ == "__main__":
    logging.getLogger("httpx").setLevel(logging.WARNING)
    sys.exit(main())
