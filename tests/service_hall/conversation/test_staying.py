"""Whether a sentence goes on with what is talked about."""

from __future__ import annotations

import pytest

from evaluation.dialogue.follow_ups import Kind, load_follow_ups, load_talks
from knowledge_base.model import Aspect
from service_hall.conversation.enquiry.staying import FIGURES, figures_of, load_staying, staying
from tests import fakes


def test_each_figure_has_its_weight() -> None:
    assert len(load_staying().weighing.weights) == len(FIGURES)


def test_the_figures_of_a_sentence() -> None:
    library = fakes.town()
    guide_id = library.guide_ids[0]
    figures = figures_of(library, "那要几天", library.find("那要几天"), guide_id, (Aspect.TIME_LIMIT,))
    assert len(figures) == len(FIGURES)
    assert dict(zip(FIGURES, figures, strict=True))["leans back"] == 1.0


def test_another_service_that_is_named_ends_it() -> None:
    library = fakes.town()
    own, other = library.guide_ids[:2]
    named = library.names[other]
    text = f"{named}怎么办"
    assert not staying(library, text, library.find(text), own, (Aspect.PROCEDURE,)).is_likely


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_dialogues_hang_together(split: str) -> None:
    talks = load_talks("dev" if split == "dev" else "test")
    assert len(talks) == 140
    for turns in talks:
        assert turns[0].kind is Kind.OPEN and len(turns) > 1
        assert all(bool(turn.items) is (turn.kind is not Kind.OUTSIDE) for turn in turns)


def test_no_turn_stands_in_both() -> None:
    asked = [{turn.text for turns in load_talks(split) for turn in turns} for split in ("dev", "test")]
    assert not asked[0] & asked[1]
    assert len(load_follow_ups("test")) >= 250
