"""The fitted figures of the decision, kept as data beside the code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from knowledge_base.search.find import Calibration, Weighing, Weighings
from knowledge_base.search.trees import Trees, trees_of

CALIBRATION = Path(__file__).parent / "calibration.json"
ITEM_TREES = Path(__file__).parent / "item_trees.npz"
"""Too many figures for anybody to read."""
LOOKS = "at_a_glance", "closely"


def load_calibration(path: Path = CALIBRATION, trees: Path = ITEM_TREES) -> Calibration:
    figures = json.loads(path.read_text("utf-8"))
    learned = load_item_trees(trees)
    at_a_glance, closely = (Weighings(learned[look], _weighing(figures[look]["unlearned"])) for look in LOOKS)
    return Calibration(
        at_a_glance,
        closely,
        sure=figures["sure"],
        answer_floor=figures["answer_floor"],
        alone_floor=figures["alone_floor"],
        margin=figures["margin"],
        choice_floor=figures["choice_floor"],
    )


def load_item_trees(path: Path = ITEM_TREES) -> dict[str, Trees]:
    """By look."""
    with np.load(path, allow_pickle=False) as arrays:
        return {
            look: trees_of({name.removeprefix(f"{look}_"): arrays[name] for name in arrays if name.startswith(look)})
            for look in LOOKS
        }


def keep_item_trees(trees: Mapping[str, Trees], path: Path = ITEM_TREES) -> None:
    arrays = {f"{look}_{name}": array for look in LOOKS for name, array in trees[look].content().items()}
    np.savez_compressed(path, **arrays)


def _weighing(figures: Mapping[str, Any]) -> Weighing:
    return Weighing(tuple(figures["weights"]), figures["bias"])
