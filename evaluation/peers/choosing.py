"""How a peer is read at its best: the way of reading an item that finds most items first, and the sureness that tells
best what is out of scope. Both by the development questions, as our weights are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.peers.documents import Documents, Scores
from evaluation.peers.searching import Search, Ways
from evaluation.questions import Question
from evaluation.rankings import Ranked, answered_right
from evaluation.retrieval.measures import rank_of_right

MOST_HITS = 10
Sureness = Callable[[Scores], NDArray[np.float32]]
"""Scores of items → (questions,); higher is surer of the first."""


def _lead(scores: Scores) -> NDArray[np.float32]:
    second, first = np.partition(scores, -2, axis=1)[:, -2:].T
    return np.asarray(first - second)


SURENESSES: Mapping[str, Sureness] = {"score": lambda scores: np.asarray(scores.max(axis=1)), "lead": _lead}


@dataclass(frozen=True)
class Way:
    how: str
    search: Search
    sureness: Sureness


def best_way(ways: Ways, documents: Documents, development: Sequence[Question]) -> Way:
    texts = [question.text for question in development]
    found = {name: search(texts) for name, search in ways.items()}

    def ranked(name: str, sure: str) -> list[Ranked]:
        return ranked_by_scores(documents, development, found[name], SURENESSES[sure])

    name = max(ways, key=lambda each: sum(one.rank == 1 for one in ranked(each, "score")))
    sure = max(SURENESSES, key=lambda each: answered_right(ranked(name, each)).count)
    return Way(f"{name}, sure by its {sure}", ways[name], SURENESSES[sure])


def ranked_by(way: Way, documents: Documents, questions: Sequence[Question]) -> list[Ranked]:
    return ranked_by_scores(documents, questions, way.search([each.text for each in questions]), way.sureness)


def ranked_by_scores(
    documents: Documents, questions: Sequence[Question], scores: Scores, sureness: Sureness
) -> list[Ranked]:
    """`scores`: (questions, items)."""
    first = np.argsort(-scores, axis=1, kind="stable")[:, :MOST_HITS]
    found = zip(questions, first.tolist(), sureness(scores).tolist(), strict=True)
    return [ranked_of(question, [documents.items[at] for at in order], sure) for question, order, sure in found]


def ranked_by_likelihoods(questions: Sequence[Question], found: Iterable[Mapping[str, float]]) -> list[Ranked]:
    """`found`: of each question, item → likelihood."""
    return [
        ranked_of(question, sorted(likely, key=lambda item: -likely[item]), max(likely.values(), default=0.0))
        for question, likely in zip(questions, found, strict=True)
    ]


def ranked_of(question: Question, found: Sequence[str], sure: float) -> Ranked:
    """`found`: items, best first."""
    return Ranked(rank_of_right(question.guide_ids, found[:MOST_HITS]), sure, question.is_in_scope)
