from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.tracker import carried_over, sentence, understood
from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from tests.actions.conversations import call


def tracker(*said: Any, **more: Any) -> Tracker:
    return Tracker.from_dict(call(*said, **more)["tracker"])


def speechless(message: dict[str, Any] | None) -> Tracker:
    return Tracker.from_dict({**call()["tracker"], "latest_message": message})


@pytest.mark.parametrize("aspect", list(Aspect))
def test_an_asking_intent_is_read_as_its_aspect(aspect: Aspect) -> None:
    assert understood(tracker("…", f"ask_{aspect}")) == (Act.ASK, aspect)


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.ASK])
def test_every_other_intent_is_read_as_its_act(act: Act) -> None:
    assert understood(tracker("…", act.value)) == (act, None)


@pytest.mark.parametrize("intent", [None, "", "nlu_fallback", "ask_", "ask_weather", "restart", "fee", "问"])
def test_what_is_no_intent_of_ours_is_a_question(intent: str | None) -> None:
    assert understood(tracker("…", intent)) == (Act.ASK, None)


def test_the_context_that_the_service_sends_counts() -> None:
    assert carried_over(tracker("…", context={"guide_id": "a"}, slot={"guide_id": "b"})) == (
        Context(guide_id="a"),
        True,
    )


def test_an_empty_context_that_the_service_sends_counts_too() -> None:
    assert carried_over(tracker("…", context={}, slot={"guide_id": "b"})) == (Context(), True)


def test_where_nobody_sends_it_the_slot_holds_the_context() -> None:
    assert carried_over(tracker("…", slot={"guide_id": "b"})) == (Context(guide_id="b"), False)


def test_a_first_message_has_an_empty_context() -> None:
    assert carried_over(tracker("…")) == (Context(), False)


@pytest.mark.parametrize(
    "message",
    [
        None,
        {},
        {"text": None, "intent": None, "metadata": None},
        {"intent": {}, "metadata": {"is_data_transfer": True}},
    ],
)
def test_a_message_of_nothing_is_no_trouble(message: dict[str, Any] | None) -> None:
    said = speechless(message)
    assert (sentence(said), understood(said), carried_over(said)) == ("", (Act.ASK, None), (Context(), False))
