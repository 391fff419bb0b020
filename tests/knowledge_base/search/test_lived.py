"""Which life event a citizen tells of."""

from __future__ import annotations

import pytest

from evaluation.scenarios.situations import load_ordinary, load_situations
from knowledge_base.language.plain import plain
from knowledge_base.library import Library
from knowledge_base.scenarios.topics import topic_id_of
from knowledge_base.search.find import Answered
from knowledge_base.search.lived import row_of

FIRST, MOST_PULLED = 0.82, 0.02
"""Reached: 0.85 of the held-out situations, and none of the ordinary questions."""


def test_the_lead_of_a_single_event_is_whole() -> None:
    assert row_of([0.5]) == (0.5, 1.5) and row_of([0.2, 0.7, 0.6]) == pytest.approx((0.7, 0.1))


def test_nothing_said_tells_of_none(real_library: Library) -> None:
    assert real_library.lived and real_library.lived.likeliest("？！") is None and real_library.event_lived("") == ""


def test_the_nearest_event_is_mostly_theirs(real_library: Library) -> None:
    lived = real_library.lived
    assert lived
    situations = load_situations("test")
    hits = [(each, lived.likeliest(each.text)) for each in situations]
    right = [each for each, hit in hits if hit and hit.guide_id == topic_id_of(each.scenario)]
    assert len(right) / len(situations) >= FIRST


def test_ordinary_questions_are_left_to_the_services(real_library: Library) -> None:
    asked = load_ordinary()
    open_ones = [text for text in asked if not isinstance(real_library.find(text), Answered)]
    pulled = [text for text in open_ones if real_library.event_lived(text)]
    assert len(pulled) / len(asked) <= MOST_PULLED, pulled


def test_no_held_out_situation_was_learned(real_library: Library) -> None:
    told = {plain(each.q) for scenario in real_library.published.scenarios.values() for each in scenario.asked}
    listed = {plain(each.text) for each in real_library.index.texts if each.has_guide}
    held_out = [each.text for each in (*load_situations("dev"), *load_situations("test"))]
    assert [text for text in held_out if plain(text) in told] == []
    assert [text for text in load_ordinary() if plain(text) in told | listed] == []
