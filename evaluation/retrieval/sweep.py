"""What other thresholds would have done, from results already there: the hits are decided anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from evaluation.retrieval.records import Asked
from knowledge_base.search.find import Answered, Calibration, Hit, Unsure, decide


@dataclass(frozen=True)
class SweepPoint:
    answer_floor: float
    answered_right: float
    """Share in [0, 1] of the in-scope questions, like the two that follow."""
    answered_wrong: float
    clarify: float
    out_answered: float
    """Share in [0, 1] of the out-of-scope questions."""


def sweep(results: Sequence[Asked], calibration: Calibration) -> list[SweepPoint]:
    """One point for each answer floor from 0.05 to 0.95; margin and choice floor stay as calibrated."""
    return [_point(results, _with_floor(calibration, floor)) for floor in np.arange(0.05, 0.96, 0.05).round(2).tolist()]


def _with_floor(calibration: Calibration, floor: float) -> Calibration:
    """The floor of what comes alone into question keeps its distance."""
    alone = floor * calibration.alone_floor / calibration.answer_floor
    return replace(
        calibration, answer_floor=floor, alone_floor=alone, choice_floor=min(alone, calibration.choice_floor)
    )


def _point(results: Sequence[Asked], calibration: Calibration) -> SweepPoint:
    right = wrong = clarify = out = 0
    for asked in results:
        decision = decide(
            tuple(Hit(hit.guide_id, hit.score, "", hit.has_guide) for hit in asked.search.hits), calibration
        )
        if isinstance(decision, Answered):
            is_right = decision.hit.guide_id in asked.guide_ids
            right += is_right
            wrong += asked.is_in_scope and not is_right
            out += not asked.is_in_scope
        clarify += asked.is_in_scope and isinstance(decision, Unsure)
    within = max(1, sum(asked.is_in_scope for asked in results))
    without = max(1, sum(not asked.is_in_scope for asked in results))
    return SweepPoint(calibration.answer_floor, right / within, wrong / within, clarify / within, out / without)
