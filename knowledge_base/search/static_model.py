"""A static sentence-transformers model, read as what it is: a table of vectors, and the mean of a text's rows.

The same figures as through the library, without torch: its import takes longer than all else that the service starts
with, and `encode` costs half a millisecond a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from knowledge_base.search.kept_texts import NOTHING_KEPT, KeptCuts

_MODULES = ["StaticEmbedding", "Normalize"]


@dataclass(frozen=True)
class StaticModel:
    tokenizer: Tokenizer
    table: NDArray[np.float16 | np.float32]
    """A row a piece, as the file has it."""

    def vectors(
        self, texts: Sequence[str], cut: Callable[[str], str] = str, kept: KeptCuts = NOTHING_KEPT.pieces
    ) -> NDArray[np.float32]:
        """(n, dimensions), unit length; a text without a known piece: all zeros. `cut`: done to each text before.
        `kept`: what `pieces_of` gave for some of them."""
        if len(texts) == 1:
            return self._one(cut(texts[0]))
        there = kept.of(texts)
        cut_now = iter(self.pieces_of([text for text, ids in zip(texts, there, strict=True) if ids is None], cut))
        return self.sums_of([next(cut_now) if each is None else each for each in there])

    def sums_of(self, ids: Sequence[Sequence[int] | NDArray[np.int32]]) -> NDArray[np.float32]:
        """As `vectors`, of the rows of each text."""
        ends = np.cumsum([0, *map(len, ids)])
        # A mean has the direction of the sum: one product of the counts and the table makes all of them.
        pieces = np.fromiter(chain.from_iterable(ids), dtype=np.int32, count=ends[-1])
        shape = (len(ids), self.table.shape[0])
        vectors = csr_matrix((np.ones(len(pieces), dtype=np.float32), pieces, ends), shape=shape) @ self.table.astype(
            np.float32
        )
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)

    def pieces_of(self, texts: Sequence[str], cut: Callable[[str], str] = str) -> list[list[int]]:
        """The rows of each text."""
        encoded = self.tokenizer.encode_batch_fast([cut(text) for text in texts], add_special_tokens=False)
        return [each.ids for each in encoded]

    def _one(self, text: str) -> NDArray[np.float32]:
        """A question: no matrix is worth making for it."""
        ids = self.tokenizer.encode(text, add_special_tokens=False).ids
        vectors = self.table[ids].astype(np.float32).sum(axis=0, keepdims=True)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


def read_static_model(folder: Path) -> StaticModel | None:
    """None where the folder holds another kind of model, or is none."""
    listed = folder / "modules.json"
    if not listed.is_file():
        return None
    modules = json.loads(listed.read_text("utf-8"))
    if [module["type"].rsplit(".", 1)[-1] for module in modules] != _MODULES:
        return None
    place = folder / modules[0]["path"]
    weights = load_file(place / "model.safetensors")
    if "embedding.weight" not in weights:
        return None
    tokenizer = Tokenizer.from_file(str(place / "tokenizer.json"))
    tokenizer.no_padding()
    return StaticModel(tokenizer, weights["embedding.weight"])
