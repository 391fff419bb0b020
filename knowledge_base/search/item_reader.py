"""Which item a sentence sounds like, by what was learned from the questions of all guides (docs/adr/0046)."""

from __future__ import annotations

import hashlib
from pathlib import Path

from knowledge_base.content_files import CONTENT
from knowledge_base.language.learned import ARTIFACT, Learned, load_learned
from knowledge_base.language.plain import plain

LEARNED_ITEMS = ARTIFACT.with_name("items.npz")
_LEARNING = Path(__file__).with_name("learning_items.py")


class ItemReader:
    def __init__(self, learned: Learned) -> None:
        self._learned = learned
        self.items = learned.labels

    def scores(self, text: str) -> list[float]:
        """How much speaks for each of `items`: about 1 for the one meant, about -1 for the others."""
        return self._learned.scores(plain(text))


def load_item_reader(path: Path = LEARNED_ITEMS) -> ItemReader:
    """Raises NotLearned. What was published since it was learned is found by the rest of the evidence."""
    return ItemReader(load_learned(path))


def item_sources(folder: Path = CONTENT) -> str:
    """Digest of the files and of how is learned from them."""
    digest = hashlib.sha256()
    for path in [_LEARNING, folder / "catalogue.csv", folder / "spoken.yml", *sorted(folder.glob("guides/**/*.yml"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
