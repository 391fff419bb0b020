"""Which characters, and pairs of them, stand in which of a guide's texts, as numbers: as sets of strings they were a
hundred megabytes, once every guide had been asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge_base.language.plain import plain

Grams = NDArray[np.int64]
"""Ascending, each once. A character is its code point; a pair, both."""
_BETWEEN = "\n"
"""Stands in no plain text."""
_BITS = 21
"""Of a code point."""
_RARE = 0.5
"""Added to how many statements of a guide have a gram, so that one alone does not outweigh all else."""


class SharedLetters:
    """Never changed."""

    def __init__(self, texts: Sequence[str], counts: NDArray[np.bool_], names: Iterable[str], statements: int) -> None:
        """`counts`: whether a text is one of the `statements`, by which rareness is told. `names`: what stands in them
        is not looked at."""
        grams, text_of = _grams_of(texts)
        self._grams, starts = np.unique(grams, return_index=True)
        self._ends = np.append(starts, len(grams))
        self._text_of = text_of.astype(np.int32)
        held = np.add.reduceat(counts[text_of], starts, dtype=np.int64) if len(starts) else starts
        self._weights = np.where(held > 0, np.log((statements + 1) / (held + _RARE)), 0.0)
        self._of_names = np.unique(_grams_of(list(names))[0])
        self._texts = len(texts)

    def shared(self, question: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Of each text: which part of what the question says beside the names it says, too; and the same, weighed by
        how few of the statements say it."""
        wanted = np.setdiff1d(_grams_of([question])[0], self._of_names, assume_unique=True)
        at = np.searchsorted(self._grams, wanted)
        at = at[self._grams[np.minimum(at, len(self._grams) - 1)] == wanted] if len(self._grams) else at[:0]
        begins, ends = self._ends[at], self._ends[at + 1]
        held = [self._text_of[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        texts = np.concatenate([self._text_of[:0], *held])
        many, counted = max(1, len(wanted)), np.bincount(texts, minlength=self._texts)
        weighed = np.bincount(texts, np.repeat(self._weights[at], ends - begins), self._texts)
        return (counted / many).astype(np.float32), (weighed / (many + 1)).astype(np.float32)


def _grams_of(texts: Sequence[str]) -> tuple[Grams, NDArray[np.int64]]:
    """Gram after gram, and in which text it stands; no pair of the two twice."""
    joined = _BETWEEN.join(map(plain, texts))
    letters = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.int64)
    is_between = letters == ord(_BETWEEN)
    text_of = np.cumsum(is_between)
    is_pair = ~(is_between[:-1] | is_between[1:])
    pairs = (letters[:-1] << _BITS | letters[1:])[is_pair]
    grams = np.concatenate([letters[~is_between], pairs])
    of_text = np.concatenate([text_of[~is_between], text_of[:-1][is_pair]])
    both = np.unique(grams * max(1, len(texts)) + of_text)
    return np.divmod(both, max(1, len(texts)))
