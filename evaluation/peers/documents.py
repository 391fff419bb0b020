"""What all search in: the texts that stand for the service items, those that ours is made of. And how the scores of an
item's texts become one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.library import Library

Scores = NDArray[np.float32]
"""(questions, texts) or (questions, items); higher is nearer."""
NEARBY = 8


@dataclass(frozen=True, eq=False)
class Documents:
    items: tuple[str, ...]
    texts: tuple[str, ...]
    """Names and questions; a question with the item that it is asked of, where it leaves that out. An item's stand
    side by side, in the order of `items`."""
    starts: NDArray[np.int64]
    """Of each item, the place of its first text."""

    @property
    def whole(self) -> list[str]:
        """Of each item, all its texts as one."""
        ends = [*self.starts[1:].tolist(), len(self.texts)]
        return ["\n".join(self.texts[start:end]) for start, end in zip(self.starts.tolist(), ends, strict=True)]


Pool = Callable[[Scores, Documents], Scores]
"""Scores of texts → scores of items."""


def documents_of(library: Library) -> Documents:
    return grouped([(text.guide_id, text.whole) for text in library.index.texts])


def grouped(texts: Sequence[tuple[str, str]]) -> Documents:
    """`texts`: each with its item."""
    of_item: dict[str, list[str]] = {}
    for item, text in texts:
        of_item.setdefault(item, []).append(text)
    counts = [len(held) for held in of_item.values()]
    return Documents(
        items=tuple(of_item),
        texts=tuple(text for held in of_item.values() for text in held),
        starts=np.cumsum([0, *counts[:-1]]),
    )


def best_text(scores: Scores, documents: Documents) -> Scores:
    return np.maximum.reduceat(scores, documents.starts, axis=1)


def eight_best_texts(scores: Scores, documents: Documents) -> Scores:
    """Their mean; of an item with fewer, of all."""
    ends = [*documents.starts[1:].tolist(), len(documents.texts)]
    found = np.zeros((len(scores), len(documents.items)), np.float32)
    for at, (start, end) in enumerate(zip(documents.starts.tolist(), ends, strict=True)):
        own, most = scores[:, start:end], min(NEARBY, end - start)
        found[:, at] = np.partition(own, own.shape[1] - most, axis=1)[:, -most:].mean(axis=1)
    return found
