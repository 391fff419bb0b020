from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from knowledge_base.model import Aspect
from service_hall.conversation.context import Context, OpenWalk
from service_hall.conversation.reply import Choice


def test_a_context_survives_being_kept() -> None:
    context = Context(
        guide_id="g",
        aspect=Aspect.FEE,
        region="990101",
        question="多少钱",
        options=(Choice(label="甲", payload="乙"),),
        missed=1,
    )
    assert Context.model_validate_json(context.model_dump_json()) == context


def test_an_empty_context_is_nothing_to_send() -> None:
    assert Context().model_dump(exclude_defaults=True) == {}


def test_what_an_older_version_kept_beside_is_ignored() -> None:
    assert Context.model_validate({"guide_id": "g", "mood": "好"}) == Context(guide_id="g")


@pytest.mark.parametrize("kept", [{"aspect": "weather"}, {"options": "甲"}, {"missed": "很多"}, "文本", None])
def test_what_is_no_context_is_refused(kept: Any) -> None:
    with pytest.raises(ValidationError):
        Context.model_validate(kept)


BOOKING = OpenWalk(name="booking", walk_id="f1", node="when", answers={"guide_id": "g"}, misses=1)


def test_the_one_flow_that_an_earlier_release_kept_is_the_walk_that_is_open() -> None:
    kept = {"name": "booking", "flow_id": "f1", "node": "when", "answers": {"guide_id": "g"}, "misses": 1}
    assert Context.model_validate({"guide_id": "g", "flow": kept}) == Context(guide_id="g", walks=(BOOKING,))
    assert Context.model_validate({"guide_id": "g", "flow": None}) == Context(guide_id="g")


def test_open_walks_survive_being_kept() -> None:
    context = Context(walks=(BOOKING, BOOKING.model_copy(update={"walk_id": "f2", "trail": ("item", "office")})))
    assert Context.model_validate_json(context.model_dump_json(exclude_defaults=True)) == context


def test_the_last_walk_is_the_one_that_is_asked() -> None:
    upper = OpenWalk(name="moving", walk_id="f2", node="how_many")
    context = Context(walks=(BOOKING,)).with_walk(upper)
    assert context.walk == upper
    assert context.without_walk("f2").walk == BOOKING
    assert Context().walk is None
