"""Which service a sentence means, after others were talked about."""

from __future__ import annotations

import pytest

from evaluation.dialogue.follow_ups import Kind, load_later_turns, load_talks
from knowledge_base.library import Library
from knowledge_base.model import Aspect
from service_hall.conversation.context import MOST_TALKED_ABOUT, Context
from service_hall.conversation.enquiry.tracking import FIGURES, KINDS, figures_of, kinds_of, load_learned, track
from tests import fakes
from tests.enquiry_desk import EnquiryDesk


def test_the_trees_look_at_the_figures_there_are() -> None:
    assert load_learned().trees.columns.max() < len(FIGURES) + len(KINDS)


def test_the_figures_of_what_is_talked_about() -> None:
    library = fakes.town()
    guide_id = library.guide_ids[0]
    rows = figures_of(library, "那要几天", [guide_id], (Aspect.TIME_LIMIT,))
    figures = dict(zip(FIGURES, rows[guide_id], strict=True))
    assert figures["leans back"] == figures["is talked about"] == 1.0
    assert figures["services talked about"] == 1.0


@pytest.mark.parametrize(
    ("text", "kind"),
    [("还是先说前面那个，要带什么", "back"), ("不对，我问的是换不是补", "correct"), ("今天可真热啊", "outside")],
)
def test_turns_sound_like_what_they_do(text: str, kind: str) -> None:
    chances = dict(zip(KINDS, kinds_of(load_learned().kinds, text), strict=True))
    assert max(chances, key=chances.__getitem__) == kind


def test_another_service_that_is_named_ends_it() -> None:
    library = fakes.town()
    own, other = library.guide_ids[:2]
    best = track(library, f"{library.names[other]}怎么办", [own], (Aspect.PROCEDURE,)).best
    assert best.item == other and not best.is_talked_about


def test_the_talk_remembers_a_few_subjects_each_once() -> None:
    context = Context()
    for item in ("a", "b", "a", "c", "d", "e", "f"):
        context = context.about(item, "")
    assert context.guide_id == "f" and context.talked_about == ("e", "d", "c", "a")
    assert len(context.talked_about) == MOST_TALKED_ABOUT and context.previous_id == "e"


def test_what_an_earlier_release_kept_is_read() -> None:
    assert Context.model_validate({"guide_id": "a", "previous_id": "b"}).talked_about == ("b",)


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_dialogues_hang_together(split: str) -> None:
    talks = load_talks("dev" if split == "dev" else "test")
    assert len(talks) == (1215 if split == "dev" else 140)
    for turns in talks:
        assert turns[0].kind is Kind.OPEN and len(turns) > 1
        assert all(bool(turn.items) is (turn.kind is not Kind.OUTSIDE) for turn in turns)


def test_no_turn_stands_in_both() -> None:
    asked = [{turn.text for turns in load_talks(split) for turn in turns} for split in ("dev", "test")]
    assert not asked[0] & asked[1]
    assert len(load_later_turns("test")) >= 250


@pytest.mark.parametrize(
    ("before", "text", "meant"),
    [
        ("passport-first", "不是补办，我这本是头一回办", "passport-first"),
        ("driver-license-renew", "弄错了，不是到期换证，我的驾照是丢了要补", "driver-license-lost"),
        ("marriage-register", "不是离婚，是我们俩要领结婚证", "marriage-register"),
    ],
)
def test_what_is_taken_back_is_not_what_is_answered(real_library: Library, before: str, text: str, meant: str) -> None:
    turn = EnquiryDesk(lambda: real_library).respond_alone(text, Context(guide_id=before, question="怎么办"))
    assert turn.context.guide_id == meant
