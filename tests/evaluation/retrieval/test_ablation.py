"""A part of the search left out, with all that only it brought."""

from __future__ import annotations

from typing import Any

from evaluation.retrieval.ablation import PARTS, without
from knowledge_base.search.find import NOT_AT_ALL, Evidence, Meant
from knowledge_base.search.index import CANDIDATES


def item(guide_id: str, *, near: float = 0.1, words: float = 0.1, learned: float = -1.0, **stated: Any) -> Evidence:
    found = Evidence(guide_id, near, near, near, words, words, 0.0, guide_id, True, 0.1, learned)
    return found._replace(**stated)


def ids(found: list[Evidence]) -> set[str]:
    return {each.guide_id for each in found}


NEAR = [item(f"near-{at}", near=0.9 - at / 100) for at in range(CANDIDATES)]
SPOKEN = item("spoken", near=0.0, words=0.9)
NAMED = item("named", near=0.05, named=0.5)


def test_with_nothing_left_out_all_is_as_it_was() -> None:
    assert without([*NEAR, SPOKEN, NAMED], PARTS["nothing"]) == [*NEAR, SPOKEN, NAMED]


def test_what_only_the_words_brought_goes_with_them() -> None:
    found = without([*NEAR, SPOKEN, NAMED], PARTS["BM25 and the words covered"])
    assert ids(found) == {each.guide_id for each in (*NEAR, NAMED)}
    assert {(each.lexical, each.coverage) for each in found} == {(0.0, 0.0)}


def test_a_name_without_weight_brings_nothing() -> None:
    assert "named" not in ids(without([*NEAR, NAMED], PARTS["names"]))


def test_without_the_item_reader_no_item_sounds_likelier() -> None:
    assert {each.learned for each in without(NEAR, PARTS["the item reader"])} == {NOT_AT_ALL}


def test_without_the_encoder_a_close_look_is_a_glance() -> None:
    close = [each._replace(meant=Meant(0.5, 0.4, 0.1)) for each in NEAR]
    assert without(close, PARTS["the encoder"]) == NEAR
