"""How Chinese sounds, without tones: 身份证 → shen fen zheng. The dictionaries are JioNLP's, read where they lie."""

from __future__ import annotations

import importlib.util
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_READING = re.compile(r"\[([^\[\]]+)\]")
_SYLLABLE = re.compile(r"[a-zv]{1,6}")
_LONGEST = 6
"""Characters of a word whose reading is looked up whole."""
_EVERYDAY = {"了": "le", "的": "de", "地": "di", "得": "de", "着": "zhe", "吗": "ma", "呢": "ne", "行": "xing"}
"""Read otherwise in the dictionary's first line."""


@dataclass(frozen=True)
class Sounds:
    of_character: Mapping[str, str]
    """Its commonest reading."""
    of_word: Mapping[str, tuple[str, ...]]
    """Where a word is read otherwise than its characters are alone: 银行, 重庆."""

    def of(self, text: str) -> list[str]:
        """One syllable a character; '' for what is no Chinese."""
        found = [self.of_character.get(each, "") for each in text]
        at = 0
        while at < len(text):
            for end in range(min(len(text), at + _LONGEST), at + 1, -1):
                if read := self.of_word.get(text[at:end]):
                    found[at:end] = read
                    at = end - 1
                    break
            at += 1
        return found

    @property
    def syllables(self) -> frozenset[str]:
        return frozenset(self.of_character.values()) | {each for word in self.of_word.values() for each in word}


@cache
def load_sounds() -> Sounds:
    """Half a second, once."""
    of_character: dict[str, str] = {}
    for line in _lines("chinese_char_dictionary"):
        character, *_, told = line.split("\t")
        read = (_without_tone(each) for each in _READING.findall(told))
        if syllable := next((each for each in read if _SYLLABLE.fullmatch(each)), ""):
            of_character[character] = syllable
    of_character |= _EVERYDAY
    of_word: dict[str, tuple[str, ...]] = {}
    for line in _lines("pinyin_phrase"):
        word, _, told = line.partition("\t")
        if 2 <= len(word) <= _LONGEST:
            told_so = tuple(map(_without_tone, told.split("/")))
            alone = tuple(of_character.get(each, "") for each in word)
            if told_so != alone and len(told_so) == len(word) and all(map(_SYLLABLE.fullmatch, told_so)):
                of_word[word] = told_so
    return Sounds(of_character, of_word)


def _without_tone(syllable: str) -> str:
    """lǜ → lv, as it is typed."""
    parts = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v").replace("ɡ", "g")
    return "".join(each for each in parts if not unicodedata.combining(each))


def _lines(name: str) -> Iterator[str]:
    """Not through the package: its front door unpacks all it has."""
    spec = importlib.util.find_spec("jionlp")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'jionlp'")
    packed = Path(spec.submodule_search_locations[0]) / "dictionary" / f"{name}.zip"
    with zipfile.ZipFile(packed) as archive:
        yield from archive.read(f"{name}.txt").decode("utf-8").splitlines()
