"""Whether a citizen wants help to break the law: forged papers, a bribe, somebody else's card, money by a false proof.

假证怎么举报 and 找人办假证 share their words: so it is learned (docs/adr/0070).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import Plainly
from knowledge_base.search.find import Answered, Decision, NotFound, Unsure
from knowledge_base.search.learned_lives import WANTS, SaidAndMeant
from knowledge_base.search.meanings import Meanings
from knowledge_base.search.remembering import MOST_REMEMBERED

WRONGS_CALIBRATION = Path(__file__).parent / "wrongs_calibration.json"
SAYS_NOTHING = -30.0


class Floors(NamedTuple):
    """Log-odds, from which on help is declined. Fitted by `python -m evaluation.wrongs.calibrate`, never by taste."""

    over_answer: float
    """Where an item answers: there is an answer to lose."""
    over_none: float


class WrongsReader:
    def __init__(
        self, plainly: Plainly, meanings: Meanings, learned: SaidAndMeant, floors: Floors | None = None
    ) -> None:
        """`floors`: None: those that were fitted."""
        self.floors = floors or load_wrongs_floors()
        self._plainly, self._meanings, self._learned = plainly, meanings, learned
        self._wants = learned.said.labels.index(WANTS)
        self.log_odds = lru_cache(maxsize=MOST_REMEMBERED)(self._log_odds)
        """That help to break the law is wanted; low for a text that says nothing. A turn asks several times."""

    def wants(self, text: str, items: Decision) -> bool:
        """`items`: what was found of the services."""
        floor = self.floors.over_answer if isinstance(items, Answered) else self.floors.over_none
        return self.log_odds(text) >= floor

    def _log_odds(self, text: str) -> float:
        if not plain(text):
            return SAYS_NOTHING
        said = self._plainly(text)
        scores = self._learned.scores(said, self._meanings.of_question(said))
        return scores[self._wants] - scores[1 - self._wants]


def unless_wrong(decision: Decision, question: str, reader: WrongsReader | None) -> Decision:
    """No service is told to who wants it broken; the lawful way to about the same is kept."""
    if reader is None or not reader.wants(question, decision):
        return decision
    match decision:
        case Answered(hit):
            return NotFound(decision.hits, lawfully=(hit,))
        case Unsure(choices):
            return NotFound(decision.hits, lawfully=choices)
        case NotFound():
            return NotFound(decision.hits, lawfully=())


def is_wrong(decision: Decision) -> bool:
    return isinstance(decision, NotFound) and decision.lawfully is not None


def load_wrongs_floors(path: Path = WRONGS_CALIBRATION) -> Floors:
    figures = json.loads(path.read_text("utf-8"))
    return Floors(float(figures["over_answer"]), float(figures["over_none"]))
