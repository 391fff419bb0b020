"""How Chinese sounds, without tones: 身份证 → shen fen zheng. The dictionaries are JioNLP's, read where they lie."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge_base.language.dictionaries import dictionary_lines

_READING = re.compile(r"\[([^\[\]]+)\]")
_SYLLABLE = re.compile(r"[a-zv]{1,6}")
_LONGEST = 6
"""Characters of a word whose reading is looked up whole."""
_ENOUGH_WORDS = 8
_EVERYDAY = {"了": "le", "的": "de", "地": "di", "得": "de", "着": "zhe", "吗": "ma", "呢": "ne", "行": "xing"}
"""Read otherwise in the dictionary's first line."""


@dataclass(frozen=True)
class Sounds:
    of_character: Mapping[str, str]
    """Its commonest reading."""
    readings_of: Mapping[str, tuple[str, ...]]
    """Its commonest reading, then those that it has in words enough: 行 xing, hang; 红 is gong in 女红 alone."""
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
    readings: dict[str, tuple[str, ...]] = {}
    for line in dictionary_lines("chinese_char_dictionary"):
        character, *_, told = line.split("\t")
        everyday = [_EVERYDAY[character]] if character in _EVERYDAY else []
        read = dict.fromkeys((*everyday, *map(_without_tone, _READING.findall(told))))
        if syllables := tuple(filter(_SYLLABLE.fullmatch, read)):
            readings[character] = syllables
    of_character = {character: syllables[0] for character, syllables in readings.items()}
    of_word: dict[str, tuple[str, ...]] = {}
    told_otherwise: Counter[tuple[str, str]] = Counter()
    for line in dictionary_lines("pinyin_phrase"):
        word, _, told = line.partition("\t")
        if 2 <= len(word) <= _LONGEST:
            told_so = tuple(map(_without_tone, told.split("/")))
            alone = tuple(of_character.get(each, "") for each in word)
            if told_so != alone and len(told_so) == len(word) and all(map(_SYLLABLE.fullmatch, told_so)):
                of_word[word] = told_so
                told_otherwise.update(set(zip(word, told_so, strict=True)).difference(zip(word, alone, strict=True)))
    readings = {
        character: tuple(
            each for each in syllables if each == syllables[0] or told_otherwise[character, each] >= _ENOUGH_WORDS
        )
        for character, syllables in readings.items()
    }
    return Sounds(of_character, readings, of_word)


def _without_tone(syllable: str) -> str:
    """lǜ → lv, as it is typed."""
    parts = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v").replace("ɡ", "g")
    return "".join(each for each in parts if not unicodedata.combining(each))
