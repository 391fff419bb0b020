"""The index over every text that can stand for a service item. Built whole, never changed, swapped as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import bm25s
import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge_base.language.asking import content_of
from knowledge_base.language.tokenize import Tokenizer, plain
from knowledge_base.search.embed import Embed, Vectors
from knowledge_base.search.find import Evidence

faiss.omp_set_num_threads(1)  # one thread a search, many searches at once, scales best (facts measured 2026-11)
CANDIDATES = 8


@dataclass(frozen=True)
class IndexedText:
    guide_id: str
    text: str
    is_name: bool
    """A name or alias: whoever writes it means the item."""
    has_guide: bool


class Index:
    def __init__(self, texts: Sequence[IndexedText], embed: Embed, tokenizer: Tokenizer) -> None:
        self._texts = tuple(texts)
        self._embed, self._tokenizer = embed, tokenizer
        self._items = tuple(dict.fromkeys(text.guide_id for text in texts))
        place = {guide_id: row for row, guide_id in enumerate(self._items)}
        self._item_of = np.array([place[text.guide_id] for text in texts], dtype=np.int32)
        self._first_text = [int(np.argmax(self._item_of == item)) for item in range(len(self._items))]
        self._has_guide = {text.guide_id: text.has_guide for text in texts}
        self._names = _by_beginning(texts, place)
        self._vectors = _vector_index(embed([text.text for text in texts]))
        # 多少钱 makes every question about money alike; without the asking, what is left tells items apart.
        self._points = _vector_index(embed([content_of(text.text) or text.text for text in texts]))
        tokens = [tokenizer.tokens(text.text) for text in texts]
        self._bm25 = bm25s.BM25()
        if any(tokens):
            self._bm25.index(tokens, show_progress=False)
        self._rarity, self._spoken_of = _vocabulary(tokens, self._item_of, len(self._items))
        self._unseen_rarity = max(self._rarity.values(), default=1.0)

    def __len__(self) -> int:
        return len(self._texts)

    def is_common(self, word: str) -> bool:
        return self._tokenizer.is_common(word)

    def share_known(self, text: str) -> float:
        """Share of its words and character pairs that stand in any indexed text; 1.0 if it has none."""
        tokens = [token for token in self._tokenizer.tokens(text) if len(token) > 1]
        return sum(token in self._spoken_of for token in tokens) / len(tokens) if tokens else 1.0

    def texts_with_guide(self) -> list[str]:
        return [text.text for text in self._texts if text.has_guide]

    def evidence(self, question: str, off_topic: float = 0.0) -> list[Evidence]:
        """For the items that anything speaks for, about CANDIDATES of them; empty if nothing does."""
        if not self._texts or not plain(question):
            return []
        nearest, nearby, nearest_text = self._cosines(self._vectors, question)
        content = content_of(question)
        to_the_point, _, _ = self._cosines(self._points, content) if content else (nearest, nearby, nearest_text)
        tokens = self._tokenizer.tokens(question)
        lexical = self._lexical(tokens)
        named = self._named(question)
        coverage = self._coverage(tokens)
        ranked = [
            item for scores in (nearest, to_the_point, lexical) for item in np.argsort(-scores)[:CANDIDATES].tolist()
        ]
        chosen = dict.fromkeys([*ranked, *named])
        return [
            Evidence(
                guide_id=self._items[item],
                nearest=float(nearest[item]),
                nearby=float(nearby[item]),
                to_the_point=float(to_the_point[item]),
                lexical=float(lexical[item] / (lexical[item] + 10)),
                coverage=coverage.get(item, 0.0),
                named=named.get(item, 0.0),
                text=self._texts[nearest_text.get(item, self._first_text[item])].text,
                has_guide=self._has_guide[self._items[item]],
                off_topic=off_topic,
            )
            for item in chosen
        ]

    def _cosines(
        self, vectors: faiss.IndexFlatIP, text: str
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], dict[int, int]]:
        reach = min(len(self._texts), 160)
        scores, positions = vectors.search(self._embed([text]), reach)
        floor = float(scores[0, -1])
        nearest_text: dict[int, int] = {}
        by_item: dict[int, list[float]] = {}
        items = self._item_of[positions[0]].tolist()
        for score, position, item in zip(scores[0].tolist(), positions[0].tolist(), items, strict=True):
            if item in by_item:
                by_item[item].append(score)
            else:
                by_item[item], nearest_text[item] = [score], position
        found = list(by_item)
        nearest = np.full(len(self._items), floor, dtype=np.float32)
        nearby = nearest.copy()
        nearest[found] = [its[0] for its in by_item.values()]
        nearby[found] = [sum([*its, floor, floor][:3]) / 3 for its in by_item.values()]
        return nearest, nearby, nearest_text

    def _lexical(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        best = np.zeros(len(self._items), dtype=np.float32)
        known = [token for token in tokens if token in self._rarity]
        if known:
            np.maximum.at(best, self._item_of, self._bm25.get_scores(known))
        return best

    def _coverage(self, tokens: Sequence[str]) -> dict[int, float]:
        """Item → share of the question's tokens, by rarity, that the item's texts speak of."""
        total = 0.0
        spoken: dict[int, float] = {}
        for token in set(tokens):
            weight = self._rarity.get(token, self._unseen_rarity)
            total += weight
            for item in self._spoken_of.get(token, ()):
                spoken[item] = spoken.get(item, 0.0) + weight
        return {item: weight / total for item, weight in spoken.items()}

    def _named(self, question: str) -> dict[int, float]:
        """Item → share of the question that is the longest of its names."""
        bare = plain(question)
        found: dict[int, float] = {}
        for at in range(len(bare) - 1):
            for name, item in self._names.get(bare[at : at + 2], ()):
                if bare.startswith(name, at):
                    found[item] = max(found.get(item, 0.0), len(name) / len(bare))
        return found


def _by_beginning(texts: Sequence[IndexedText], place: Mapping[str, int]) -> dict[str, list[tuple[str, int]]]:
    """The first two letters of a name → the names that begin so, each with its item's place."""
    begun: dict[str, list[tuple[str, int]]] = {}
    for name, item in dict.fromkeys((plain(text.text), place[text.guide_id]) for text in texts if text.is_name):
        if len(name) >= 2:
            begun.setdefault(name[:2], []).append((name, item))
    return begun


def _vector_index(vectors: Vectors) -> faiss.IndexFlatIP:
    if not len(vectors):  # nothing published yet: an index that is never asked
        return faiss.IndexFlatIP(1)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def _vocabulary(
    tokens: Sequence[Sequence[str]], item_of: NDArray[np.int32], items: int
) -> tuple[dict[str, float], Mapping[str, frozenset[int]]]:
    spoken_of: dict[str, set[int]] = {}
    for found, item in zip(tokens, item_of.tolist(), strict=True):
        for token in found:
            spoken_of.setdefault(token, set()).add(item)
    rarity = {token: float(np.log(1 + items / len(held))) for token, held in spoken_of.items()}
    return rarity, {token: frozenset(held) for token, held in spoken_of.items()}
