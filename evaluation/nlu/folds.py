"""The shipped classifier, learned from four fifths of the examples and asked the last one, five times over."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

from knowledge_base.language.learning import learn

FOLDS = 5
SHOWN = 10


def cross_validate(examples: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """`examples`: (text, intent), once each. Folds by the digests of the texts: the same ones each time."""
    apart: list[list[tuple[str, str]]] = [[] for _ in range(FOLDS)]
    for text, intent in examples:
        apart[hashlib.sha256(text.encode()).digest()[0] % FOLDS].append((text, intent))
    meant: list[str] = []
    found: list[str] = []
    for number, held_out in enumerate(apart):
        learned = learn(example for other, fold in enumerate(apart) if other != number for example in fold)
        meant += [intent for _, intent in held_out]
        found += [(learned.ranking(text, 1) or [("nothing", 1.0)])[0][0] for text, _ in held_out]
    return {
        "accuracy": accuracy_score(meant, found),
        "macro_f1": f1_score(meant, found, average="macro", zero_division=0, labels=sorted(set(meant))),
        "weakest": _weakest(meant, found),
    }


def _weakest(meant: Sequence[str], found: Sequence[str]) -> dict[str, Any]:
    names = sorted(set(meant))
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    for right, other in zip(meant, found, strict=True):
        if right != other:
            taken[right][other] += 1
    scores = precision_recall_fscore_support(meant, found, labels=names, zero_division=0)[2]
    worst = sorted(zip(scores.tolist(), names, strict=True))[:SHOWN]
    return {name: {"f1": score, "taken_for": dict(taken[name].most_common(3))} for score, name in worst}
