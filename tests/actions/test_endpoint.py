from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from actions.endpoint import make_actions_app
from service_hall.conversation.rooms import Room
from tests import fakes
from tests.actions.conversations import call


@pytest.fixture(scope="module")
def rasa() -> Iterator[TestClient]:
    with TestClient(make_actions_app(fakes.town_hall())) as client:
        yield client


def test_an_action_runs_although_rasa_leaves_the_domain_out(rasa: TestClient) -> None:
    answer = rasa.post("/webhook", json=call("狗证多少钱", "ask_fee"))
    assert answer.status_code == 200 and "登记费" in answer.json()["responses"][0]["text"]


@pytest.mark.parametrize("action", [f"action_{room}" for room in Room])
def test_every_action_is_registered(rasa: TestClient, action: str) -> None:
    answer = rasa.post("/webhook", json=call("你好", "greet", action=action, sender=action))
    assert answer.json()["responses"][0]["text"].startswith("您好")


def test_an_unknown_action_is_refused_by_name(rasa: TestClient) -> None:
    answer = rasa.post("/webhook", json=call(action="action_launch_rocket"))
    assert (answer.status_code, answer.json()["action_name"]) == (404, "action_launch_rocket")


def test_without_an_action_nothing_is_done(rasa: TestClient) -> None:
    answer = rasa.post("/webhook", json={"tracker": call()["tracker"]})
    assert (answer.status_code, answer.json()) == (200, {"events": [], "responses": []})


def test_the_door_says_that_it_is_open(rasa: TestClient) -> None:
    assert rasa.get("/health").json() == {"status": "ok"}


def test_the_door_shows_no_documentation_of_itself(rasa: TestClient) -> None:
    assert [rasa.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 404]


@pytest.mark.parametrize("body", [b"[]", b'"greet"', b"1", b"null", b"", b"{", b"\xff"])
def test_what_is_no_object_is_refused(rasa: TestClient, body: bytes) -> None:
    assert rasa.post("/webhook", content=body).status_code == 400
