"""The file of what the shipped texts are cut into, by a digest of each text, and of how they are found coarsely.

Cutting them takes a third of the service's start. The training step makes the file (`learning_texts`). What is not in
it, or was cut by others' rules, is cut when a library is built, with the same result.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.language.learned import ARTIFACT
from knowledge_base.language.tokenize import Cut, nothing_cut
from knowledge_base.search.kept_meanings import digest_of, rows_by_digest
from knowledge_base.search.text_sources import digest_of_cutters

KEPT_TEXTS = ARTIFACT.with_name("texts.npz")


@dataclass(frozen=True, eq=False)
class KeptCuts:
    digests: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    """Of the text of each row, in order."""
    ends: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    parts: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    """Of row n from ends[n] to ends[n + 1]: the numbers of its pieces or words."""

    def of(self, texts: Sequence[str]) -> list[NDArray[np.int32] | None]:
        rows = rows_by_digest(self.digests, texts)
        ends = zip(rows.tolist(), self.ends[rows].tolist(), self.ends[rows + 1].tolist(), strict=True)
        return [None if row < 0 else self.parts[begin:end] for row, begin, end in ends]


@dataclass(frozen=True, eq=False)
class KeptTexts:
    pieces: KeptCuts = field(default_factory=KeptCuts)
    """By the pieces of the shipped static model."""
    tokens: KeptCuts = field(default_factory=KeptCuts)
    vocabulary: tuple[str, ...] = ()
    """The words that `tokens` numbers."""
    words: str = ""
    """Digest of the words of the knowledge that the tokens were cut with."""
    coarse: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    """By digest of the vectors (`knowledge_base.search.coarse`)."""

    def tokens_with(self, words: Iterable[str]) -> Cut:
        """How texts are cut with these words of the knowledge, where that is kept."""
        if not self.words or digest_of_words(words) != self.words:
            return nothing_cut
        return self._tokens_of

    def _tokens_of(self, texts: Sequence[str]) -> list[tuple[str, ...] | None]:
        word = self.vocabulary.__getitem__
        return [None if found is None else tuple(map(word, found.tolist())) for found in self.tokens.of(texts)]


NOTHING_KEPT = KeptTexts()


def read_kept_texts(path: Path = KEPT_TEXTS) -> KeptTexts:
    """Nothing where there is no such file, or it was made by other rules."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            if str(arrays["cutters"]) != digest_of_cutters():
                return NOTHING_KEPT
            ends, books = arrays["coarse_ends"].tolist(), arrays["coarse_books"]
            return KeptTexts(
                pieces=_cuts_in(arrays, "pieces"),
                tokens=_cuts_in(arrays, "tokens"),
                vocabulary=tuple(arrays["vocabulary"].tolist()),
                words=str(arrays["words"]),
                coarse={digest: books[ends[at] : ends[at + 1]] for at, digest in enumerate(arrays["coarse"].tolist())},
            )
    except (ValueError, KeyError, IndexError, OSError, EOFError, zipfile.BadZipFile):
        return NOTHING_KEPT


def content_of_kept_texts(
    pieces: Mapping[str, Sequence[int]],
    tokens: Mapping[str, Sequence[str]],
    words: str,
    coarse: Mapping[str, NDArray[np.float32]],
    sources: str,
) -> bytes:
    """The file. `pieces`, `tokens`: of each text. `words`: see `KeptTexts`. `sources`: see `text_sources`."""
    vocabulary = sorted({token for each in tokens.values() for token in each})
    number = {token: at for at, token in enumerate(vocabulary)}
    numbered = {text: [number[token] for token in each] for text, each in tokens.items()}
    file = io.BytesIO()
    np.savez(
        file,
        sources=np.array(sources),
        cutters=np.array(digest_of_cutters()),
        words=np.array(words),
        vocabulary=np.array(vocabulary, dtype=np.str_),
        coarse=np.array(list(coarse), dtype=np.str_),
        coarse_ends=np.cumsum([0, *(each.size for each in coarse.values())]),
        coarse_books=np.concatenate([np.zeros(0, np.float32), *coarse.values()]),
        **_arrays_of("pieces", pieces),
        **_arrays_of("tokens", numbered),
    )
    return file.getvalue()


def digest_of_words(words: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(sorted(words)).encode()).hexdigest()


def _cuts_in(arrays: Mapping[str, Any], part: str) -> KeptCuts:
    return KeptCuts(arrays[f"{part}_of"], arrays[f"{part}_ends"], arrays[f"{part}_parts"])


def _arrays_of(part: str, cuts: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    rows = sorted((digest_of(text), each) for text, each in cuts.items())
    return {
        f"{part}_of": np.array([digest for digest, _ in rows], dtype=np.uint64),
        f"{part}_ends": np.cumsum([0, *(len(each) for _, each in rows)]),
        f"{part}_parts": np.array([number for _, each in rows for number in each], dtype=np.int32),
    }
