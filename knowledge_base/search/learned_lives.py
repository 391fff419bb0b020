"""The file of what was learned of what people tell: which life event, whether a sentence tells or asks, whether help
to break the law is wanted, and whether a case, a grievance or a matter of others is told.

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

from knowledge_base.content_files import CONTENT
from knowledge_base.language.learned import ARTIFACT, TRAIN_FIRST, Grams, NotLearned, grams_of
from knowledge_base.language.plain import plain
from knowledge_base.search.kept_meanings import example_sources, meaning_sources
from knowledge_base.search.wrong_lists import WRONGS

LIVES = ARTIFACT.with_name("lives.npz")
TELLS, ASKS, WANTS = "tells", "asks", "wants"
_PARTS = ("which", "how", "wrongs", "told")
_LEARNING = tuple(
    Path(__file__).with_name(f"{name}.py")
    for name in ("learning_lives", "learning_told", "learning_wrongs", "reading_apart")
)


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
    wrongs: SaidAndMeant
    """Between ASKS and WANTS: help to break the law."""
    told: SaidAndMeant
    """Among TOLD and ASKED, of `knowledge_base.language.learned`."""

    def content(self, sources: str) -> bytes:
        """The file. `sources`: see `life_sources`."""
        file = io.BytesIO()
        arrays: dict[str, Any] = {}
        for part in _PARTS:
            read: SaidAndMeant = getattr(self, part)
            arrays |= {f"{part}_meant": read.meant}
            arrays |= {f"{part}_{name}": array for name, array in read.said.arrays.items()}
        np.savez_compressed(file, sources=np.array(sources), **arrays)
        return file.getvalue()


def load_lives(path: Path = LIVES) -> LearnedLives:
    """Raises NotLearned."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return LearnedLives(
                **{
                    part: SaidAndMeant(grams_of(arrays, part), arrays[f"{part}_meant"].astype(np.float32))
                    for part in _PARTS
                }
            )
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as fault:
        raise NotLearned(f"{path.name} tells no life events apart ({type(fault).__name__}); {TRAIN_FIRST}") from fault


def life_sources() -> str:
    """Digest of the files and of how is learned from them."""
    digest = hashlib.sha256(f"{meaning_sources()} {example_sources()}".encode())
    for path in (*_LEARNING, *sorted((CONTENT / "hall").glob("*.yml")), *sorted(WRONGS.glob("*.yml"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
