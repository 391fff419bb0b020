"""Whether a sentence goes on with the service that is talked about: one learned decision over the sentence, over what
the search finds for it alone, and over what the guide that is talked about says to it (docs/adr/0068)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import log
from pathlib import Path

from knowledge_base.language.asking import content_of, leans_back
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library
from knowledge_base.model import Aspect
from knowledge_base.search.find import Answered, Decision, NotFound, Unsure, Weighing

CALIBRATION = Path(__file__).parent / "staying.json"
THEMES = 3
"""What stands in names of items of so many themes at most is a thing (护照), and not what is done with any."""
FIGURES: Sequence[str] = (
    "rival: likelihood",
    "rival: named",
    "rival: same theme",
    "current: likelihood",
    "current: fit",
    "rival: fit",
    "lead of fit",
    "current: best statement",
    "leans back",
    "length",
    "words known",
    "off topic",
    "strange thing",
    "said by the guide",
    "nothing left to be about",
    "known without guide",
)


class Found(StrEnum):
    """How the search for the sentence alone ends."""

    ANSWERED = "answered"
    UNSURE = "unsure"
    NOTHING = "nothing"


@dataclass(frozen=True)
class StayingCalibration:
    """Fitted by `python -m evaluation.retrieval.calibrate_staying` on dialogues, never by taste."""

    weighing: Weighing
    floors: Mapping[Found, float]
    """From this likelihood on the sentence is answered from what is talked about."""
    perhaps: float
    """From this one on what is talked about is offered, where nothing else answers."""


@cache
def load_staying(path: Path = CALIBRATION) -> StayingCalibration:
    figures = json.loads(path.read_text("utf-8"))
    floors = {found: figures["floors"][found.value] for found in Found}
    return StayingCalibration(Weighing(tuple(figures["weights"]), figures["bias"]), floors, figures["perhaps"])


@dataclass(frozen=True)
class Staying:
    likelihood: float
    """That the sentence goes on with what is talked about, in [0, 1]."""
    found: Found

    @property
    def is_likely(self) -> bool:
        return self.likelihood >= load_staying().floors[self.found]

    @property
    def is_possible(self) -> bool:
        return self.likelihood >= load_staying().perhaps


def staying(library: Library, text: str, found: Decision, current: str, aspects: Sequence[Aspect]) -> Staying:
    """`found`: for the sentence alone. `aspects`: what it was understood to ask, at least one."""
    row = figures_of(library, text, found, current, aspects)
    return Staying(load_staying().weighing.likelihood(row), found_of(found))


def found_of(decision: Decision) -> Found:
    match decision:
        case Answered():
            return Found.ANSWERED
        case Unsure():
            return Found.UNSURE
    return Found.NOTHING


def figures_of(
    library: Library, text: str, found: Decision, current: str, aspects: Sequence[Aspect]
) -> tuple[float, ...]:
    """In the order of FIGURES. `current`: an item with a guide."""
    rivals = [hit for hit in found.hits if hit.guide_id != current]
    rival = rivals[0] if rivals else None
    own = next((hit.score for hit in found.hits if hit.guide_id == current), 0.0)
    fit, best = _fit(library, text, current, aspects)
    other_fit, _ = _fit(library, text, rival.guide_id, aspects) if rival else (0.0, 0.0)
    content = content_of(text)
    return (
        rival.score if rival else 0.0,
        float(rival is not None and rival.named),
        float(rival is not None and library.theme_of(rival.guide_id) == library.theme_of(current)),
        own,
        fit,
        other_fit,
        fit - other_fit,
        best,
        float(leans_back(text)),
        log(1 + len(plain(text))),
        library.index.share_known(content),
        library.intents.off_topic(text),
        _strange(library, text, current),
        _share_said(library, current, content),
        float(not content),
        float(isinstance(found, NotFound) and found.known is not None),
    )


def _fit(library: Library, text: str, item: str, aspects: Sequence[Aspect]) -> tuple[float, float]:
    """How near the guide comes to the sentence: cosine to the nearest of what its statements say and are asked, in
    [-1, 1], and how likely the likeliest of them is to answer."""
    guide = library.guide(item)
    if guide is None or library.statement_reader is None:
        return 0.0, 0.0
    likely = library.statement_reader.ranked(guide, text, aspects)
    return (max(each.nearest for each in likely), likely[0].likelihood) if likely else (0.0, 0.0)


def _strange(library: Library, text: str, current: str) -> float:
    """Of the things that the sentence names (护照, 医保), which share the guide never speaks of, and is not about."""
    things = library.things.named_in(library.plainly(text), THEMES)
    others = [thing for thing, items in things.items() if current not in items]
    return sum(not library.speaks_of(current, thing) for thing in others) / len(others) if others else 0.0


def _share_said(library: Library, current: str, content: str) -> float:
    """Which part of what the sentence is about stands in the guide, in pairs of characters."""
    pairs = {content[at : at + 2] for at in range(len(content) - 1)}
    return sum(library.speaks_of(current, pair) for pair in pairs) / len(pairs) if pairs else 0.0
