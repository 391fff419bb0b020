from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from knowledge_base.model import Aspect
from service_hall.conversation.context import Context
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
