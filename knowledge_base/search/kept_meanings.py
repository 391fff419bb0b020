"""The file of what every shipped sentence means: unit vectors of the encoder, by a digest of each text."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.content_files import CONTENT
from knowledge_base.language.examples import sources_of
from knowledge_base.language.learned import ARTIFACT, TRAIN_FIRST, NotLearned

MEANINGS = ARTIFACT.with_name("meanings.npz")
MEANINGS_LEARNED_OF = ARTIFACT.with_name("examples.npz")
"""Of the sentences that something is learned of, and that nobody is answered with: read by learning steps alone."""
SHIPPED_ENCODER = Path(__file__).parents[1] / "embedding" / "encoder"
_LARGEST = 127


@dataclass(frozen=True, eq=False)
class KeptMeanings:
    digests: NDArray[np.uint64]
    """Of the text of each row, in order."""
    rows: NDArray[np.int8]
    """Directions: whole numbers, of no common length."""

    def rows_of(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """(n,), -1 for a text that has none."""
        return rows_by_digest(self.digests, texts)


def read_meanings(path: Path = MEANINGS, encoder: Path = SHIPPED_ENCODER) -> KeptMeanings:
    """Raises NotLearned."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            if str(arrays["encoder"]) != digest_of_encoder(encoder):
                raise NotLearned(f"{path.name} was made with another encoder; {TRAIN_FIRST}")
            return KeptMeanings(arrays["digests"], arrays["vectors"])
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as fault:
        raise NotLearned(f"{path.name} holds no meanings ({type(fault).__name__}); {TRAIN_FIRST}") from fault


def together(*kept: KeptMeanings) -> KeptMeanings:
    """Those of all files. Of what stands in several the first counts."""
    digests, first = np.unique(np.concatenate([each.digests for each in kept]), return_index=True)
    return KeptMeanings(digests, np.concatenate([each.rows for each in kept])[first])


def content_of_meanings(vectors: Mapping[int, NDArray[np.float32]], sources: str, encoder: str) -> bytes:
    """The file. `vectors`: by digest of the text, at least one. `sources`: see `meaning_sources`."""
    digests = sorted(vectors)
    rows = np.stack([vectors[digest] for digest in digests])
    whole = np.rint(rows * (_LARGEST / np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9)))
    file = io.BytesIO()
    np.savez(
        file,
        sources=np.array(sources),
        encoder=np.array(encoder),
        digests=np.array(digests, dtype=np.uint64),
        vectors=whole.astype(np.int8),
    )
    return file.getvalue()


def rows_by_digest(digests: NDArray[np.uint64], texts: Sequence[str]) -> NDArray[np.int64]:
    """Of each text: where its digest stands among these, which are in order; -1: nowhere. A dictionary of them would
    take ten times the memory."""
    if not len(digests) or not texts:
        return np.full(len(texts), -1, np.int64)
    wanted = np.frombuffer(b"".join(map(_digest, texts)), "<u8")
    rows = np.minimum(np.searchsorted(digests, wanted), len(digests) - 1)
    return np.where(digests[rows] == wanted, rows, -1)


def digest_of(text: str) -> int:
    return int.from_bytes(_digest(text), "little")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def digest_of_encoder(folder: Path = SHIPPED_ENCODER) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*")):
        if path.suffix in {".onnx", ".json"}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def example_sources(encoder: Path = SHIPPED_ENCODER) -> str:
    """Digest of the files that hold what is learned of."""
    written = f"{digest_of_encoder(encoder)} {sources_of()}"
    return hashlib.sha256(written.encode() + (CONTENT / "spoken.yml").read_bytes()).hexdigest()


def meaning_sources(folder: Path = CONTENT, encoder: Path = SHIPPED_ENCODER) -> str:
    """Digest of the files that it is made of."""
    digest = hashlib.sha256(digest_of_encoder(encoder).encode())
    written = [
        path for part in ("beyond", "guides/**", "hall", "scenarios") for path in sorted(folder.glob(f"{part}/*.yml"))
    ]
    for path in [folder / "catalogue.csv", folder / "spoken.yml", *written]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
