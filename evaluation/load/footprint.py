"""What a system takes of the machine beside time to answer: memory, and the search by itself."""

from __future__ import annotations

import time
from collections.abc import Sequence

import psutil

from evaluation.library import open_library
from evaluation.load.blocks import percentile


def resident_mb(process_id: int) -> float:
    """Of the process and all its descendants."""
    root = psutil.Process(process_id)
    return sum(process.memory_info().rss for process in [root, *root.children(recursive=True)]) / 2**20


_WARMING, _MEASURED = 50, 1000


def search_latency(texts: Sequence[str]) -> tuple[float, float]:
    """Milliseconds of `Library.find` for texts that were not looked up before, median and 95th percentile, after some
    that warm."""
    library = open_library()
    took_ms = []
    for text in texts[: _WARMING + _MEASURED]:
        began = time.perf_counter()
        library.find(text)
        took_ms.append((time.perf_counter() - began) * 1000)
    return percentile(took_ms[_WARMING:], 50), percentile(took_ms[_WARMING:], 95)
