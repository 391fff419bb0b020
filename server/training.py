"""Trains when what is learned from changed: the intents, once for both environments; the items and the life
events; then the Rasa model."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from knowledge_base.kept_yaml import KEPT_YAML
from knowledge_base.language.examples import sources_of
from knowledge_base.language.learned import ARTIFACT, sources_in
from knowledge_base.search.item_reader import LEARNED_ITEMS, item_sources
from knowledge_base.search.kept_meanings import MEANINGS, MEANINGS_LEARNED_OF, example_sources, meaning_sources
from knowledge_base.search.kept_texts import KEPT_TEXTS
from knowledge_base.search.learned_lives import LIVES, life_sources
from knowledge_base.search.text_sources import text_sources
from server.settings import ROOT

MODELS = ROOT / "models"
MODEL = MODELS / "wenban.tar.gz"
RASA = ROOT / ".venv-rasa" / "bin" / "rasa"
INPUTS = ("config.yml", "bot", "nlu_data", "knowledge_base/language/learned.py")


class TrainingFailed(Exception):
    pass


def rasa_environment() -> dict[str, str]:
    """For every Rasa process: no telemetry (it would look for the network), no deprecation chatter."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
    }


def train_if_changed() -> bool:
    """True if something was trained. Raises TrainingFailed with the end of the log."""
    return _side_by_side(lambda: [_learn_intents(), _train_rasa_if_changed(), _learn_items()])


def learn_if_changed() -> bool:
    """What needs no Rasa: the intents, what tells the items apart, and what every sentence means."""
    return _side_by_side(lambda: [_learn_intents(), _learn_items()])


def _side_by_side(of_words: Callable[[], list[bool]]) -> bool:
    # Each learner is a process of its own: scikit-learn is large, and nothing that serves citizens loads it. Encoding
    # takes the cores that are left over by the others.
    with ThreadPoolExecutor(2) as pool:
        chains = [
            pool.submit(chain)
            for chain in (
                of_words,
                lambda: [_encode_content(), _learn_lives(), _prepare_texts()],
            )
        ]
    done = [chain.result() for chain in chains]
    return any(map(any, done))


def _learn_intents() -> bool:
    is_up_to_date = sources_in(ARTIFACT) == sources_of()
    return _learn(is_up_to_date, "Learning what citizens ask (a minute)", "knowledge_base.language.learning")


def _learn_items() -> bool:
    is_up_to_date = sources_in(LEARNED_ITEMS) == item_sources()
    return _learn(is_up_to_date, "Learning the items from their questions", "knowledge_base.search.learning_items")


def _encode_content() -> bool:
    is_up_to_date = sources_in(MEANINGS) == meaning_sources() and sources_in(MEANINGS_LEARNED_OF) == example_sources()
    return _learn(
        is_up_to_date, "Encoding what every sentence means (four minutes)", "knowledge_base.search.learning_meanings"
    )


def _prepare_texts() -> bool:
    is_up_to_date = KEPT_YAML.is_file() and sources_in(KEPT_TEXTS) == text_sources()
    return _learn(is_up_to_date, "Reading and cutting the content ahead", "knowledge_base.search.learning_texts")


def _learn_lives() -> bool:
    is_up_to_date = sources_in(LIVES) == life_sources()  # behind the meanings, of which it is learned
    return _learn(is_up_to_date, "Learning what befalls people", "knowledge_base.search.learning_lives")


def _learn(is_up_to_date: bool, what: str, module: str) -> bool:
    if not is_up_to_date:
        _carry_out(what, [sys.executable, "-m", module], MODELS / f"{module.rsplit('.', 1)[1]}.log")
    return not is_up_to_date


def _train_rasa_if_changed() -> bool:
    wanted = fingerprint()
    stamp = MODELS / "trained-from"
    if MODEL.is_file() and stamp.is_file() and stamp.read_text("ascii") == wanted:
        return False
    command = [str(RASA), "train", "--fixed-model-name", MODEL.name.removesuffix(".tar.gz")]
    _carry_out("Training the Rasa model (half a minute)", command, MODELS / "training.log")
    if not MODEL.is_file():
        raise TrainingFailed("Rasa has written no model")
    stamp.write_text(wanted, "ascii")
    return True


def _carry_out(what: str, command: list[str], log: Path) -> None:
    """Raises TrainingFailed."""
    print(what, flush=True)
    began = time.monotonic()
    MODELS.mkdir(exist_ok=True)
    with log.open("w") as file:
        done = subprocess.run(
            command, cwd=ROOT, env=rasa_environment(), stdout=file, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode:
        raise TrainingFailed(f"training failed; the end of {log.name}:\n{log.read_text('utf-8')[-2000:]}")
    print(f"  {what.split(' (')[0]}: done in {time.monotonic() - began:.0f} s", flush=True)


def fingerprint() -> str:
    """Of every file that Rasa's training reads."""
    digest = hashlib.sha256(ARTIFACT.read_bytes() if ARTIFACT.is_file() else b"")
    for name in INPUTS:
        root = ROOT / name
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and not _is_by_product(path):
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _is_by_product(path: Path) -> bool:
    return "__pycache__" in path.parts or path.suffix == ".pyc"


if __name__ == "__main__":
    try:
        if not train_if_changed():
            print("What was learned is up to date")
    except TrainingFailed as failure:
        sys.exit(str(failure))
