"""The fitted figures of the decision, kept as data beside the code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge_base.search.find import Calibration, Weighing, Weighings

CALIBRATION = Path(__file__).parent / "calibration.json"


def load_calibration(path: Path = CALIBRATION) -> Calibration:
    figures = json.loads(path.read_text("utf-8"))
    return Calibration(
        at_a_glance=_weighings(figures["at_a_glance"]),
        closely=_weighings(figures["closely"]),
        sure=figures["sure"],
        answer_floor=figures["answer_floor"],
        margin=figures["margin"],
        choice_floor=figures["choice_floor"],
    )


def _weighings(figures: Mapping[str, Any]) -> Weighings:
    return Weighings(_weighing(figures["learned"]), _weighing(figures["unlearned"]))


def _weighing(figures: Mapping[str, Any]) -> Weighing:
    return Weighing(tuple(figures["weights"]), figures["bias"])
