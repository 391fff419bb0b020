"""Which item a sentence sounds like, by what was learned from the questions of all guides (docs/adr/0046)."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np

from knowledge_base.content_files import CONTENT
from knowledge_base.language.learned import ARTIFACT, TRAIN_FIRST, Grams, NotLearned, grams_of
from knowledge_base.language.plain import plain

LEARNED_ITEMS = ARTIFACT.with_name("items.npz")
PART = "items"
_LEARNING = Path(__file__).with_name("learning_items.py")


class ItemReader:
    def __init__(self, grams: Grams) -> None:
        self._grams = grams
        self.items = grams.labels

    def scores(self, text: str) -> list[float]:
        """How much speaks for each of `items`: about 1 for the one meant, about -1 for the others."""
        return self._grams.scores(plain(text))


def load_item_reader(path: Path = LEARNED_ITEMS) -> ItemReader:
    """Raises NotLearned. What was published since it was learned is found by the rest of the evidence."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return ItemReader(grams_of(arrays, PART))
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as fault:
        raise NotLearned(f"{path.name} tells no items apart ({type(fault).__name__}); {TRAIN_FIRST}") from fault


def content_of_items(grams: Grams, sources: str) -> bytes:
    """The file. `sources`: see `item_sources`."""
    file = io.BytesIO()
    np.savez(file, sources=np.array(sources), **{f"{PART}_{name}": array for name, array in grams.arrays.items()})
    return file.getvalue()


def item_sources(folder: Path = CONTENT) -> str:
    """Digest of the files and of how is learned from them."""
    digest = hashlib.sha256()
    for path in [_LEARNING, folder / "catalogue.csv", folder / "spoken.yml", *sorted(folder.glob("guides/**/*.yml"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
