"""Reads what a sentence asks (aspect or dialogue act) without Rasa: for the search door and for when Rasa is away.

Learned from the same `nlu_data/` as Rasa's classifier. Character n-grams need no segmentation, so typos and
odd cuts do little harm.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from knowledge_base.model import Aspect
from knowledge_base.search.tokenize import plain
from knowledge_base.yaml_lines import read_yaml

NLU_DATA = Path(__file__).parents[2] / "nlu_data" / "intents"
_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
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
    def __init__(self, examples: Iterable[tuple[str, str]]) -> None:
        """examples: (text, intent)."""
        texts, intents = zip(*((plain(text), intent) for text, intent in examples), strict=True)
        self._model: Pipeline = make_pipeline(
            TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True, min_df=1, max_features=60_000),
            LogisticRegression(C=8, max_iter=200, tol=1e-3),
        )
        self._model.fit(texts, intents)

    def read(self, text: str) -> Reading:
        return self.read_all([text])[0]

    def read_all(self, texts: Sequence[str]) -> list[Reading]:
        chances = self._model.predict_proba([plain(text) for text in texts])
        best = chances.argmax(axis=1)
        return [
            Reading(str(self._model.classes_[column]), float(chances[row, column])) for row, column in enumerate(best)
        ]

    def likeliest_aspect(self, text: str) -> Aspect:
        """The aspect among the aspects, for a sentence that is known to ask one."""
        chances = self._model.predict_proba([plain(text)])[0]
        ranked = sorted(zip(chances.tolist(), self._model.classes_, strict=True), reverse=True)
        return next((found for _, name in ranked if (found := Reading(str(name), 0.0).aspect)), Aspect.OVERVIEW)

    def off_topic(self, text: str) -> float:
        """Likelihood, in [0, 1], that the sentence asks nothing a service hall answers."""
        if not plain(text):
            return 1.0
        column = list(self._model.classes_).index(OFF_TOPIC) if OFF_TOPIC in self._model.classes_ else None
        return 0.0 if column is None else float(self._model.predict_proba([plain(text)])[0, column])

    def read_aspects(self, text: str, floor: float = 0.5) -> tuple[Aspect, ...]:
        """The aspects of each clause, in order, those alone that are asked clearly."""
        clauses = [clause for clause in _CLAUSE.split(text) if len(plain(clause)) >= 2]
        if not clauses:
            return ()
        found = [reading.aspect for reading in self.read_all(clauses) if reading.aspect and reading.confidence >= floor]
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
