"""Whether a sentence tells of what no guide answers: how far a case is, a grievance, what others handle. Pure.

How it sounds and what the search found decide together (docs/adr/0042): 身份证丢了老板不管 names an item and
has to sound clearly like a grievance, while of 办个事跟求人一样 nothing is found that would be lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from knowledge_base.language.learned import TOLD
from knowledge_base.search.topics import Against

TOLD_CALIBRATION = Path(__file__).parent / "told_calibration.json"


@dataclass(frozen=True)
class ToldCalibration:
    """Fitted by `python -m evaluation.retrieval.calibrate_told`, never by taste."""

    floors: Mapping[str, Mapping[Against, float]]
    """So likely must each intent of TOLD be, by what speaks for an item."""

    def told(self, chances: Mapping[str, float], speaks: Against) -> str:
        """The intent; empty: the sentence asks. `chances`: of those of TOLD that were learned."""
        likeliest = max(chances, key=lambda intent: chances[intent], default="")
        return likeliest if likeliest and chances[likeliest] >= self.floors[likeliest][speaks] else ""


class Reading(StrEnum):
    """What a sentence is read by."""

    AT_A_GLANCE = "at_a_glance"
    """Its words alone."""
    CLOSELY = "closely"
    """With what the encoder says."""


def load_told_calibration(reading: Reading = Reading.AT_A_GLANCE, path: Path = TOLD_CALIBRATION) -> ToldCalibration:
    floors = json.loads(path.read_text("utf-8"))[reading]
    spoken = [each for each in Against if each is not Against.GRIEVED]
    return ToldCalibration({intent: {each: floors[intent][each] for each in spoken} for intent in TOLD})
