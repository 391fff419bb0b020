"""A stock Rasa bot as a peer: DIET tells whether a question is for the hall, a ResponseSelector which item it means.

jieba, count vectors of words and of runs of characters, trained on the same texts of the items and on what nlu_data has
beside the point. Its project lies in `var/peers/diet`; it is trained once and asked once, until something of that
changes.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from evaluation.peers.documents import Documents
from knowledge_base.language.examples import examples_of
from knowledge_base.language.intents import OFF_TOPIC
from server.settings import ROOT
from server.training import RASA, TrainingFailed, rasa_environment

PROJECT = ROOT / "var" / "peers" / "diet"
RETRIEVAL = "faq"
"""The intent whose responses are told apart: `faq/id-card-first`."""
DIET_EPOCHS, SELECTOR_EPOCHS = 2, 20
"""After the first, DIET tells 98 % of the examples apart by whether they are for the hall."""
LEARNING = {"batch_size": 512, "random_seed": 1}
"""Rasa goes from 64 to 256 at a time; larger steps are fewer."""
CONFIG: dict[str, Any] = {
    "recipe": "default.v1",
    "language": "zh",
    "assistant_id": "peer",
    "pipeline": [
        {"name": "JiebaTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": DIET_EPOCHS, **LEARNING, "entity_recognition": False},
        {"name": "ResponseSelector", "epochs": SELECTOR_EPOCHS, **LEARNING, "retrieval_intent": RETRIEVAL},
    ],
}


def asked_of_stock(documents: Documents, questions: Sequence[str], project: Path = PROJECT) -> list[dict[str, float]]:
    """Of each question: item → how likely the bot gives its response; ten items at most. Raises TrainingFailed."""
    written = project_files(documents)
    project.mkdir(parents=True, exist_ok=True)
    for name, content in written.items():
        (project / name).write_text(content, "utf-8")
    (project / "questions.json").write_text(json.dumps(list(questions), ensure_ascii=False), "utf-8")
    name = hashlib.sha256("\0".join(written.values()).encode()).hexdigest()[:16]
    model = project / "models" / f"{name}.tar.gz"
    if not model.is_file():
        print("Training the stock bot (long, once)", flush=True)
        _within_rasa(project, "train", project, name)
    _within_rasa(project, "ask", model, project / "questions.json", project / "answers.json")
    return [likelihoods(each) for each in json.loads((project / "answers.json").read_text("utf-8"))]


def project_files(documents: Documents) -> dict[str, str]:
    """File → its text."""
    ends = [*documents.starts[1:].tolist(), len(documents.texts)]
    beside = sorted({text for text, intent in examples_of() if intent == OFF_TOPIC})
    examples = {
        f"{RETRIEVAL}/{item}": documents.texts[start:end]
        for item, start, end in zip(documents.items, documents.starts.tolist(), ends, strict=True)
    } | {OFF_TOPIC: beside}
    responses = {f"utter_{RETRIEVAL}/{item}": [{"text": item}] for item in documents.items}
    nlu = [{"intent": intent, "examples": _listed(texts)} for intent, texts in examples.items()]
    files: dict[str, Any] = {
        "config.yml": CONFIG,
        "nlu.yml": {"version": "3.1", "nlu": nlu},
        "domain.yml": {"version": "3.1", "intents": [RETRIEVAL, OFF_TOPIC], "responses": responses},
    }
    return {
        name: yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
        for name, content in files.items()
    }


def likelihoods(answer: dict[str, list[list[Any]]]) -> dict[str, float]:
    """That the question is one for the hall, times that of each response."""
    for_hall = dict(map(tuple, answer["intents"])).get(RETRIEVAL, 0.0)
    return {key.removeprefix(f"{RETRIEVAL}/"): for_hall * likely for key, likely in answer["responses"]}


def _listed(texts: Sequence[str]) -> str:
    return "".join(f"- {' '.join(text.split())}\n" for text in dict.fromkeys(texts))


def _within_rasa(project: Path, *arguments: str | Path) -> None:
    command = [str(RASA.with_name("python")), "-m", "evaluation.peers.within_rasa", *map(str, arguments)]
    # A cache of its own: Rasa would otherwise take a trained component out of another's.
    environment = {**rasa_environment(), "RASA_CACHE_DIRECTORY": str(project / "cache")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise TrainingFailed(f"the stock bot: {done.stdout[-1000:]}\n{done.stderr[-2000:]}")
