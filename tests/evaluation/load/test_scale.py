"""Growth, made small: some thousand sentences, in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest

from evaluation import figures
from evaluation.load import scale
from evaluation.load.masses import made_texts, moved, nearest_of_all, owners
from evaluation.load.scale import Grown, grow, overruns
from knowledge_base.search import coarse
from knowledge_base.search.index import IndexedText
from knowledge_base.search.vector_index import Vectors

DIMENSIONS = 64
KNOWN = [IndexedText("id", "身份证补领", True, True), IndexedText("id", "身份证丢了怎么补", False, True)]


def here(work: Callable[..., Any], *given: Any) -> Any:
    return work(*given)


def unit(count: int, seed: int) -> Vectors:
    found = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    shipped = unit(300, seed=1)
    asked = moved(shipped[:30], shipped, np.random.default_rng(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coarse, "VERY_MANY", 3000)
        patch.setattr(scale, "VERY_MANY", 3000)
        found = [grow(count, shipped, asked, KNOWN, tmp_path_factory.mktemp("grown"), here) for count in (50, 1000)]
    return {"grown": [asdict(one) for one, _ in found], "curve": [asdict(each) for each in found[-1][1]]}


def test_few_are_looked_through_exactly_and_of_many_nearly_all_is_found(grown: dict[str, Any]) -> None:
    few, many = (Grown(**each) for each in grown["grown"])
    assert (few.sentences, few.recall) == (220, 1.0) and many.sentences == 4400 and many.recall >= 0.95


def test_the_curve_rises_with_the_share_of_cells(grown: dict[str, Any]) -> None:
    recalls = [each["recall"] for each in grown["curve"]]
    assert len(recalls) == len(scale.SHARES) and recalls == sorted(recalls)


def test_tables_and_drawing_tell_every_size(grown: dict[str, Any]) -> None:
    told = "\n".join(str(table(grown)) for table in scale.TABLES)
    assert "4400" in told and "50" in told
    assert figures.growth_lines(grown["grown"]).startswith("<?xml")


def test_what_is_too_slow_or_too_large_is_named(grown: dict[str, Any]) -> None:
    [first, second] = grown["grown"]
    good = {"work_ms": 1.0, "resident_mb": 9.0, "load_s": 1.0, "edit_s": 0.1, "suggest_p95_ms": 1.0, "recall": 1.0}
    good |= {"suggest_edit_s": 0.1}
    bad = {"work_ms": 4.0, "recall": 0.9}
    told = overruns({"grown": [first | good, second | good | bad]})
    assert [each.split(":")[1].split()[0] for each in told] == ["work_ms", "recall"]
    assert all(each.startswith("1000 documents") for each in told)


def test_the_nearest_of_all_are_the_nearest() -> None:
    vectors = unit(500, seed=3)
    found = nearest_of_all(vectors[:5], vectors, 3)
    assert found[:, 0].tolist() == [0, 1, 2, 3, 4]
    assert (found == np.argsort(-(vectors[:5] @ vectors.T), axis=1)[:, :3]).all()


def test_every_document_has_sentences_and_texts_of_its_own() -> None:
    assert np.bincount(owners(44, 10)).min() >= 4
    made = list(made_texts(20, KNOWN))
    assert len({text.guide_id for text in made}) == 20 and len(made) == 80
    assert {text.is_name for text in made} == {True, False}
