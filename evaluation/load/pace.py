"""How fast something is done again and again, by one or by many at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from evaluation.load.blocks import percentile

Work = Callable[[], bool]
"""False: it did not come out as it should."""


@dataclass(frozen=True)
class Pace:
    what: str
    where: str
    at_once: int
    done: int
    per_second: float
    p50_ms: float
    p95_ms: float
    flaws: int


def pace_of(what: str, where: str, works: Iterator[Work], at_once: int, seconds: float, most: int = 1_000_000) -> Pace:
    """Until the time is over, `most` are done or none is left; what has begun is finished and counts."""
    took_ms: list[float] = []
    flaws: list[bool] = []
    turn = threading.Lock()
    until = time.perf_counter() + seconds
    left = iter(range(most))

    def next_work() -> Work | None:
        with turn:
            over = time.perf_counter() >= until or next(left, None) is None
            return None if over else next(works, None)

    def work_off() -> None:
        while work := next_work():
            began = time.perf_counter()
            if not work():
                flaws.append(True)
            took_ms.append((time.perf_counter() - began) * 1000)

    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        for worker in [pool.submit(work_off) for _ in range(at_once)]:
            worker.result()
    took = time.perf_counter() - began
    return Pace(
        what,
        where,
        at_once,
        len(took_ms),
        len(took_ms) / took,
        percentile(took_ms, 50),
        percentile(took_ms, 95),
        len(flaws),
    )
