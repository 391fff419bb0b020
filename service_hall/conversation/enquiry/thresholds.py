"""The figures that decide whether a sentence still belongs to what was talked about; data beside the code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

PATH = Path(__file__).parent / "thresholds.json"


@dataclass(frozen=True)
class Thresholds:
    """Fitted by `python -m evaluation.retrieval.calibrate_follow_ups`, never by taste."""

    sure: float
    """A hit that speaks against what the act or the context suggests must be this likely to prevail."""
    follow_up_characters: int
    """So long is a follow-up that does not open like one, at most."""
    words_known: float
    """This share of its words stands in the knowledge, at least."""
    off_topic: float
    """It sounds less than this like nothing for a hall."""


def load_thresholds(path: Path = PATH) -> Thresholds:
    figures = json.loads(path.read_text("utf-8"))
    return Thresholds(figures["sure"], figures["follow_up_characters"], figures["words_known"], figures["off_topic"])


THRESHOLDS = load_thresholds()
