"""What was learned once is all that Rasa reads with, and nothing else than what its model was trained with."""

from __future__ import annotations

import pytest

from tests.bot.within_rasa import within_rasa

pytestmark = pytest.mark.rasa

SCRIPT = """
import json, os, tempfile
from pathlib import Path
from bot.components.ngram_intent_classifier import NgramIntentClassifier, StaleArtifact
from knowledge_base.language.learned import Grams, Learned, digest_of
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
import numpy as np

folder = Path(tempfile.mkdtemp())
storage, file = LocalModelStorage.create(folder), folder / "intents.npz"
resource = Resource("classifier")
context = ExecutionContext(None)
config = {"artifact": str(file), "threshold": 0.4}
examples = [("多少钱", "ask_fee"), ("你好", "greet")]

def write(bias):
    told = Grams(("asked",), np.zeros(0, np.str_), np.zeros(0), np.zeros((0, 1), np.float32), np.zeros(1), 1)
    asked = Grams(("ask_fee", "greet"), np.array(["好", "钱"]), np.ones(2), np.float32([[0, 3], [3, 0]]), np.array(bias), 1)
    learned = Learned(told, asked, digest_of(examples), "")
    file.write_bytes(learned.content())

def train(pairs):
    NgramIntentClassifier.create(config, storage, resource, context).train(TrainingData([Message.build(text=text, intent=intent) for text, intent in pairs]))

def fault_of(errand, *arguments):
    try:
        errand(*arguments)
    except StaleArtifact as fault:
        return str(fault)

def load():
    return NgramIntentClassifier.load(config, storage, resource, context)

found = {"nothing learned": fault_of(train, examples)}
write([0.0, 0.0])
found["other examples"] = fault_of(train, [*examples, ("再见", "goodbye")])
train(examples)
before = NgramIntentClassifier.fingerprint_addon(config)
found["read"] = [message.data for message in load().process([Message.build(text=text) for text in ("多少钱", "。。。", "啊")])]
write([0.0, 0.5])
found["another file"] = fault_of(load)
found["fingerprint changes"] = NgramIntentClassifier.fingerprint_addon(config) != before
config["threshold"] = 0.9
train(examples)
found["unsure"] = load().process([Message.build(text="钱好")])[0].data["intent"]["name"]
print(json.dumps(found))
"""


def test_the_component_reads_with_the_file_of_its_model_and_refuses_any_other() -> None:
    found = within_rasa(SCRIPT)
    assert "make rasa-train" in found["nothing learned"] and "other examples" in found["other examples"]
    assert "not the file" in found["another file"] and found["fingerprint changes"]
    sure, silent, _ = found["read"]
    assert sure["intent"]["name"] == sure["intent_ranking"][0]["name"] == "ask_fee"
    # What says nothing is not understood, instead of a fault further down the pipeline.
    assert silent["intent"]["name"] == "nlu_fallback" and found["unsure"] == "nlu_fallback"
