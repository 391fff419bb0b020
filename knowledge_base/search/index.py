"""The index over every text that can stand for a service item. Built whole, never changed, swapped as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import bm25s
import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge_base.language.asking import content_of
from knowledge_base.language.tokenize import Tokenizer, plain
from knowledge_base.search.embed import Embed, Vectors
from knowledge_base.search.find import Evidence
from knowledge_base.search.item_reader import ItemReader

faiss.omp_set_num_threads(1)  # one thread a search, many searches at once, scales best (facts measured 2026-11)
CANDIDATES = 8
REACH = 512
"""How many texts are told apart by their cosine."""
MOST_REMEMBERED = 64
NEARBY = 8
"""Of so many texts of an item the mean is taken: one may lie near by chance, eight do not."""


@dataclass(frozen=True)
class IndexedText:
    guide_id: str
    text: str
    is_name: bool
    """A name or alias: whoever writes it means the item."""
    has_guide: bool
    with_item: str = ""
    """The text with the item that it is asked of, where it leaves that out."""

    @property
    def whole(self) -> str:
        return self.with_item or self.text


@dataclass(frozen=True)
class _Nearest:
    """The texts within reach, the nearest first; all further ones are as far as the last of these."""

    of_item: NDArray[np.float32]
    """The cosine to the nearest text of each item."""
    scores: NDArray[np.float32]
    positions: NDArray[np.int64]
    items: NDArray[np.int32]

    def nearby(self, item: int) -> float:
        """The mean cosine to its nearest texts."""
        floor = float(self.scores[-1])
        own = self._scores_of.get(item, [])[:NEARBY]
        return (sum(own) + floor * (NEARBY - len(own))) / NEARBY

    @cached_property
    def text_of(self) -> dict[int, int]:
        """Item → its nearest text."""
        return dict(zip(self.items[::-1].tolist(), self.positions[::-1].tolist(), strict=True))

    @cached_property
    def _scores_of(self) -> dict[int, list[float]]:
        of: dict[int, list[float]] = {}
        for item, score in zip(self.items.tolist(), self.scores.tolist(), strict=True):
            of.setdefault(item, []).append(score)
        return of


class _Figures(NamedTuple):
    """Of every item, by its place."""

    near: _Nearest
    pointed: _Nearest
    lexical: NDArray[Any]
    coverage: NDArray[Any]
    named: dict[int, float]
    learned: dict[int, float]


class Index:
    def __init__(
        self, texts: Sequence[IndexedText], embed: Embed, tokenizer: Tokenizer, item_reader: ItemReader | None = None
    ) -> None:
        self._texts = tuple(texts)
        self._embed, self._tokenizer = embed, tokenizer
        self._items = tuple(dict.fromkeys(text.guide_id for text in texts))
        self._place = place = {guide_id: row for row, guide_id in enumerate(self._items)}
        self._item_of = np.array([place[text.guide_id] for text in texts], dtype=np.int32)
        self._first_text = [int(np.argmax(self._item_of == item)) for item in range(len(self._items))]
        self._has_guide = {text.guide_id: text.has_guide for text in texts}
        self._item_reader = item_reader
        self._names = _by_beginning(texts, place)
        self._vectors = _vector_index(embed([text.whole for text in texts]))
        # 多少钱 makes every question about money alike; without the asking, what is left tells items apart.
        self._points = _vector_index(embed([content_of(text.whole) or text.whole for text in texts]))
        tokens = [tokenizer.tokens(text.whole) for text in texts]
        self._bm25 = bm25s.BM25()
        if any(tokens):
            self._bm25.index(tokens, show_progress=False)
        self._rarity, self._spoken_of = _vocabulary(tokens, self._item_of, len(self._items))
        # Who looks closer weighs the same question again, with more items.
        self._figures = lru_cache(maxsize=MOST_REMEMBERED)(self._figures_of)
        self._unseen_rarity = max(self._rarity.values(), default=1.0)

    def __len__(self) -> int:
        return len(self._texts)

    def is_common(self, word: str) -> bool:
        return self._tokenizer.is_common(word)

    def is_name(self, word: str) -> bool:
        return self._tokenizer.is_name(word)

    def share_known(self, text: str) -> float:
        """Share of its words and character pairs that stand in any indexed text; 1.0 if it has none."""
        tokens = [token for token in self._tokenizer.tokens(text) if len(token) > 1]
        return sum(token in self._spoken_of for token in tokens) / len(tokens) if tokens else 1.0

    def texts_with_guide(self) -> list[str]:
        return [text.text for text in self._texts if text.has_guide]

    def evidence(self, question: str, off_topic: float = 0.0, also: Iterable[str] = ()) -> list[Evidence]:
        """For the items that anything speaks for, about CANDIDATES of them; empty if nothing does. `also`: items that
        are weighed whatever speaks for them here."""
        if not self._texts or not plain(question) or not self.share_known(question):
            return []  # of 啊吧啊吧 no item knows anything, though one will always be the nearest
        near, pointed, lexical, coverage, named, learned = self._figures(question)
        sounds_like = sorted(learned, key=lambda item: -learned[item])[:CANDIDATES]
        ranked = [
            item
            for scores in (near.of_item, pointed.of_item, lexical)
            for item in np.argsort(-scores)[:CANDIDATES].tolist()
        ]
        return [
            Evidence(
                guide_id=self._items[item],
                nearest=float(near.of_item[item]),
                nearby=near.nearby(item),
                to_the_point=float(pointed.of_item[item]),
                lexical=float(lexical[item] / (lexical[item] + 10)),
                coverage=float(coverage[item]),
                named=named.get(item, 0.0),
                text=self._texts[near.text_of.get(item, self._first_text[item])].text,
                has_guide=self._has_guide[self._items[item]],
                off_topic=off_topic,
                learned=learned.get(item),
            )
            for item in dict.fromkeys([*ranked, *sounds_like, *named, *(self._place[each] for each in also)])
        ]

    def _figures_of(self, question: str) -> _Figures:
        near, content = self._nearest(self._vectors, question), content_of(question)
        pointed = self._nearest(self._points, content) if content else near
        tokens = self._tokenizer.tokens(question)
        lexical, coverage, named = self._lexical(tokens), self._coverage(tokens), self._named(question)
        return _Figures(near, pointed, lexical, coverage, named, self._learned(question))

    def _nearest(self, vectors: faiss.IndexFlatIP, text: str) -> _Nearest:
        scores, positions = (found[0] for found in vectors.search(self._embed([text]), min(len(self._texts), REACH)))
        items = self._item_of[positions]
        of_item = np.full(len(self._items), scores[-1], dtype=np.float32)
        of_item[items[::-1]] = scores[::-1]  # of several texts of an item the nearest is written last
        return _Nearest(of_item, scores, positions, items)

    def _learned(self, question: str) -> dict[int, float]:
        """Item → how much it sounds like it; without the items that nothing was learned of."""
        if self._item_reader is None:
            return {}
        scores = zip(self._item_reader.items, self._item_reader.scores(question), strict=True)
        return {self._place[item]: score for item, score in scores if item in self._place}

    def _lexical(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        best = np.zeros(len(self._items), dtype=np.float32)
        known = [token for token in tokens if token in self._rarity]
        if known:
            np.maximum.at(best, self._item_of, self._bm25.get_scores(known))
        return best

    def _coverage(self, tokens: Sequence[str]) -> NDArray[np.float64]:
        """Of each item: the share of the question's tokens, by rarity, that its texts speak of."""
        weights = {token: self._rarity.get(token, self._unseen_rarity) for token in tokens}
        held = [(self._spoken_of[token], weight) for token, weight in weights.items() if token in self._spoken_of]
        if not held:
            return np.zeros(len(self._items))
        items = np.concatenate([each for each, _ in held])
        spoken = np.bincount(
            items, np.repeat([weight for _, weight in held], [len(each) for each, _ in held]), len(self._items)
        )
        return np.asarray(spoken / sum(weights.values()))

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
) -> tuple[dict[str, float], Mapping[str, NDArray[np.int32]]]:
    spoken_of: dict[str, set[int]] = {}
    for found, item in zip(tokens, item_of.tolist(), strict=True):
        for token in found:
            spoken_of.setdefault(token, set()).add(item)
    rarity = {token: float(np.log(1 + items / len(held))) for token, held in spoken_of.items()}
    return rarity, {token: np.array(sorted(held), dtype=np.int32) for token, held in spoken_of.items()}
