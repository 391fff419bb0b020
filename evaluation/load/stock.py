"""A stock Rasa bot to compare with: jieba, count vectors, DIET, rules, plain responses, trained on the same nlu_data.

Its project is written to `var/bench/stock`, trained once and kept until nlu_data or what is written here changes.
"""

from __future__ import annotations

import hashlib
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx
import yaml

from server.processes import Child, StartFailed
from server.settings import ROOT
from server.training import RASA, TrainingFailed, rasa_environment

PROJECT = ROOT / "var" / "bench" / "stock"
MODEL = PROJECT / "models" / "stock.tar.gz"
DATA = ROOT / "nlu_data" / "intents"
CONFIG: dict[str, Any] = {
    "recipe": "default.v1",
    "language": "zh",
    "assistant_id": "stock",
    "pipeline": [
        {"name": "JiebaTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        # Epochs change how well it understands, not how fast, and only speed is compared here: 50 take 20 minutes.
        {"name": "DIETClassifier", "epochs": 5},
    ],
    "policies": [{"name": "RulePolicy"}],
}
ANSWER = (
    "请带上身份证、户口簿原件和复印件，到就近的政务服务大厅综合窗口办理，工作日上午九点到下午五点。"
    "材料齐全的，二十个工作日内办结，结果可以邮寄。有不明白的，请打 12345。"
)


def trained_project() -> Path:
    """The folder. Raises TrainingFailed with the end of Rasa's words."""
    domain = yaml.safe_load((ROOT / "bot" / "domain" / "domain.yml").read_text("utf-8"))
    intents = [next(iter(intent)) if isinstance(intent, dict) else intent for intent in domain["intents"]]
    files: dict[str, dict[str, Any]] = {
        "config.yml": CONFIG,
        "domain.yml": {
            "version": "3.1",
            "intents": intents,
            "entities": domain["entities"],
            "responses": {f"utter_{intent}": [{"text": ANSWER}] for intent in intents},
        },
        "rules.yml": {
            "version": "3.1",
            "rules": [
                {"rule": intent, "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]} for intent in intents
            ],
        },
        "endpoints.yml": {},
    }
    written = {name: yaml.safe_dump(content, allow_unicode=True, sort_keys=False) for name, content in files.items()}
    stamp, wanted = PROJECT / "trained-from", _fingerprint(written)
    if MODEL.is_file() and stamp.is_file() and stamp.read_text("ascii") == wanted:
        return PROJECT
    PROJECT.mkdir(parents=True, exist_ok=True)
    for name, content in written.items():
        (PROJECT / name).write_text(content, "utf-8")
    _train()
    stamp.write_text(wanted, "ascii")
    return PROJECT


def start_stock(port: int) -> Child:
    log = PROJECT / "rasa.log"
    command = [str(RASA), "run", "--connector", "rest", "--interface", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*command, "--endpoints", "endpoints.yml", "--model", str(MODEL)],
            cwd=PROJECT,
            env=rasa_environment(),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Child("stock", process, log)


def wait_for_stock(child: Child, port: int, limit_seconds: float = 180) -> None:
    began = time.monotonic()
    while child.is_running and time.monotonic() - began < limit_seconds:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/", timeout=2, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.3)
    raise StartFailed(f"the stock bot does not answer; see {child.log}")


def _train() -> None:
    print("Training the stock bot (some minutes, once)", flush=True)
    command = [str(RASA), "train", "--config", "config.yml", "--domain", "domain.yml", "--out", "models"]
    command += ["--fixed-model-name", "stock", "--data", "rules.yml", str(DATA)]
    done = subprocess.run(command, cwd=PROJECT, env=rasa_environment(), capture_output=True, text=True, check=False)
    if done.returncode or not MODEL.is_file():
        raise TrainingFailed(f"the stock bot was not trained:\n{done.stdout[-1000:]}\n{done.stderr[-2000:]}")


def _fingerprint(written: dict[str, str]) -> str:
    digest = hashlib.sha256("\0".join(written.values()).encode())
    for path in sorted(DATA.glob("*.yml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
