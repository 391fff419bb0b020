"""Words that are typed by the first letters of their syllables: sfz, for 身份证."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from knowledge_base.language.pinyin import load_sounds

SHORTEST, LONGEST = 3, 5
"""Letters of a word: two may be any."""
OFTEN, CLEARLY = 20, 3
"""In so many texts a word stands, and in so many times as many as any other of the same letters: jsz may be 教师证 or
驾驶证 and is left as it is."""
_RUN = re.compile(rf"(?<![A-Za-z0-9])[A-Za-z]{{{SHORTEST},{LONGEST}}}(?![A-Za-z0-9])")


class Initials:
    """Never changed."""

    def __init__(self, words: Iterable[str], counts: Mapping[str, int]) -> None:
        """`counts`: of each word, in how many texts it stands."""
        sounds, typed = load_sounds(), dict[str, list[str]]()
        for word in words:
            if SHORTEST <= len(word) <= LONGEST:
                typed.setdefault("".join(each[:1] for each in sounds.of(word)), []).append(word)
        self._meant = {
            letters: best
            for letters, found in typed.items()
            if (best := _clearest([(counts.get(each, 0), each) for each in found]))
        }

    def read(self, text: str, told: Callable[[str, str], object]) -> str:
        """With the words in place of their initials. `told`: of what was written, and what is meant."""

        def word(found: re.Match[str]) -> str:
            meant = self._meant.get(found[0].lower(), "")
            if meant:
                told(found[0], meant)
            return meant or found[0]

        return _RUN.sub(word, text)


def _clearest(found: list[tuple[int, str]]) -> str:
    """'' where none is."""
    (most, word), *others = sorted(found, reverse=True)
    return word if most >= OFTEN and all(most >= CLEARLY * many for many, _ in others) else ""
