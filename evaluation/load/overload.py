"""More and more visitors at once, until far beyond what Rasa carries: `python -m evaluation.load.overload`.

What is shown is how it bends: how many are still answered through Rasa, how many by the search alone, how many are
asked to come again, and that nobody is left hanging.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evaluation.load.blocks import carry_out, dealt, percentile, questions_to_ask
from evaluation.load.client import Job
from evaluation.stack import running_stack
from evaluation.tables import Cell, Table
from server.settings import ROOT

VAR = ROOT / "var" / "bench" / "ours"
VISITORS = (1, 4, 16, 32, 64, 128)
MOST_SECONDS = 5.0
"""WeChat hangs up after that, and asks again."""
_WITHOUT_RASA, _COME_AGAIN = "degraded", "status 503"


@dataclass(frozen=True)
class Step:
    visitors: int
    """Writing at the same time, without a pause for thought: one of them is as much as many citizens."""
    messages: int
    per_second: float
    answered_per_second: float
    """Through Rasa."""
    p50_ms: float
    p95_ms: float
    p99_ms: float
    longest_ms: float
    outcomes: Mapping[str, int]

    @property
    def degraded(self) -> int:
        return self.outcomes.get(_WITHOUT_RASA, 0)

    @property
    def asked_to_come_again(self) -> int:
        return self.outcomes.get(_COME_AGAIN, 0)

    @property
    def answered(self) -> int:
        return self.messages - self.degraded - self.asked_to_come_again - sum(self.lost.values())

    @property
    def lost(self) -> dict[str, int]:
        """Neither an answer nor a word when to come again: errors, silence."""
        bad = {name: count for name, count in self.outcomes.items() if name.startswith("status ")}
        bad.pop(_COME_AGAIN, None)
        return bad


def measure(
    port: int, hands: Iterator[list[str]], seconds: float, visitors: Sequence[int] = VISITORS, messages: int = 1_000_000
) -> list[Step]:
    """`hands`: a step takes the next one. `seconds`, `messages`: of each step, at most."""
    return [
        _step(Job("ours", port, next(hands), number, seconds, messages=messages, name=f"v{number}"))
        for number in visitors
    ]


def _step(job: Job) -> Step:
    found = carry_out(job)
    latencies, outcomes = found["latencies_ms"], found["outcomes"]
    through_rasa = sum(
        count for name, count in outcomes.items() if name != _WITHOUT_RASA and not name.startswith("status ")
    )
    return Step(
        visitors=job.visitors,
        messages=len(latencies),
        per_second=len(latencies) / found["seconds"],
        answered_per_second=through_rasa / found["seconds"],
        p50_ms=percentile(latencies, 50),
        p95_ms=percentile(latencies, 95),
        p99_ms=percentile(latencies, 99),
        longest_ms=max(latencies),
        outcomes=outcomes,
    )


def step_table(steps: Sequence[Mapping[str, Any]]) -> Table:
    rows: list[Sequence[Cell]] = []
    for step in (Step(**each) for each in steps):
        shares = [100 * count / step.messages for count in (step.answered, step.degraded, step.asked_to_come_again)]
        lost = ", ".join(f"{name} {count}" for name, count in step.lost.items())
        speed = (step.per_second, step.answered_per_second)
        rows.append((step.visitors, *speed, step.p50_ms, step.p95_ms, step.p99_ms, *shares, lost))
    columns = ("visitors", "messages/s", "by Rasa/s", "p50 ms", "p95 ms", "p99 ms", "answered %", "degraded %", "503 %")
    return Table("Overload", (*columns, "lost"), tuple(rows))


def faults(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is not as it should be, a line each."""
    found = [Step(**each) for each in steps]
    lost = [f"{step.visitors} visitors: lost {step.lost}" for step in found if step.lost]
    hung = [step for step in found if step.longest_ms > MOST_SECONDS * 1000]
    return [*lost, *(f"{step.visitors} visitors: one waited {step.longest_ms / 1000:.1f} s" for step in hung)]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=8, help="how long a step lasts")
    options.add_argument("--visitors", type=int, nargs="+", default=VISITORS, help="how many at once, step by step")
    chosen = options.parse_args()
    hands = dealt(questions_to_ask(), 1 + len(chosen.visitors))
    with running_stack(VAR) as stack:
        measure(stack.port, hands, seconds=3, visitors=(4,))  # warms it
        steps = [asdict(step) for step in measure(stack.port, hands, chosen.seconds, chosen.visitors)]
    print(step_table(steps))
    for fault in faults(steps):
        print(fault, file=sys.stderr)
    return 1 if faults(steps) else 0


if __name__ == "__main__":
    sys.exit(main())
