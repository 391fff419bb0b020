"""Trains the Rasa model when what it learns from changed since the last training."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from server.settings import ROOT

MODELS = ROOT / "models"
MODEL = MODELS / "wenban.tar.gz"
RASA = ROOT / ".venv-rasa" / "bin" / "rasa"
INPUTS = ("config.yml", "bot", "nlu_data")


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
    """True if a model was trained. Raises TrainingFailed with the end of Rasa's log."""
    wanted = fingerprint()
    stamp = MODELS / "trained-from"
    if MODEL.is_file() and stamp.is_file() and stamp.read_text("ascii") == wanted:
        return False
    print("Training the Rasa model (one to three minutes)", flush=True)
    began = time.monotonic()
    MODELS.mkdir(exist_ok=True)
    log = MODELS / "training.log"
    with log.open("w") as file:
        trained = subprocess.run(
            [str(RASA), "train", "--fixed-model-name", MODEL.name.removesuffix(".tar.gz")],
            cwd=ROOT,
            env=rasa_environment(),
            stdout=file,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if trained.returncode or not MODEL.is_file():
        raise TrainingFailed(f"training failed; the end of {log.name}:\n{log.read_text('utf-8')[-2000:]}")
    stamp.write_text(wanted, "ascii")
    print(f"  done in {time.monotonic() - began:.0f} s", flush=True)
    return True


def fingerprint() -> str:
    """Of every file that training reads."""
    digest = hashlib.sha256()
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
            print("The Rasa model is up to date")
    except TrainingFailed as failure:
        sys.exit(str(failure))
