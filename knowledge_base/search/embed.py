"""Texts to unit vectors, through sentence-transformers, offline."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.embedding.pieces import spaced

SHIPPED_MODEL = Path(__file__).parents[1] / "embedding" / "model"
Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
"""Texts → (n, dimensions) float32, unit length."""


def load_embedder(model: str = "") -> Embed:
    """`model`: a sentence-transformers name or folder; empty: the shipped one. Looks nothing up on the network."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)  # one thread a message serves more messages than two threads on one
    loaded = SentenceTransformer(model or str(SHIPPED_MODEL), device="cpu").float()
    cut = spaced if _wants_pieces(Path(model) if model else SHIPPED_MODEL) else str
    if (static := _static_table(loaded)) is not None:
        return static(cut)

    def embed(texts: Sequence[str]) -> Vectors:
        vectors = loaded.encode(
            [cut(text) for text in texts], normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, dtype=np.float32)

    return embed


def _wants_pieces(folder: Path) -> bool:
    """The shipped model's folder says that its texts are cut into pieces first."""
    marker = folder / "wenban.json"
    return marker.is_file() and json.loads(marker.read_text("utf-8")).get("segmentation") == "pieces"


def _static_table(loaded: Any) -> Callable[[Callable[[str], str]], Embed] | None:
    """A static model is a table and a mean: the same figures without the 0.5 ms that `encode` costs a sentence."""
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    module = loaded[0]
    if not isinstance(module, StaticEmbedding):
        return None
    table = module.embedding.weight.detach().numpy().astype(np.float32)
    tokenizer = module.tokenizer

    def with_cut(cut: Callable[[str], str]) -> Embed:
        def embed(texts: Sequence[str]) -> Vectors:
            vectors = np.zeros((len(texts), table.shape[1]), dtype=np.float32)
            for row, text in enumerate(texts):
                if ids := tokenizer.encode(cut(text), add_special_tokens=False).ids:
                    vectors[row] = table[ids].mean(axis=0)
            norms = np.linalg.norm(vectors, axis=1, keepdims=True)
            return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)

        return embed

    return with_cut
