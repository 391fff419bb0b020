"""The part that runs in Rasa's own environment: split the examples, train one pipeline, measure one model.

`.venv-rasa/bin/python -m evaluation.nlu.within_rasa split|train|measure …`, Python 3.10; called by `compare`.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import logging
import os
import statistics
import time
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.log_utils import configure_structlog
from rasa.utils.tensorflow.environment import setup_tf_environment
from sklearn.metrics import accuracy_score, f1_score

ONE_IN = 5
"""Every fifth example of an intent is held out, in the order of their digests: the same ones each time."""
WARM_UP, TIMED = 20, 200


def split(data: Path, out: Path) -> dict[str, Any]:
    examples = load_data(str(data / "intents"))
    of_intent: dict[str, list[Message]] = {}
    for example in examples.intent_examples:
        of_intent.setdefault(example.get("intent"), []).append(example)
    held_out = [
        example
        for found in of_intent.values()
        for example in sorted(found, key=lambda each: hashlib.sha256(each.get("text").encode()).digest())[::ONE_IN]
    ]
    ids = {id(example) for example in held_out}
    kept = examples.filter_training_examples(lambda example: id(example) not in ids)
    (out / "train").mkdir()
    (out / "train" / "train.yml").write_text(kept.nlu_as_yaml(), "utf-8")
    rows = [{"text": example.get("text"), "intent": example.get("intent")} for example in held_out]
    (out / "test.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    return {"train": len(kept.intent_examples), "test": len(held_out), "intents": len(of_intent)}


def train(config: Path, examples: Path, out: Path) -> dict[str, Any]:
    began, worked = time.perf_counter(), time.process_time()
    model = train_nlu(str(config), str(examples), str(out), fixed_model_name=config.stem, domain="bot/domain")
    if not model:
        raise SystemExit(f"{config} was not trained")
    return {
        "model": model,
        "train_seconds": time.perf_counter() - began,
        "train_cpu_seconds": time.process_time() - worked,
    }


def measure(model: Path, questions: Path) -> dict[str, Any]:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    setup_tf_environment()
    configure_structlog(logging.WARNING)  # or each message is printed, which costs more than reading it
    agent = Agent.load(str(model))
    rows = json.loads(questions.read_text("utf-8"))
    return asyncio.run(_measure(agent, rows))


async def _measure(agent: Agent, rows: list[dict[str, str]]) -> dict[str, Any]:
    found, took_ms, cpu_ms = [], [], []
    for row in rows:
        began, worked = time.perf_counter(), time.process_time()
        parsed = await agent.parse_message(row["text"])
        took_ms.append((time.perf_counter() - began) * 1000)
        cpu_ms.append((time.process_time() - worked) * 1000)
        found.append(str(parsed["intent"]["name"]))
    meant = [row["intent"] for row in rows]
    return {
        "accuracy": accuracy_score(meant, found),
        "macro_f1": f1_score(meant, found, average="macro", zero_division=0, labels=sorted(set(meant))),
        "ms_a_message": statistics.median(took_ms[WARM_UP : WARM_UP + TIMED]),
        "cpu_ms_a_message": statistics.median(cpu_ms[WARM_UP : WARM_UP + TIMED]),
        "resident_mb": _resident_mb(),
    }


def _resident_mb() -> float:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    errands = options.add_subparsers(dest="errand", required=True)
    for errand, paths in ((split, "data out"), (train, "config examples out"), (measure, "model questions")):
        parser = errands.add_parser(errand.__name__)
        for path in paths.split():
            parser.add_argument(path, type=Path)
        parser.set_defaults(carry_out=errand)
    chosen = vars(options.parse_args())
    carry_out = chosen.pop("carry_out")
    chosen.pop("errand")
    # Rasa talks on standard output as well: the result is the last line.
    print("\n" + json.dumps(carry_out(**chosen)))


if __name__ == "__main__":
    main()
