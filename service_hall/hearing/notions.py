"""What a sentence may want, each notion once: `phrases/*.yml`, with the sentences that must and must not say it."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.language.asking import PHRASES
from knowledge_base.language.phrasebook import Phrasebook

NOTIONS = Phrasebook(Path(__file__).parent / "phrases", PHRASES.words)


def says(notion: str, text: str) -> bool:
    return NOTIONS[notion].is_said(text)


def without(notion: str, text: str, instead: str = "，") -> str:
    """The text with something else in place of what says it."""
    return NOTIONS[notion].without(text, instead)
