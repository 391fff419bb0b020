"""The index over every text that can stand for a service item. Built whole, never changed, swapped as one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import bm25s
import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge_base.language.asking import content_of
from knowledge_base.language.tokenize import Tokenizer, plain
from knowledge_base.search.coarse import vector_index
from knowledge_base.search.embed import Embed
from knowledge_base.search.find import Evidence
from knowledge_base.search.item_reader import ItemReader
from knowledge_base.search.kept_texts import NOTHING_KEPT, KeptTexts

CANDIDATES = 8
REACH = 512
"""How many texts are told apart by their cosine."""
MOST_FIGURES = 64
"""Questions whose figures are kept."""
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
    """What the texts within reach say of each item; all further ones are as far as the last of these."""

    of_item: NDArray[np.float32]
    """The cosine to its nearest text."""
    nearby: NDArray[np.float64]
    """The mean cosine to its NEARBY nearest texts."""
    text_of: NDArray[np.int64]
    """Its nearest text; where none is within reach, its first."""


class _Figures(NamedTuple):
    """Of every item, by its place."""

    near: _Nearest
    pointed: _Nearest
    lexical: NDArray[np.float32]
    coverage: NDArray[np.float64]
    named: dict[int, float]
    learned: NDArray[np.float64]


class Index:
    def __init__(
        self,
        texts: Sequence[IndexedText],
        embed: Embed,
        tokenizer: Tokenizer,
        item_reader: ItemReader | None = None,
        kept: KeptTexts = NOTHING_KEPT,
    ) -> None:
        self._texts = tuple(texts)
        self._embed, self._tokenizer = embed, tokenizer
        self._items = tuple(dict.fromkeys(text.guide_id for text in texts))
        self._place = place = {guide_id: row for row, guide_id in enumerate(self._items)}
        self._item_of = np.array([place[text.guide_id] for text in texts], dtype=np.int32)
        self._first_text = np.unique(self._item_of, return_index=True)[1]
        self._has_guide = {text.guide_id: text.has_guide for text in texts}
        self._item_reader = item_reader
        learned = [
            (place[item], at) for at, item in enumerate(item_reader.items if item_reader else ()) if item in place
        ]
        self._learned_items, self._learned_scores = ([pair[side] for pair in learned] for side in (0, 1))
        self._names = _by_beginning(texts, place)
        self._vectors = vector_index(embed([text.whole for text in texts]), REACH, kept.coarse)
        self._points = vector_index(embed([to_the_point(text.whole) for text in texts]), REACH, kept.coarse)
        tokens = [tokenizer.tokens(text.whole) for text in texts]
        self._bm25 = bm25s.BM25()
        if any(tokens):
            self._bm25.index(tokens, show_progress=False)
        self._rarity, self._spoken_of = _vocabulary(tokens, self._item_of, len(self._items))
        # Who looks closer weighs the same question again, with more items.
        self._figures = lru_cache(maxsize=MOST_FIGURES)(self._figures_of)
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

    @property
    def texts(self) -> tuple[IndexedText, ...]:
        return self._texts

    def evidence(self, question: str, off_topic: float = 0.0, also: Iterable[str] = ()) -> list[Evidence]:
        """For the items that anything speaks for, about CANDIDATES of them; empty if nothing does. `also`: items that
        are weighed whatever speaks for them here."""
        if not self._texts or not plain(question) or not self.share_known(question):
            return []  # of 啊吧啊吧 no item knows anything, though one will always be the nearest
        near, pointed, lexical, coverage, named, learned = self._figures(question)
        likely = [
            item
            for scores in (near.of_item, pointed.of_item, lexical, learned)
            for item in np.argsort(-scores)[:CANDIDATES].tolist()
            if not math.isnan(scores[item])
        ]
        items = list(dict.fromkeys([*likely, *named, *(self._place[each] for each in also)]))
        figures = zip(
            items,
            near.of_item[items].tolist(),
            near.nearby[items].tolist(),
            pointed.of_item[items].tolist(),
            (lexical[items] / (lexical[items] + 10)).tolist(),
            coverage[items].tolist(),
            near.text_of[items].tolist(),
            learned[items].tolist(),
            strict=True,
        )
        return [
            Evidence(
                guide_id=self._items[item],
                nearest=nearest,
                nearby=nearby,
                to_the_point=to_the_point,
                lexical=spoken,
                coverage=covered,
                named=named.get(item, 0.0),
                text=self._texts[text].text,
                has_guide=self._has_guide[self._items[item]],
                off_topic=off_topic,
                learned=None if math.isnan(sounds_like) else sounds_like,
            )
            for item, nearest, nearby, to_the_point, spoken, covered, text, sounds_like in figures
        ]

    def _figures_of(self, question: str) -> _Figures:
        near, content = self._nearest(self._vectors, question), content_of(question)
        pointed = self._nearest(self._points, content) if content else near
        tokens = self._tokenizer.tokens(question)
        lexical, coverage, named = self._lexical(tokens), self._coverage(tokens), self._named(question)
        return _Figures(near, pointed, lexical, coverage, named, self._learned(question))

    def _nearest(self, vectors: faiss.Index, text: str) -> _Nearest:
        all_items, first_text = len(self._items), self._first_text
        scores, positions = (found[0] for found in vectors.search(self._embed([text]), min(len(self._texts), REACH)))
        is_there = positions >= 0  # what is not like it at all, the coarse form leaves out
        scores, positions = scores[is_there], positions[is_there]
        if not scores.any():  # no piece of it is known: all are equally far
            return _Nearest(np.zeros(all_items, dtype=np.float32), np.zeros(all_items), first_text)
        items, floor = self._item_of[positions], scores[-1]
        of_item, text_of = np.full(all_items, floor, dtype=np.float32), first_text.copy()
        # The nearest is written last, over the further ones of its item.
        of_item[items[::-1]], text_of[items[::-1]] = scores[::-1], positions[::-1]
        # Side by side, the texts of an item, the nearest first: the first of them count.
        order = np.argsort(items, kind="stable")
        beside = items[order]
        place = np.arange(len(beside)) - np.searchsorted(beside, beside)
        counted = order[place < NEARBY]
        count = np.bincount(items[counted], minlength=all_items)
        whole = np.bincount(items[counted], scores[counted], all_items)
        return _Nearest(of_item, (whole + float(floor) * (NEARBY - count)) / NEARBY, text_of)

    def _learned(self, question: str) -> NDArray[np.float64]:
        """Of each item: how much the question sounds like it; nan where nothing was learned of it."""
        scores = np.full(len(self._items), np.nan)
        if self._item_reader is not None:
            scores[self._learned_items] = np.asarray(self._item_reader.scores(question))[self._learned_scores]
        return scores

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


def to_the_point(text: str) -> str:
    """多少钱 makes every question about money alike; without the asking, what is left tells items apart."""
    return content_of(text) or text


def _by_beginning(texts: Sequence[IndexedText], place: Mapping[str, int]) -> dict[str, list[tuple[str, int]]]:
    """The first two letters of a name → the names that begin so, each with its item's place."""
    begun: dict[str, list[tuple[str, int]]] = {}
    for name, item in dict.fromkeys((plain(text.text), place[text.guide_id]) for text in texts if text.is_name):
        if len(name) >= 2:
            begun.setdefault(name[:2], []).append((name, item))
    return begun


def _vocabulary(
    tokens: Sequence[Sequence[str]], item_of: NDArray[np.int32], items: int
) -> tuple[dict[str, float], Mapping[str, NDArray[np.int32]]]:
    """Of each token: how rare it is, and the items that speak of it, in order."""
    number: dict[str, int] = {}
    of_token = [number.setdefault(token, len(number)) for found in tokens for token in found]
    of_item = np.repeat(item_of, [len(found) for found in tokens]).astype(np.int64)
    pairs = np.unique(np.array(of_token, dtype=np.int64) * max(items, 1) + of_item)
    token_of, held = np.divmod(pairs, max(items, 1))
    ends = np.searchsorted(token_of, np.arange(1, len(number)))
    spoken_of = dict(zip(number, np.split(held.astype(np.int32), ends), strict=False))
    rarity_of = {count: float(np.log(1 + items / count)) for count in set(map(len, spoken_of.values()))}
    rarity = {token: rarity_of[len(speaking)] for token, speaking in spoken_of.items()}
    return rarity, spoken_of
