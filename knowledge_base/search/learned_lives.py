"""The file of what was learned of life events: which of them a sentence tells of, and whether it tells or asks.

Each is a linear reading of the n-grams of the sentence and of what the encoder says it means, together: the words alone
miss what is told sideways, the meaning alone takes one business for another.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.language.learned import ARTIFACT, TRAIN_FIRST, Grams, NotLearned, grams_of
from knowledge_base.language.plain import plain
from knowledge_base.search.kept_meanings import meaning_sources

LIVES = ARTIFACT.with_name("lives.npz")
TELLS, ASKS = "tells", "asks"
_LEARNING = Path(__file__).with_name("learning_lives.py")


@dataclass(frozen=True, eq=False)
class SaidAndMeant:
    """One classifier over both."""

    said: Grams
    meant: NDArray[np.float32]
    """(dimensions of the encoder, labels)."""

    def scores(self, text: str, vector: NDArray[np.float32]) -> list[float]:
        """How much speaks for each of `said.labels`, on no scale. `vector`: of the text, unit length."""
        of_meaning = (vector @ self.meant).tolist()
        return [said + meant for said, meant in zip(self.said.scores(plain(text)), of_meaning, strict=True)]


@dataclass(frozen=True, eq=False)
class LearnedLives:
    which: SaidAndMeant
    """Among the ids of all events."""
    how: SaidAndMeant
    """Between ASKS and TELLS."""

    def content(self, sources: str) -> bytes:
        """The file. `sources`: see `life_sources`."""
        file = io.BytesIO()
        arrays: dict[str, Any] = {"which_meant": self.which.meant, "how_meant": self.how.meant}
        for part, grams in (("which", self.which.said), ("how", self.how.said)):
            arrays |= {f"{part}_{name}": array for name, array in grams.arrays.items()}
        np.savez_compressed(file, sources=np.array(sources), **arrays)
        return file.getvalue()


def load_lives(path: Path = LIVES) -> LearnedLives:
    """Raises NotLearned."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            which, how = (
                SaidAndMeant(grams_of(arrays, part), arrays[f"{part}_meant"].astype(np.float32))
                for part in ("which", "how")
            )
            return LearnedLives(which, how)
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as fault:
        raise NotLearned(f"{path.name} tells no life events apart ({type(fault).__name__}); {TRAIN_FIRST}") from fault


def life_sources() -> str:
    """Digest of the files and of how is learned from them."""
    digest = hashlib.sha256(meaning_sources().encode())
    digest.update(_LEARNING.read_bytes())
    return digest.hexdigest()
