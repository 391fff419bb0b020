"""Intent from character n-grams by logistic regression, on the whole sentence.

CountVectorsFeaturizer builds its n-grams inside jieba tokens, so a typo or an odd cut costs it the word; here
they run across. One sparse row a message also costs a fifth of Rasa's own featurizers (docs/adr/0003).
"""

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Text

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

_RUN = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
_RANKED = 5


def plain(text: Text) -> Text:
    """Letters, digits and Han characters only, narrow and lower-case."""
    return "".join(_RUN.findall(unicodedata.normalize("NFKC", text).lower()))


class Learned(NamedTuple):
    """What scikit-learn learned, read without it: its own way costs a sentence 2 ms, this 0.2 ms."""

    intents: List[Text]
    column: Dict[Text, int]
    idf: Any
    weights: Any
    bias: Any
    longest: int

    @classmethod
    def from_examples(
        cls, texts: List[Text], intents: List[Text], longest: int, strength: float, most: int
    ) -> "Learned":
        features = TfidfVectorizer(analyzer="char", ngram_range=(1, longest), sublinear_tf=True, max_features=most)
        classifier = LogisticRegression(C=strength, max_iter=200, tol=1e-3).fit(features.fit_transform(texts), intents)
        return cls(
            [str(name) for name in classifier.classes_],
            features.vocabulary_,
            features.idf_.astype(np.float32),
            np.ascontiguousarray(classifier.coef_.T, dtype=np.float32),
            classifier.intercept_.astype(np.float32),
            longest,
        )

    def chances(self, text: Text) -> Any:
        """(n_intents,) summing to 1, in the order of `intents`."""
        grams = Counter(
            text[at : at + length] for length in range(1, self.longest + 1) for at in range(len(text) - length + 1)
        )
        known = [(self.column[gram], count) for gram, count in grams.items() if gram in self.column]
        scores = self.bias
        if known:
            columns = [column for column, _ in known]
            values = (1 + np.log([count for _, count in known])) * self.idf[columns]
            scores = scores + (values / np.linalg.norm(values)).astype(np.float32) @ self.weights[columns]
        grown = np.exp(scores - scores.max())
        return grown / grown.sum()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NgramIntentClassifier(GraphComponent, IntentClassifier):
    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """longest: n-gram length in characters; strength: inverse regularisation; most: n-grams kept."""
        return {"longest": 4, "strength": 8.0, "most": 120_000}

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
        self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, model: Any = None
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, model_storage, resource, model

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._model = Learned.from_examples(
            [plain(example.get(TEXT)) for example in examples],
            [example.get(INTENT) for example in examples],
            **self._config_of_learning(),
        )
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, Path(folder) / "classifier.joblib")
        return self._resource

    def _config_of_learning(self) -> Dict[Text, Any]:
        return {name: self._config[name] for name in ("longest", "strength", "most")}

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "NgramIntentClassifier":
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(Path(folder) / "classifier.joblib"))

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = plain(message.get(TEXT) or "")
            if not text:
                continue
            chances = self._model.chances(text)
            ranking = [
                {INTENT_NAME_KEY: self._model.intents[column], PREDICTED_CONFIDENCE_KEY: float(chances[column])}
                for column in chances.argsort()[::-1][:_RANKED]
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data
