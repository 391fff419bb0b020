"""The index over every text that can stand for a service item. Never changed, swapped as one: a main part, and beside
it all texts of the items that changed since that was made."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge_base.language.asking import content_of
from knowledge_base.language.tokenize import Tokenizer, plain
from knowledge_base.search.coarse import vector_index
from knowledge_base.search.embed import Embed
from knowledge_base.search.find import Evidence
from knowledge_base.search.item_reader import ItemReader
from knowledge_base.search.kept_texts import NOTHING_KEPT, KeptTexts
from knowledge_base.search.lexicon import Lexicon
from knowledge_base.search.vector_index import VectorIndex

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
        self._embed, self.tokenizer, self._item_reader = embed, tokenizer, item_reader
        self._main = tuple(texts)
        self._main_items = tuple(dict.fromkeys(text.guide_id for text in texts))
        place = {item: at for at, item in enumerate(self._main_items)}
        self._main_item_of = np.array([place[text.guide_id] for text in texts], dtype=np.int32)
        self._vectors = VectorIndex(vector_index(embed([text.whole for text in texts]), REACH, kept.coarse))
        self._points = VectorIndex(
            vector_index(embed([to_the_point(text.whole) for text in texts]), REACH, kept.coarse)
        )
        self._lexicon = Lexicon(tokenizer.tokens_of_all([text.whole for text in texts]), self._main_item_of, len(place))
        self._main_names = _by_beginning(texts, place)
        self._arrange((), frozenset())

    def amended(self, items: Collection[str], texts: Iterable[IndexedText], tokenizer: Tokenizer) -> Index:
        """`items`: those that changed; `texts`: of them, as they are now, and none where an item is gone. `tokenizer`:
        knows their words."""
        beside = (*(text for text in self._beside if text.guide_id not in items), *texts)
        gone_items = (self._gone_items | frozenset(items)).intersection(self._main_items)
        new = copy(self)
        new._arrange(beside, gone_items)
        new.tokenizer = tokenizer
        gone = new._gone[self._main_item_of] if self._main else np.zeros(0, np.bool_)
        new._vectors = self._vectors.amended(gone, self._embed([text.whole for text in beside]))
        new._points = self._points.amended(gone, self._embed([to_the_point(text.whole) for text in beside]))
        new._lexicon = self._lexicon.amended(
            [tokenizer.tokens(text.whole) for text in beside],
            new._item_of[len(self._main) :],
            new._gone,
            [self.tokenizer.tokens(self._main[at].whole) for at in np.flatnonzero(gone)],
        )
        return new

    def _arrange(self, beside: tuple[IndexedText, ...], gone_items: frozenset[str]) -> None:
        """Gives each item its place: those beside stand behind the main ones, and are no more among these."""
        self._beside, self._gone_items = beside, gone_items
        beside_items = tuple(dict.fromkeys(text.guide_id for text in beside))
        self._items = (*self._main_items, *beside_items)
        self._gone = np.zeros(len(self._items), np.bool_)
        self._gone[: len(self._main_items)] = [item in gone_items for item in self._main_items]
        """Of the items, by place, those that are found no more, or as they are beside."""
        self._place = {item: at for at, item in enumerate(self._items) if not self._gone[at]}
        beside_of = np.array([self._place[text.guide_id] for text in beside], np.int32)
        self._item_of = np.concatenate([self._main_item_of, beside_of])
        self._first_text = np.unique(self._item_of, return_index=True)[1]
        self._has_guide = {text.guide_id: text.has_guide for text in self.texts}
        self._beside_names = _by_beginning(beside, self._place)
        reader = self._item_reader
        learned = [
            (self._place[item], at) for at, item in enumerate(reader.items if reader else ()) if item in self._place
        ]
        self._learned_items, self._learned_scores = ([pair[side] for pair in learned] for side in (0, 1))
        # Who looks closer weighs the same question again, with more items.
        self._figures = lru_cache(maxsize=MOST_FIGURES)(self._figures_of)

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def texts(self) -> tuple[IndexedText, ...]:
        if not self._gone_items:
            return (*self._main, *self._beside)
        return (*(text for text in self._main if text.guide_id not in self._gone_items), *self._beside)

    @property
    def texts_with(self) -> Mapping[str, int]:
        """Word or pair of letters → in how many texts of the main part it stands."""
        return self._lexicon.texts_with

    @property
    def beside(self) -> int:
        """How many texts are not in the main part."""
        return len(self._beside)

    def is_common(self, word: str) -> bool:
        return self.tokenizer.is_common(word)

    def is_name(self, word: str) -> bool:
        return self.tokenizer.is_name(word)

    def share_known(self, text: str) -> float:
        """Share of its words and character pairs that stand in any indexed text; 1.0 if it has none."""
        tokens = [token for token in self.tokenizer.tokens(text) if len(token) > 1]
        return sum(map(self._lexicon.knows, tokens)) / len(tokens) if tokens else 1.0

    def evidence(self, question: str, off_topic: float = 0.0, also: Iterable[str] = ()) -> list[Evidence]:
        """For the items that anything speaks for, about CANDIDATES of them; empty if nothing does. `also`: items that
        are weighed whatever speaks for them here."""
        if not self._place or not plain(question) or not self.share_known(question):
            return []  # of 啊吧啊吧 no item knows anything, though one will always be the nearest
        near, pointed, lexical, coverage, named, learned = self._figures(question)
        likely = [
            item
            for scores in (near.of_item, pointed.of_item, lexical, learned)
            for item in np.argsort(np.where(self._gone, np.inf, -scores))[:CANDIDATES].tolist()
            if not (math.isnan(scores[item]) or self._gone[item])
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
                text=self._text_at(text).text,
                has_guide=self._has_guide[self._items[item]],
                off_topic=off_topic,
                learned=None if math.isnan(sounds_like) else sounds_like,
            )
            for item, nearest, nearby, to_the_point, spoken, covered, text, sounds_like in figures
        ]

    def _figures_of(self, question: str) -> _Figures:
        near, content = self._nearest(self._vectors, question), content_of(question)
        pointed = self._nearest(self._points, content) if content else near
        tokens = self.tokenizer.tokens(question)
        lexical, coverage = self._lexicon.best(tokens), self._lexicon.coverage(tokens)
        return _Figures(near, pointed, lexical, coverage, self._named(question), self._learned(question))

    def _nearest(self, vectors: VectorIndex, text: str) -> _Nearest:
        all_items, first_text = len(self._items), self._first_text
        scores, positions = vectors.nearest(self._embed([text]), REACH)
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

    def _named(self, question: str) -> dict[int, float]:
        """Item → share of the question that is the longest of its names."""
        bare = plain(question)
        found: dict[int, float] = {}
        for at in range(len(bare) - 1):
            for names in (self._main_names, self._beside_names):
                for name, item in names.get(bare[at : at + 2], ()):
                    if bare.startswith(name, at) and not self._gone[item]:
                        found[item] = max(found.get(item, 0.0), len(name) / len(bare))
        return found

    def _text_at(self, position: int) -> IndexedText:
        main = len(self._main)
        return self._main[position] if position < main else self._beside[position - main]


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
