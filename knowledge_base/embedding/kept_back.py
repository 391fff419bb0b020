"""How well an encoder does on the tenth of the guides' questions that it was not tuned on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.embedding.encoder_examples import OfGuides

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True)
class KeptBack:
    questions: int
    items: int
    item_first: float
    """Share of the questions whose own item has the nearest statement of all."""
    statement_first: float
    """Share that find their own statement nearest among those of their guide; without what asks for all of it."""
    statement_among_three: float


def measure(encode: Encode, guides: OfGuides, items: int) -> KeptBack:
    """Over the statements of so many items (all of them take minutes), those with the most kept back first."""
    kept = [each for each in guides.asked if each.is_kept_back]
    count = {item: sum(each.item == item for each in kept) for item in guides.names}
    chosen = set(sorted(count, key=lambda item: (-count[item], item))[:items])
    kept = [each for each in kept if each.item in chosen]
    places = [place for place in guides.says if place[0] in chosen]
    statements, questions = encode([guides.says[place] for place in places]), encode([each.question for each in kept])
    near = questions @ statements.T
    of = np.array([place[0] for place in places])
    first = ranks_first = among = asked = 0
    for one, row in zip(kept, near, strict=True):
        first += of[int(row.argmax())] == one.item
        if not one.is_summary:
            own = row[places.index((one.item, one.statement))]
            rank = int((row[of == one.item] > own).sum())
            asked, ranks_first, among = asked + 1, ranks_first + (rank == 0), among + (rank < 3)
    return KeptBack(len(kept), len(chosen), first / len(kept), ranks_first / max(1, asked), among / max(1, asked))
