"""The fitted figures of the decision, kept as data beside the code."""

from __future__ import annotations

import json
from pathlib import Path

from knowledge_base.search.find import Calibration

CALIBRATION = Path(__file__).parent / "calibration.json"


def load_calibration(path: Path = CALIBRATION) -> Calibration:
    figures = json.loads(path.read_text("utf-8"))
    return Calibration(
        weights=tuple(figures["weights"]),
        bias=figures["bias"],
        answer_floor=figures["answer_floor"],
        margin=figures["margin"],
        choice_floor=figures["choice_floor"],
    )
