"""Reads what a sentence asks (aspect or dialogue act) without Rasa: for the search door and for when Rasa is away.

Learned from the same `nlu_data/` as Rasa's classifier. Character n-grams need no segmentation, so typos and
odd cuts do little harm.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import sklearn
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge_base.language.tokenize import plain
from knowledge_base.model import Aspect
from knowledge_base.yaml_lines import read_yaml

NLU_DATA = Path(__file__).parents[2] / "nlu_data" / "intents"
_ANNOTATION = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\})")
LONGEST = 4
OFF_TOPIC = "out_of_scope"
_CLAUSE = re.compile(r"[，。？！；,?!;\s]+")


@dataclass(frozen=True)
class Reading:
    intent: str
    confidence: float

    @property
    def aspect(self) -> Aspect | None:
        name = self.intent.removeprefix("ask_")
        return Aspect(name) if name in set(Aspect) else None


class IntentReader:
    """Learns with scikit-learn; reads with the learned figures alone, for its own way costs a sentence 2 ms."""

    def __init__(self, examples: Iterable[tuple[str, str]]) -> None:
        """examples: (text, intent)."""
        texts, intents = zip(*((plain(text), intent) for text, intent in examples), strict=True)
        features = TfidfVectorizer(analyzer="char", ngram_range=(1, LONGEST), sublinear_tf=True, max_features=120_000)
        classifier = LogisticRegression(C=8, max_iter=200, tol=1e-3).fit(features.fit_transform(texts), intents)
        self.intents = [str(name) for name in classifier.classes_]
        self._column: dict[str, int] = features.vocabulary_
        self._idf = features.idf_.astype(np.float32)
        self._weights = np.ascontiguousarray(classifier.coef_.T, dtype=np.float32)
        self._bias = classifier.intercept_.astype(np.float32)

    def chances(self, text: str) -> NDArray[np.float32]:
        """(n_intents,) summing to 1, in the order of `intents`."""
        return self._chances_of(plain(text))

    @lru_cache(maxsize=4096)  # noqa: B019 - one reader lives as long as the process
    def _chances_of(self, bare: str) -> NDArray[np.float32]:
        grams = Counter(
            bare[at : at + length] for length in range(1, LONGEST + 1) for at in range(len(bare) - length + 1)
        )
        known = [(self._column[gram], count) for gram, count in grams.items() if gram in self._column]
        scores = self._bias
        if known:
            columns = [column for column, _ in known]
            values = (1 + np.log([count for _, count in known])) * self._idf[columns]
            scores = scores + (values / np.linalg.norm(values)).astype(np.float32) @ self._weights[columns]
        grown = np.exp(scores - scores.max())
        return np.asarray(grown / grown.sum(), dtype=np.float32)

    def read(self, text: str) -> Reading:
        chances = self.chances(text)
        best = int(chances.argmax())
        return Reading(self.intents[best], float(chances[best]))

    def likeliest_aspect(self, text: str) -> Aspect:
        """The aspect among the aspects, for a sentence that is known to ask one."""
        ranked = sorted(zip(self.chances(text).tolist(), self.intents, strict=True), reverse=True)
        return next((found for _, name in ranked if (found := Reading(name, 0.0).aspect)), Aspect.OVERVIEW)

    def off_topic(self, text: str) -> float:
        """Likelihood, in [0, 1], that the sentence asks nothing a service hall answers."""
        if not plain(text):
            return 1.0
        return float(self.chances(text)[self.intents.index(OFF_TOPIC)]) if OFF_TOPIC in self.intents else 0.0

    def read_aspects(self, text: str, floor: float = 0.5) -> tuple[Aspect, ...]:
        """The aspects of each clause, in order, those alone that are asked clearly."""
        clauses = [clause for clause in _CLAUSE.split(text) if len(plain(clause)) >= 2]
        if not clauses:
            return ()
        readings = [self.read(clause) for clause in clauses]
        found = [reading.aspect for reading in readings if reading.aspect and reading.confidence >= floor]
        return tuple(dict.fromkeys(found))


def load_intent_reader(cache: Path | None = None, folder: Path = NLU_DATA) -> IntentReader:
    """Trained from the examples; with `cache`, kept there until the examples or scikit-learn change."""
    paths = sorted(folder.glob("*.yml"))
    stamp = hashlib.sha256(sklearn.__version__.encode())
    stamp.update(Path(__file__).read_bytes())
    for path in paths:
        stamp.update(path.read_bytes())
    kept = cache / f"intents-{stamp.hexdigest()[:16]}.joblib" if cache else None
    if kept and kept.is_file():
        reader: IntentReader = joblib.load(kept)
        return reader
    reader = IntentReader(_examples(paths))
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in kept.parent.glob("intents-*.joblib"):
            old.unlink()
        joblib.dump(reader, kept)
    return reader


def _examples(paths: Iterable[Path]) -> Iterable[tuple[str, str]]:
    for path in paths:
        data: Any = read_yaml(path).data
        for block in data.get("nlu", []):
            if "intent" in block:
                for line in block["examples"].splitlines():
                    if text := line.strip().removeprefix("-").strip():
                        yield _ANNOTATION.sub(r"\1", text), block["intent"]
