"""Words that a misheard or mistyped one may stand for: those that sound as it does, or nearly so (身份正, 户造), and
those in which two letters changed places, or one is missing, doubled, or another one that looks like it. Found by key,
never by going through all words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from knowledge_base.language.letter_shapes import looks_alike
from knowledge_base.language.pinyin import load_sounds

SHORTEST, LONGEST = 2, 10
"""Letters of a word."""
_BY_LETTERS, _BY_LETTERS_LONGEST = 3, 5
"""From so many letters on a word is known by those that are right, and what is shorter could be anything; what is
longer is made of several words."""
_MOST_READINGS = 3
"""Of a letter."""
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("r", "l"))


class Slip(StrEnum):
    """What became of the word."""

    SAME_SOUND = "same_sound"
    NEAR_SOUND = "near_sound"
    SWAPPED = "swapped"
    MISSING = "missing"
    DOUBLED = "doubled"
    OTHER_LETTER = "other_letter"


class Meant(NamedTuple):
    word: str
    slip: Slip
    letters: int
    """How many of its letters are others."""


class Confusions:
    """Never changed."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_sound = _Heard()
        self._by_letters: dict[str, list[str]] = {}
        self._by_rest: dict[str, list[str]] = {}
        for word in words:
            if not SHORTEST <= len(word) <= LONGEST:
                continue
            self._by_sound.add(word)
            if _BY_LETTERS <= len(word) <= _BY_LETTERS_LONGEST:
                self._by_letters.setdefault("".join(sorted(word)), []).append(word)
                for at in range(len(word)):
                    self._by_rest.setdefault(f"{word[:at]}*{word[at + 1 :]}", []).append(word)

    def begun_at(self, run: str, at: int) -> Iterator[tuple[int, Meant]]:
        """What the letters of the run from `at` on may stand for, each with where it ends. `run`: Han letters alone."""
        yield from self._sounding_like(run, at)
        longest = min(_BY_LETTERS_LONGEST + 1, len(run) - at)
        for end in range(at + _BY_LETTERS - 1, at + longest + 1):
            for meant in self._by_their_letters(run[at:end]):
                yield end, meant

    def _sounding_like(self, run: str, at: int) -> Iterator[tuple[int, Meant]]:
        heard = [self._by_sound]
        for end in range(at, min(len(run), at + LONGEST)):
            heard = [each.goes_on[sound] for sound in _near_ones(run[end]) for each in heard if sound in each.goes_on]
            if not heard:
                return
            written = run[at : end + 1]
            for word in (word for each in heard for word in each.words):
                others = [pair for pair in zip(written, word, strict=True) if pair[0] != pair[1]]
                if others:
                    is_same = all(sounds_alike(*pair) for pair in others)
                    yield end + 1, Meant(word, Slip.SAME_SOUND if is_same else Slip.NEAR_SOUND, len(others))

    def _by_their_letters(self, written: str) -> Iterator[Meant]:
        size = len(written)
        if _BY_LETTERS <= size <= _BY_LETTERS_LONGEST:
            for word in self._by_letters.get("".join(sorted(written)), ()):
                others = [at for at in range(size) if word[at] != written[at]]
                if len(others) == 2 and others[1] - others[0] == 1:
                    yield Meant(word, Slip.SWAPPED, 2)
            for at in range(size):
                for word in self._by_rest.get(f"{written[:at]}*{written[at + 1 :]}", ()):
                    if word != written and looks_alike(word[at], written[at]):
                        yield Meant(word, Slip.OTHER_LETTER, 1)
        if size < _BY_LETTERS_LONGEST:
            for at in range(1, size):  # in its midst: 网约车 is no 网约车证 cut short
                for word in self._by_rest.get(f"{written[:at]}*{written[at:]}", ()):
                    yield Meant(word, Slip.MISSING, 1)
        if size > _BY_LETTERS:
            for at in range(1, size):
                once = written[:at] + written[at + 1 :]
                if written[at] == written[at - 1] and once in self._by_letters.get("".join(sorted(once)), ()):
                    yield Meant(once, Slip.DOUBLED, 1)


class _Heard:
    """Words by how they sound, syllable by syllable."""

    def __init__(self) -> None:
        self.goes_on: dict[str, _Heard] = {}
        self.words: list[str] = []

    def add(self, word: str) -> None:
        place = self
        for sound in load_sounds().of(word):
            place = place.goes_on.setdefault(near(sound), _Heard())
        place.words.append(word)


@cache
def near(syllable: str) -> str:
    """The same for syllables that are taken for each other: zhen and zeng, hu and fu, nan and lang."""
    for initial, plain in _INITIALS:
        if syllable.startswith(initial) and len(syllable) > len(initial):
            syllable = plain + syllable[len(initial) :]
            break
    if syllable.startswith("hu"):
        syllable = "f" + (syllable[2:] or "u")
    return syllable[:-1] if syllable.endswith("ng") and syllable[-3:-2] in "aei" else syllable


def sounds_alike(one: str, other: str) -> bool:
    return bool(set(_readings(one)) & set(_readings(other)))


def _readings(letter: str) -> Sequence[str]:
    return load_sounds().readings_of.get(letter, (letter,))[:_MOST_READINGS]


@cache
def _near_ones(letter: str) -> Sequence[str]:
    return tuple(dict.fromkeys(map(near, _readings(letter))))
