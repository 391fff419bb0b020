"""Puts misheard and mistyped words right (身份正 → 身份证): only toward words of the knowledge, and only where the
sentence is much likelier so. The likeliest way through all ways of cutting the sentence, with words that may be meant
among them at a price for each slip: a noisy channel over single words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.language.confusions import LONGEST, SHORTEST, Confusions, Slip
from knowledge_base.language.initials import Initials
from knowledge_base.language.spoken import Plainly
from knowledge_base.language.word_costs import WordCosts

PRICES = Path(__file__).parent / "spelling.json"
MOST_READ = 200
"""Letters of a message, from its beginning: whoever writes more says it more than once."""
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_UNREACHED = float("inf")


@dataclass(frozen=True)
class PutRight:
    written: str
    meant: str
    slip: Slip | None
    """None: typed by its initials."""


@dataclass(frozen=True)
class Spelled:
    text: str
    put_right: tuple[PutRight, ...] = ()
    """In order."""


@dataclass(frozen=True)
class Prices:
    """In nats: how much likelier a sentence has to be for a slip to be seen in it (`python -m
    evaluation.voices.calibrate`)."""

    of_slip: Mapping[Slip, float]
    of_letter: float
    """For each further letter that is another one."""
    of_short: float
    """Beside, for a word of two letters, which is soon taken for another."""


class Spelling:
    """Never changed."""

    def __init__(self, plainly: Plainly, counts: Mapping[str, int], words: Iterable[str], prices: Prices) -> None:
        """`counts`: of each word of the knowledge, in how many of its texts it stands; `words`: those among them toward
        which is corrected."""
        self._plainly, self._prices = plainly, prices
        self._counts, self._costs = counts, WordCosts(counts)
        known = tuple(words)
        self._parts: Sequence[Confusions] = (Confusions(known),)
        self._initials = Initials(known, counts)

    def taught(self, names: Iterable[str]) -> Spelling:
        """One that knows these names, too; itself where there is nothing new in them."""
        new_ones = sorted(set(names).difference(self._counts))
        if not new_ones:
            return self
        new = copy(self)
        new._counts = {**self._counts, **dict.fromkeys(new_ones, 1)}
        new._costs = WordCosts(new._counts)
        new._parts = (*self._parts, Confusions(new_ones))
        return new

    def priced(self, prices: Prices) -> Spelling:
        new = copy(self)
        new._prices = prices
        return new

    def __call__(self, text: str) -> str:
        """In plain words, rightly spelled: as everything else reads what a citizen said."""
        return self.read(text).text

    def read(self, text: str) -> Spelled:
        """In plain words; with what was misheard or mistyped."""
        put_right = list[PutRight]()
        said = self._initials.read(
            self._plainly(text), lambda written, meant: put_right.append(PutRight(written, meant, None))
        )
        spelled = _HAN.sub(lambda run: self._read(run[0], put_right), said[:MOST_READ])
        return Spelled(spelled + said[MOST_READ:], tuple(put_right))

    def _read(self, run: str, put_right: list[PutRight]) -> str:
        cost = [0.0] + [_UNREACHED] * len(run)
        came: list[tuple[int, str, Slip | None]] = [(0, "", None)] * (len(run) + 1)
        """To each place: from which, by which word, and what became of that."""
        for at in range(len(run)):
            for end in range(at + 1, min(len(run), at + LONGEST) + 1):
                written = run[at:end]
                own = self._costs.of(written)
                if own is not None and cost[at] + own < cost[end]:
                    cost[end], came[end] = cost[at] + own, (at, written, None)
            for end, meant in (found for part in self._parts for found in part.begun_at(run, at)):
                if run[at:end] in self._counts:
                    continue  # a word of the knowledge is meant as it is
                price = cost[at] + self._price(meant.word, meant.slip, meant.letters)
                if price < cost[end]:
                    cost[end], came[end] = price, (at, meant.word, meant.slip)
        words: list[str] = []
        slips: list[PutRight] = []
        end = len(run)
        while end:
            at, word, slip = came[end]
            words.append(word)
            if slip:
                slips.append(PutRight(run[at:end], word, slip))
            end = at
        put_right += reversed(slips)
        return "".join(reversed(words))

    def _price(self, word: str, slip: Slip, letters: int) -> float:
        prices = self._prices
        of_short = prices.of_short if len(word) == SHORTEST else 0.0
        return self._costs.of_own(word) + prices.of_slip[slip] + prices.of_letter * (letters - 1) + of_short


def load_prices(path: Path = PRICES) -> Prices:
    figures = json.loads(path.read_text("utf-8"))
    return Prices({slip: figures[slip.value] for slip in Slip}, figures["of_letter"], figures["of_short"])
