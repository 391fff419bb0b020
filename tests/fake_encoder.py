"""An encoder without weights."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.search.encoder import Vectors
from tests.fakes import DIMENSIONS, fake_embed


class FakeEncoder:
    """What shares wording is near. Keeps what it was asked."""

    dimensions = DIMENSIONS

    def __init__(self) -> None:
        self.asked: list[str] = []

    def vectors(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return fake_embed(texts)
