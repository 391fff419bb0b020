"""JioNLP's time parser, alone. It is given one phrase of known form at a time; at anything else it guesses."""

from __future__ import annotations

import importlib
import importlib.util
import io
import logging
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from threading import Lock
from types import ModuleType
from typing import Any

_lock = Lock()
_LONGEST = 16
"""Characters of a phrase. Nobody has shown that the parser's own patterns are linear: nothing long reaches them."""


def read_day(phrase: str, today: date) -> tuple[date, ...] | None:
    """The days of 明天, 下周二, 下周, 下个月1号; None for a day that no calendar has."""
    if not (found := _read(phrase, datetime.combine(today, time()))):
        return None
    first, last = (each.date() for each in found)
    return tuple(first + timedelta(days=number) for number in range(min((last - first).days, 30) + 1))


def read_clock(phrase: str) -> time | None:
    """The time of 3点一刻, 9:30, 十点半, without knowing morning from afternoon."""
    found = _read(phrase, datetime(2000, 1, 1))
    return found[0].time() if found else None


@lru_cache(maxsize=4096)
def _read(phrase: str, base: datetime) -> tuple[datetime, datetime] | None:
    if len(phrase) > _LONGEST:
        return None
    try:
        with _lock:  # the parser keeps what it is reading in itself
            start, end = _parser()(phrase, time_base=base)["time"]
        return datetime.fromisoformat(start), datetime.fromisoformat(end)
    except Exception:  # it raises whatever a dead end of its rules happens to raise
        return None


@lru_cache(maxsize=1)
def _parser() -> Callable[..., dict[str, Any]]:
    """The package's front door unpacks 50 MB of dictionaries into site-packages, loads a word segmenter and an HTTP
    client and takes half a second; the time parser needs none of it: 0.2 s, 5 MB. So we go round it."""
    entered = {name: _hollow(name) for name in ("jionlp", "jionlp.gadget") if name not in sys.modules}
    try:
        with redirect_stdout(io.StringIO()):  # it greets
            parser: Callable[..., dict[str, Any]] = importlib.import_module("jionlp.gadget.time_parser").TimeParser()
    finally:
        for name in entered:
            del sys.modules[name]
    return parser


def _hollow(name: str) -> ModuleType:
    """The package as a place to import from, its own code not run."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(f"No module named {name!r}")
    package = ModuleType(name)
    package.__path__ = list(spec.submodule_search_locations)
    package.__dict__["logging"] = logging  # the parser takes it from there
    sys.modules[name] = package
    return package
