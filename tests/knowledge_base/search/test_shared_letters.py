"""What a question shares with each text of a guide, beside the names: held against sets of strings."""

from __future__ import annotations

from collections import Counter
from math import log

import numpy as np
import pytest

from knowledge_base.language.plain import plain
from knowledge_base.search.shared_letters import SharedLetters

TEXTS = ["身份证丢了，要带户口簿。", "补证要多少钱", "领证、领证，要等7天", "", "ＡＢ证𠀀多少钱"]
STATES = np.array([True, False, True, True, False])
NAMES = ["身份证", "补证"]
STATEMENTS = 3


def _sets(text: str) -> frozenset[str]:
    said = plain(text)
    return frozenset(said) | {said[at : at + 2] for at in range(len(said) - 1)}


@pytest.mark.parametrize(
    "question", ["丢了要带户口簿吗", "领证要等几天，多少钱", "ab证7天", "身份证补证", "完全两样", "", "？", "证"]
)
def test_shares_what_stands_in_both_and_in_no_name(question: str) -> None:
    wanted = _sets(question) - frozenset().union(*map(_sets, NAMES))
    held = Counter(gram for text, states in zip(TEXTS, STATES, strict=True) if states for gram in _sets(text))
    weights = {gram: log((STATEMENTS + 1) / (count + 0.5)) for gram, count in held.items()}
    many = max(1, len(wanted))

    parts, weighed = SharedLetters(TEXTS, STATES, NAMES, STATEMENTS).shared(question)

    assert parts == pytest.approx([len(wanted & _sets(text)) / many for text in TEXTS])
    assert weighed == pytest.approx(
        [sum(weights.get(gram, 0.0) for gram in wanted & _sets(text)) / (many + 1) for text in TEXTS]
    )


@pytest.mark.parametrize("texts", [[], [""], ["。"]])
def test_of_nothing_nothing_is_shared(texts: list[str]) -> None:
    parts, weighed = SharedLetters(texts, np.ones(len(texts), np.bool_), [], 1).shared("证丢了")

    assert parts.tolist() == weighed.tolist() == [0.0] * len(texts)
