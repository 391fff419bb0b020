"""Texts to unit vectors, through a sentence-transformers model, offline."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.embedding.pieces import spaced
from knowledge_base.search.kept_texts import NOTHING_KEPT, KeptTexts
from knowledge_base.search.static_model import StaticModel, read_static_model

SHIPPED_MODEL = Path(__file__).parents[1] / "embedding" / "model"
MOST_REMEMBERED = 1024
Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
"""Texts → (n, dimensions) float32, unit length."""


def load_embedder(model: str = "", kept: KeptTexts = NOTHING_KEPT) -> Embed:
    """`model`: a sentence-transformers name or folder; empty: the shipped one, which knows the pieces that are `kept`.
    Looks nothing up on the network."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    folder = Path(model) if model else SHIPPED_MODEL
    cut = _cut_for(folder)
    if static := read_static_model(folder):
        pieces = NOTHING_KEPT.pieces if model else kept.pieces
        return _remembering(lambda texts: static.vectors(texts, cut, pieces))
    return _remembering(_through_the_library(model, cut))


def shipped_model() -> tuple[StaticModel, Callable[[str], str]]:
    """And how its texts are cut."""
    static = read_static_model(SHIPPED_MODEL)
    assert static is not None
    return static, _cut_for(SHIPPED_MODEL)


def _remembering(embed: Embed) -> Embed:
    """One sentence is laid beside the items, beside the topics, and with its asking taken out: often the same text."""

    @lru_cache(maxsize=MOST_REMEMBERED)
    def of_one(text: str) -> Vectors:
        vectors = embed([text])
        vectors.flags.writeable = False
        return vectors

    return lambda texts: of_one(texts[0]) if len(texts) == 1 else embed(texts)


def _through_the_library(model: str, cut: Callable[[str], str]) -> Embed:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)  # one thread a message serves more messages than two threads on one
    loaded = SentenceTransformer(model, device="cpu").float()

    def embed(texts: Sequence[str]) -> Vectors:
        vectors = loaded.encode(
            [cut(text) for text in texts], normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, dtype=np.float32)

    return embed


def _cut_for(folder: Path) -> Callable[[str], str]:
    """The shipped model's folder says that its texts are cut into pieces first."""
    marker = folder / "wenban.json"
    wants_pieces = marker.is_file() and json.loads(marker.read_text("utf-8")).get("segmentation") == "pieces"
    return spaced if wants_pieces else str
