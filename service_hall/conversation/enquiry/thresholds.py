"""The figures that decide whether a sentence still belongs to what was talked about; data beside the code."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path

PATH = Path(__file__).parent / "thresholds.json"


@dataclass(frozen=True)
class Thresholds:
    """Fitted by `make calibrate`, never by taste."""

    sure: float
    """A hit that speaks against what the act or the context suggests must be this likely to prevail."""
    follow_up_characters: int
    """So long is a follow-up that does not open like one, at most."""
    words_known: float
    """This share of its words stands in the knowledge, at least."""
    off_topic: float
    """It sounds less than this like nothing for a hall."""
    thing_themes: int
    """What stands in names of items of so many themes at most is a thing of its own (护照), and not what is done with
    any (补领)."""
    another: float
    """So likely is another item at least, where a thing is its and the guide that is talked about speaks of it, too."""
    tells_apart: float
    """What picks one of the services on the table by its words must itself speak so much more for that one than for
    another (`python -m evaluation.retrieval.calibrate_choosing`)."""


def load_thresholds(path: Path = PATH) -> Thresholds:
    figures = json.loads(path.read_text("utf-8"))
    return Thresholds(**{field.name: figures[field.name] for field in fields(Thresholds)})


THRESHOLDS = load_thresholds()
