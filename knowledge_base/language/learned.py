"""What was learned of sentences, as plain arrays in one file, and how one is read with it (docs/adr/0031, 0046).

It is read twice: whether it tells of what no guide answers (a case, a grievance, a matter of others), and what it asks
(docs/adr/0042).

Both environments read with this module: it runs on Python 3.10, and needs numpy and nothing else. What it computes is
the same to the last bit in both: no sum whose order a library chooses, no function of a library that changes.
"""

from __future__ import annotations

import hashlib
import io
import math
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge_base.language.plain import plain

ARTIFACT = Path(__file__).parents[2] / "models" / "intents.npz"
TRAIN_FIRST = "train first: `make rasa-train`"
TOLD = frozenset({"progress", "complaint", "matter"})
"""Told of what no guide answers: how far a case is, a grievance about the hall, what others handle."""
_BYTES_OF_A_LETTER = 4
ASKED = "asked"
"""All the rest."""


class NotLearned(Exception):
    """There is nothing to read with, or it was learned from other examples. Says what to do."""


@dataclass(frozen=True, eq=False)
class Grams:
    """One classifier over the n-grams of a sentence's characters."""

    labels: tuple[str, ...]
    """What a sentence may be taken for: intents, or items."""
    grams: Any
    """(n_grams,) str, in order: those of one to `longest` characters that are known. A dictionary of them takes ten
    times the memory, here and in Rasa."""
    idf: Any
    """(n_grams,) float64."""
    weights: Any
    """(n_grams, n_labels) float32."""
    bias: Any
    """(n_labels,) float64."""
    longest: int

    def chances(self, bare: str) -> list[float]:
        """Summing to 1, in the order of `labels`. `bare`: in its plain form."""
        listed = self.scores(bare)
        most = max(listed)
        grown = [math.exp(score - most) for score in listed]
        whole = math.fsum(grown)
        return [each / whole for each in grown]

    def scores(self, bare: str) -> list[float]:
        """How much speaks for each of `labels`, on no scale. `bare`: in its plain form."""
        longest = min(self.longest, self.grams.dtype.itemsize // _BYTES_OF_A_LETTER)
        counted = Counter(
            bare[at : at + length] for length in range(1, longest + 1) for at in range(len(bare) - length + 1)
        )
        found = np.array(list(counted), self.grams.dtype)
        columns = np.searchsorted(self.grams, found)
        is_known = self.grams.take(columns, mode="clip") == found if len(self.grams) else np.zeros(len(found), bool)
        columns, scores = columns[is_known], self.bias
        if len(columns):
            counts = [count for count, known in zip(counted.values(), is_known.tolist(), strict=True) if known]
            values = [
                rarity if count == 1 else (1 + math.log(count)) * rarity
                for rarity, count in zip(self.idf[columns].tolist(), counts, strict=True)
            ]
            length = math.sqrt(math.fsum(value * value for value in values))
            shares = np.array([value / length for value in values])
            # Row after row: numpy adds along the first axis in the order of the rows.
            scores = scores + np.add.reduce(self.weights[columns] * shares[:, None], axis=0)
        return [float(each) for each in scores.tolist()]

    @property
    def arrays(self) -> dict[str, Any]:
        return {
            "labels": np.array(self.labels),
            "grams": self.grams,
            "idf": self.idf,
            "weights": self.weights,
            "bias": self.bias,
            "longest": np.array(self.longest),
        }


@dataclass(frozen=True, eq=False)
class Learned:
    told: Grams
    """Among TOLD and ASKED."""
    asked: Grams
    """Among all other intents, for a sentence that is ASKED."""
    learned_from: str
    """Digest of the examples."""
    sources: str
    """Digest of their files (`knowledge_base.language.examples`)."""

    @property
    def intents(self) -> tuple[str, ...]:
        return (*(each for each in self.told.labels if each != ASKED), *self.asked.labels)

    def ranking(self, text: str, most: int) -> list[tuple[str, float]]:
        """(label, chance), the likeliest first; of equal ones the earlier name. Empty for a text that says nothing."""
        bare = plain(text)
        if not bare:
            return []
        told = dict(zip(self.told.labels, self.told.chances(bare), strict=True))
        share = told.pop(ASKED)
        asked = zip(self.asked.labels, self.asked.chances(bare), strict=True)
        both = [*told.items(), *((intent, share * chance) for intent, chance in asked)]
        return sorted(both, key=lambda pair: (-pair[1], pair[0]))[:most]

    def content(self) -> bytes:
        """The file: the same bytes wherever and whenever it is written."""
        file = io.BytesIO()
        parts = {"told": self.told.arrays, "asked": self.asked.arrays}
        np.savez(
            file,
            learned_from=np.array(self.learned_from),
            sources=np.array(self.sources),
            **{f"{part}_{name}": array for part, arrays in parts.items() for name, array in arrays.items()},
        )
        return file.getvalue()


def read_learned(content: bytes) -> Learned:
    """Raises NotLearned when it is no such file."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return Learned(
                told=grams_of(arrays, "told"),
                asked=grams_of(arrays, "asked"),
                learned_from=str(arrays["learned_from"]),
                sources=str(arrays["sources"]),
            )
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as fault:
        raise NotLearned(f"this is no file of what was learned ({type(fault).__name__}); {TRAIN_FIRST}") from fault


def grams_of(arrays: Mapping[str, Any], part: str) -> Grams:
    """Raises ValueError where they are out of order."""
    grams = arrays[f"{part}_grams"]
    if not (grams[1:] > grams[:-1]).all():
        raise ValueError("the n-grams are out of order")
    return Grams(
        labels=tuple(arrays[f"{part}_labels"].tolist()),
        grams=grams,
        idf=arrays[f"{part}_idf"],
        weights=arrays[f"{part}_weights"],
        bias=arrays[f"{part}_bias"],
        longest=int(arrays[f"{part}_longest"]),
    )


def load_learned(path: Path = ARTIFACT) -> Learned:
    """Raises NotLearned."""
    if not path.is_file():
        raise NotLearned(f"there is no {path.name}; {TRAIN_FIRST}")
    return read_learned(path.read_bytes())


def sources_in(path: Path = ARTIFACT) -> str:
    """`Learned.sources` of the file, "" where there is none; reads no more of it than that."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return str(arrays["sources"])
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile):
        return ""


def digest_of(examples: Iterable[tuple[str, str]]) -> str:
    """Of (text, label), whatever their order."""
    digest = hashlib.sha256()
    for text, label in sorted({(plain(text), label) for text, label in examples}):
        digest.update(f"{text}\0{label}\0".encode())
    return digest.hexdigest()
