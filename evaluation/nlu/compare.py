"""Three ways of reading intents, the shipped one among them: `python -m evaluation.nlu.compare`.

Accuracy and macro-F1 on one fixed fifth of nlu_data (the shipped one also five-fold), time and memory of one process
with one thread. Writes var/evaluation/nlu_compare.json.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from evaluation.nlu.folds import cross_validate
from evaluation.results import RESULTS, read_json, write_json
from evaluation.tables import Table
from knowledge_base.language.examples import examples_of
from knowledge_base.language.learning import learn, write_learned
from server.settings import ROOT
from server.training import RASA, rasa_environment

CONFIGS = Path(__file__).parent / "configs"
PIPELINES = {
    "character n-grams, as shipped (config.yml)": ROOT / "config.yml",
    "logistic regression": CONFIGS / "logistic_regression.yml",
    "DIET, 50 epochs": CONFIGS / "diet.yml",
}
RESULT = RESULTS / "nlu_compare.json"


@dataclass(frozen=True)
class Measured:
    pipeline: str
    learned_from: str
    """Digest of examples, configuration and our components."""
    accuracy: float
    macro_f1: float
    ms_a_message: float
    cpu_ms_a_message: float
    """Of the process, all its threads: what others do on the machine falls on this the least."""
    train_seconds: float
    train_cpu_seconds: float
    resident_mb: float


def compare() -> dict[str, Any]:
    """What was measured on the same examples before is kept: DIET takes ten minutes. Written down row by row."""
    with tempfile.TemporaryDirectory(prefix="wenban-nlu-") as name:
        folder = Path(name)
        counts = _within_rasa(folder, "split", ROOT / "nlu_data", folder)
        before = {each["learned_from"]: each for each in (read_json(RESULT) or {}).get("pipelines", ())}
        result: dict[str, Any] = {"examples": counts, "pipelines": [], "cross_validation": None}
        for pipeline, config in PIPELINES.items():
            learned_from = _fingerprint(folder / "train" / "train.yml", config)
            kept = before.get(learned_from)
            result["pipelines"].append(kept or asdict(_measure(pipeline, config, folder, learned_from)))
            write_json(RESULT, result)
        result["cross_validation"] = cross_validate(sorted(set(examples_of())))
        write_json(RESULT, result)
        return result


def table(result: dict[str, Any]) -> Table:
    rows = tuple(
        (
            each["pipeline"],
            100 * each["accuracy"],
            100 * each["macro_f1"],
            f"{each['ms_a_message']:.2f}",
            f"{each['cpu_ms_a_message']:.2f}",
            each["train_seconds"],
            each["train_cpu_seconds"],
            round(each["resident_mb"]),
        )
        for each in result["pipelines"]
    )
    columns = ("pipeline", "accuracy %", "macro F1 %", "ms a message", "CPU ms", "training s", "CPU s", "resident MB")
    counts = result["examples"]
    return Table(f"Intents: {counts['train']} examples learned, {counts['test']} held out", columns, rows)


def main() -> None:
    result = compare()
    print(table(result))
    folds = result["cross_validation"]
    print(f"\nshipped, five-fold: accuracy {folds['accuracy']:.3f}, macro F1 {folds['macro_f1']:.3f}")
    for name, report in folds["weakest"].items():
        print(f"  {name}: F1 {report['f1']:.2f}, taken for {report['taken_for']}")


def _fingerprint(examples: Path, config: Path) -> str:
    digest = hashlib.sha256()
    ours = [*sorted((ROOT / "bot" / "components").glob("*.py")), ROOT / "knowledge_base" / "language" / "learning.py"]
    for path in (examples, config, *ours):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _measure(pipeline: str, config: Path, folder: Path, learned_from: str) -> Measured:
    began, worked = time.perf_counter(), time.process_time()
    artifact = folder / "learned" / "intents.npz"
    if "artifact:" in config.read_text("utf-8"):
        write_learned(learn(examples_of(folder / "train")), artifact)
    learning = {"train_seconds": time.perf_counter() - began, "train_cpu_seconds": time.process_time() - worked}
    written = _with_artifact(config, folder, artifact)
    trained = _within_rasa(folder, "train", written, folder / "train" / "train.yml", folder)
    trained |= {name: trained[name] + seconds for name, seconds in learning.items()}
    figures = _within_rasa(folder, "measure", Path(trained.pop("model")), folder / "test.json")
    return Measured(pipeline, learned_from, **trained, **figures)


def _with_artifact(config: Path, folder: Path, artifact: Path) -> Path:
    """The same pipeline, reading with what was learned from these examples."""
    written = yaml.safe_load(config.read_text("utf-8"))
    for component in written["pipeline"]:
        if "artifact" in component:
            component["artifact"] = str(artifact)
    out = folder / config.name
    out.write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), "utf-8")
    return out


def _within_rasa(folder: Path, *arguments: str | Path) -> dict[str, Any]:
    python = RASA.with_name("python")
    printed = _run(folder, [str(python), "-m", "evaluation.nlu.within_rasa", *map(str, arguments)])
    found: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    return found


def _run(folder: Path, command: list[str]) -> str:
    """What it prints. A cache of its own: Rasa would otherwise take a trained component out of the last one."""
    cache = folder / "cache"
    shutil.rmtree(cache, ignore_errors=True)
    environment = {
        **rasa_environment(),
        "RASA_CACHE_DIRECTORY": str(cache),
        "OMP_NUM_THREADS": "1",
        "TF_INTRA_OP_PARALLELISM_THREADS": "1" if "measure" in command else "2",
        "TF_INTER_OP_PARALLELISM_THREADS": "1",
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout[-1500:]}\n{done.stderr[-3000:]}")
    return done.stdout


if __name__ == "__main__":
    main()
