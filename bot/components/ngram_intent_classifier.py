"""The intent, read with what the training step has learned once for both environments (docs/adr/0003 and 0031).

Rasa's training of this component only looks whether the file was learned from the examples that Rasa trains with, and
keeps its digest: a model never reads with another file than the one it was trained with.
"""

import hashlib
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge_base.language.learned import Learned, NotLearned, digest_of, load_learned

_DIGEST = "digest"
_RANKED = 5


class StaleArtifact(RasaException):
    """Says what to do."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NgramIntentClassifier(GraphComponent, IntentClassifier):
    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """artifact: the file, from where Rasa was started; threshold: below it, the sentence was not understood."""
        return {"artifact": "models/intents.npz", "threshold": 0.0}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NgramIntentClassifier":
        return cls(config, model_storage, resource)

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        learned: Optional[Learned] = None,
    ) -> None:
        self._config, self._storage, self._resource, self._learned = config, model_storage, resource, learned

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """Rasa trains again when the file is another."""
        return _digest_of(Path(config.get("artifact", cls.get_default_config()["artifact"])))

    def train(self, training_data: TrainingData) -> Resource:
        path = Path(self._config["artifact"])
        self._learned = _load(path)
        examples = [(each.get(TEXT), each.get(INTENT)) for each in training_data.intent_examples if each.get(TEXT)]
        if self._learned.learned_from != digest_of(examples):
            raise StaleArtifact(f"{path} was learned from other examples than these; train with `make rasa-train`")
        with self._storage.write_to(self._resource) as folder:
            (Path(folder) / _DIGEST).write_text(_digest_of(path), "ascii")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "NgramIntentClassifier":
        path = Path(config["artifact"])
        with model_storage.read_from(resource) as folder:
            trained_with = (Path(folder) / _DIGEST).read_text("ascii")
        if _digest_of(path) != trained_with:
            raise StaleArtifact(
                f"{path} is not the file that this model was trained with; train with `make rasa-train`"
            )
        return cls(config, model_storage, resource, _load(path))

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            ranking = [
                {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: chance}
                for intent, chance in self._learned.ranking(message.get(TEXT) or "", _RANKED)
            ]
            if not ranking or ranking[0][PREDICTED_CONFIDENCE_KEY] < self._config["threshold"]:
                unsure = 1 - ranking[0][PREDICTED_CONFIDENCE_KEY] if ranking else 1.0
                fallback = {INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME, PREDICTED_CONFIDENCE_KEY: unsure}
                ranking = [fallback, *ranking]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data


def _digest_of(path: Path) -> Text:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _load(path: Path) -> Learned:
    try:
        return load_learned(path)
    except NotLearned as fault:
        raise StaleArtifact(str(fault)) from fault
