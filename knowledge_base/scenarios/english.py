"""Which life event is told in English. Guides and questions are Chinese; nothing is translated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from knowledge_base.yaml_lines import read_yaml

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_HAN = re.compile("[\u3400-\u9fff]")
_ALL = ("what do i have to do", "what do i need to do", "what should i do", "what must i do", "what to do", "checklist")
FEWEST_WORDS = 2
MOST_LETTERS = 300
"""Of a sentence that is looked through."""


def is_english(text: str) -> bool:
    """Words in Latin letters and none in Chinese; OK and PDF alone are no English."""
    return not _HAN.search(text) and len(_WORD.findall(text.lower())) >= FEWEST_WORDS


def scenario_told_in_english(text: str) -> str:
    """Its id, of the longest words that stand in the sentence; '' for none."""
    if len(text) > MOST_LETTERS or not is_english(text):
        return ""
    said = f" {' '.join(_WORD.findall(text.lower()))} "
    told = {words: each for each, phrases in _told().items() for words in phrases if f" {words} " in said}
    return told[max(told, key=len)] if told else ""


def asks_for_all_in_english(text: str) -> bool:
    """What do I have to do?"""
    said = f" {' '.join(_WORD.findall(text.lower()))} "
    return len(text) <= MOST_LETTERS and any(f" {words} " in said for words in _ALL)


@lru_cache(maxsize=1)
def _told() -> Mapping[str, tuple[str, ...]]:
    return {each: tuple(phrases) for each, phrases in read_yaml(Path(__file__).with_suffix(".yml")).data.items()}
