"""One block of load, carried out by a light process of its own, and what it says of a system."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evaluation.load.client import Job
from evaluation.questions import load_questions
from server.settings import ROOT

OPENINGS = ("", "请问", "您好，", "麻烦问一下，", "想问下，", "打听一下，", "咨询一下，", "你们好，")
ENDINGS = ("", "，谢谢", "，麻烦了", "，急用", "，求解答", "，辛苦您", "，多谢", "，等回复")


@dataclass(frozen=True)
class Block:
    system: str
    visitors: int
    messages: int
    per_second: float
    p50_ms: float
    p95_ms: float
    outcomes: Mapping[str, int]

    @property
    def flaws(self) -> dict[str, int]:
        """Messages that were not served as they should be: `degraded`, refusals, errors, silence."""
        served = {"answered", "clarify", "asking", "done", "not_found", "handed_over"}
        return {outcome: count for outcome, count in self.outcomes.items() if outcome not in served}


def run_block(job: Job) -> Block:
    """Raises CalledProcessError, with the client's words, when nothing can be asked."""
    found = carry_out(job)
    latencies = found["latencies_ms"]
    return Block(
        system=job.system,
        visitors=job.visitors,
        messages=len(latencies),
        per_second=len(latencies) / found["seconds"],
        p50_ms=percentile(latencies, 50),
        p95_ms=percentile(latencies, 95),
        outcomes=found["outcomes"],
    )


def carry_out(job: Job) -> dict[str, Any]:
    """`seconds`, `latencies_ms` and `outcomes`, from a process of its own. Raises CalledProcessError."""
    done = subprocess.run(
        [sys.executable, "-m", "evaluation.load.client"],
        cwd=ROOT,
        input=json.dumps(asdict(job)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def percentile(values: Sequence[float], percent: int) -> float:
    if len(values) < 2:
        return values[0] if values else 0.0
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def questions_to_ask() -> list[str]:
    """The test questions, each as it stands and with every opening and ending, no two alike, in an order that is the
    same each time: whoever remembers what was asked before gains nothing by it."""
    said = [question.text for question in load_questions("test")]
    texts = [opening + text + ending for text in said for opening in OPENINGS for ending in ENDINGS]
    random.Random(1).shuffle(texts)
    return texts


def dealt(texts: Sequence[str], hands: int) -> Iterator[list[str]]:
    """`hands` hands, none with a text of another: a block hears what no block before it has heard."""
    return (list(texts[hand::hands]) for hand in range(hands))
