"""Ours and a stock Rasa bot under the same load, in alternating blocks: `python -m evaluation.load.bench`.

Both run all the time, one at a time is loaded: what else the machine does falls on both alike. The figure to quote is
the median of the ratios of neighbouring blocks. No pair of blocks hears a sentence that another has heard. Then ours
alone under more and more visitors (see `overload`).
Writes var/evaluation/load.json.

Then how the search grows, and bookings and openings, without another to compare with: see `scale` and `visits`; and the
console over a province's knowledge, see `console`.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from evaluation.load import console, overload, scale, visits
from evaluation.load.blocks import Block, dealt, questions_to_ask, run_block
from evaluation.load.client import Job
from evaluation.load.footprint import resident_mb, search_latency
from evaluation.load.stock import start_stock, trained_project, wait_for_stock
from evaluation.results import RESULTS, read_json, write_json
from evaluation.stack import free_ports, running_stack
from evaluation.tables import Table
from server.processes import stop
from server.settings import ROOT

RESULT = RESULTS / "load.json"
VAR = ROOT / "var" / "bench" / "ours"
VISITORS = (1, 16)


@dataclass(frozen=True)
class Pair:
    """Two neighbouring blocks."""

    ours: Block
    stock: Block

    @property
    def ratios(self) -> dict[str, float]:
        """Above 1: ours does better."""
        return {
            "messages a second": self.ours.per_second / self.stock.per_second,
            "p50": self.stock.p50_ms / self.ours.p50_ms,
            "p95": self.stock.p95_ms / self.ours.p95_ms,
        }


def bench(seconds: float, blocks: int) -> dict[str, Any]:
    trained_project()
    with running_stack(VAR):
        pass  # whatever a first start builds is built now
    texts = questions_to_ask()
    hands = dealt(texts, 1 + len(VISITORS) * blocks + len(overload.VISITORS))
    with running_stack(VAR) as ours, _running_stock() as (stock_port, stock_process):
        ports = {"ours": ours.port, "stock": stock_port}
        _pairs(ports, hands, visitors=4, seconds=3, blocks=1)  # warms both
        pairs = {visitors: _pairs(ports, hands, visitors, seconds, blocks) for visitors in VISITORS}
        curve = overload.measure(ours.port, hands, seconds)
        memory = {name: resident_mb(process_id) for name, process_id in ours.process_ids.items()}
        memory["stock"] = resident_mb(stock_process)
    p50, p95 = search_latency(texts)
    return {
        "seconds_a_block": seconds,
        "pairs": {
            str(visitors): [
                {"ours": asdict(pair.ours), "stock": asdict(pair.stock), "ratios": pair.ratios} for pair in found
            ]
            for visitors, found in pairs.items()
        },
        "overload": [asdict(step) for step in curve],
        "median_ratios": {str(visitors): median_ratios(found) for visitors, found in pairs.items()},
        "resident_mb": memory,
        "search_ms": {"p50": p50, "p95": p95},
        "start_seconds": ours.start_seconds,
    }


def median_ratios(pairs: Sequence[Pair]) -> dict[str, float]:
    return {name: statistics.median(pair.ratios[name] for pair in pairs) for name in pairs[0].ratios}


def block_table(result: Mapping[str, Any]) -> Table:
    rows = []
    for visitors, pairs in result["pairs"].items():
        for number, pair in enumerate(pairs, start=1):
            for system in ("ours", "stock"):
                block = Block(**pair[system])
                flaws = ", ".join(f"{name} {count}" for name, count in block.flaws.items())
                ratio = f"×{pair['ratios']['messages a second']:.2f}" if system == "ours" else ""
                rows.append((int(visitors), number, system, block.per_second, block.p50_ms, block.p95_ms, ratio, flaws))
    columns = ("visitors", "block", "system", "messages/s", "p50 ms", "p95 ms", "ours/stock", "flaws")
    return Table(f"Load, blocks of {result['seconds_a_block']:g} s", columns, tuple(rows))


def summary(result: Mapping[str, Any]) -> list[str]:
    lines = [
        f"{visitors} at a time, ours over stock, median of {len(result['pairs'][visitors])} block ratios: "
        + ", ".join(f"{name} ×{ratio:.2f}" for name, ratio in ratios.items())
        for visitors, ratios in result["median_ratios"].items()
    ]
    memory, search = result["resident_mb"], result["search_ms"]
    ours = memory["rasa"] + memory["service"]
    return [
        *lines,
        f"resident memory: ours {ours:.0f} MB (Rasa {memory['rasa']:.0f}, service {memory['service']:.0f}), "
        f"stock {memory['stock']:.0f} MB",
        f"search alone: p50 {search['p50']:.2f} ms, p95 {search['p95']:.2f} ms",
        f"start to healthy with nothing to build: {result['start_seconds']:.1f} s",
    ]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=8, help="how long a block lasts")
    options.add_argument("--blocks", type=int, default=5, help="how many blocks of each system")
    chosen = options.parse_args()
    write_json(RESULT, bench(chosen.seconds, chosen.blocks))
    result = read_json(RESULT) or {}
    print(block_table(result), *summary(result), overload.step_table(result["overload"]), sep="\n")
    flawed = sum(bool(Block(**pair["ours"]).flaws) for pairs in result["pairs"].values() for pair in pairs)
    if flawed:
        print(f"{flawed} blocks of ours hold messages not served as they should be", file=sys.stderr)
    overrun = overload.faults(result["overload"])
    print(*overrun, sep="\n", end="\n" if overrun else "", file=sys.stderr)
    outgrown = scale.report()
    is_slow = console.report()
    return 1 if visits.report(chosen.seconds) or outgrown or is_slow or flawed or overrun else 0


def _pairs(
    ports: Mapping[str, int], hands: Iterator[list[str]], visitors: int, seconds: float, blocks: int
) -> list[Pair]:
    """The two of a pair hear the same."""
    return [
        Pair(
            ours=run_block(Job("ours", ports["ours"], texts, visitors, seconds, name=f"o{visitors}-{number}")),
            stock=run_block(Job("stock", ports["stock"], texts, visitors, seconds, name=f"s{visitors}-{number}")),
        )
        for number, texts in enumerate(itertools.islice(hands, blocks))
    ]


@contextmanager
def _running_stock() -> Iterator[tuple[int, int]]:
    """Its port and process id."""
    [port] = free_ports(1)
    child = start_stock(port)
    try:
        wait_for_stock(child, port)
        yield port, child.process.pid
    finally:
        stop([child])


if __name__ == "__main__":
    sys.exit(main())
