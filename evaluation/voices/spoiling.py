"""Makes slips: a development question with one of its words misheard or mistyped, the same each time."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.language.confusions import Slip, near
from knowledge_base.language.general_words import general_words
from knowledge_base.language.letter_shapes import looks_alike
from knowledge_base.language.pinyin import load_sounds
from knowledge_base.library import Library

_EVERYDAY = 1500
"""Of the general dictionary's counts: letters that a keyboard would offer."""
_LEAST = 3
"""Letters of a word in which two change places or one is left out."""


@dataclass(frozen=True)
class Spoiled:
    said: str
    right: str
    slip: Slip


class Spoiler:
    def __init__(self, library: Library, seed: int = 7) -> None:
        self._random, self._library = random.Random(seed), library
        self._often = {word for word, texts in library.index.texts_with.items() if texts >= 5 and len(word) > 1}
        counts = general_words().FREQ
        self._letters = [
            letter for letter, count in counts.items() if len(letter) == 1 and count >= _EVERYDAY and letter >= "\u3400"
        ]
        same, alike = defaultdict(list), defaultdict(list)
        for letter in self._letters:
            if sound := load_sounds().of_character.get(letter):
                same[sound].append(letter)
                alike[near(sound)].append(letter)
        self._same: Mapping[str, Sequence[str]] = same
        self._alike: Mapping[str, Sequence[str]] = alike

    def spoiled(self, sentences: Iterable[str], slip: Slip) -> Iterator[Spoiled]:
        """Those in which it can be made."""
        for right in sentences:
            words = [word for word in self._library.index.tokenizer.words(right) if self._may_be(word, slip)]
            if not words:
                continue
            word = self._random.choice(words)
            wrong = self._wrong(word, slip)
            if wrong and wrong != word and not self._library.index.tokenizer.is_word(wrong):
                yield Spoiled(right.replace(word, wrong, 1), right, slip)

    def _may_be(self, word: str, slip: Slip) -> bool:
        by_letters = slip not in (Slip.SAME_SOUND, Slip.NEAR_SOUND)
        return word in self._often and (_LEAST if by_letters else 2) <= len(word) <= 5

    def _wrong(self, word: str, slip: Slip) -> str:
        at = self._random.randrange(len(word))
        sound = load_sounds().of(word)[at]
        match slip:
            case Slip.SAME_SOUND:
                others = self._same.get(sound, ())
            case Slip.NEAR_SOUND:
                others = [each for each in self._alike.get(near(sound), ()) if each not in self._same.get(sound, ())]
            case Slip.OTHER_LETTER:
                others = [each for each in self._letters if looks_alike(each, word[at])]
            case Slip.SWAPPED:
                at = min(at, len(word) - 2)
                return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            case Slip.MISSING:
                at = min(max(at, 1), len(word) - 2)
                return word[:at] + word[at + 1 :]
            case Slip.DOUBLED:
                return word[:at] + word[at] + word[at:]
        others = [each for each in others if each != word[at]]
        return word[:at] + self._random.choice(others) + word[at + 1 :] if others else ""
