from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.tracker import message_id, sentence, understood
from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
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


def test_the_turn_is_the_one_whose_id_the_service_sends() -> None:
    assert message_id(tracker("…", message_id="m_1")) == "m_1"


def test_where_nobody_sends_one_there_is_none() -> None:
    assert message_id(tracker("…")) is None


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
    assert (sentence(said), understood(said), message_id(said)) == ("", (Act.ASK, None), None)
