"""`/api/scenarios`: which there are, one step further, and the list; nobody needs to be known for it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from service_hall.conversation.message import command_payload
from tests.channels.web.conftest import Knock, refused
from tests.fakes import EAST
from tests.scenario_town import SharedScenarioShelf
from tests.town_house import TownHouse

ALL = {"whose": "family", "came-on": "2026-05-20", "born-on": "unsure", "dogs": 1, "also": ["sells"]}


@pytest.fixture
def http(tmp_path: Path, knock: Knock) -> httpx.AsyncClient:
    return knock(TownHouse(tmp_path, shelf=SharedScenarioShelf))


async def step(http: httpx.AsyncClient, answers: Any, scenario: str = "keep-a-dog", **more: Any) -> httpx.Response:
    return await http.post(f"/api/scenarios/{scenario}/step", json={"answers": answers, **more})


async def test_the_scenarios_are_listed(http: httpx.AsyncClient) -> None:
    [line] = (await http.get("/api/scenarios")).json()["scenarios"]
    assert line == {
        "scenario_id": "keep-a-dog",
        "title": "我家要养狗（养狗一件事）",
        "audience": "个人",
        "theme": "示范",
    }


async def test_without_an_answer_the_first_question_comes(http: httpx.AsyncClient) -> None:
    question = (await step(http, {})).json()["question"]
    assert (question["type"], question["scenario_id"], question["node"]) == ("question", "keep-a-dog", "whose")
    assert question["kind"] == "single" and question["progress"] == {"step": 1, "of": 5}
    assert [option["value"] for option in question["options"]] == ["family", "firm"]
    assert all(option["label"] in question["text"] and option["payload"] for option in question["options"])


async def test_whoever_answers_option_by_option_comes_to_the_list(http: httpx.AsyncClient) -> None:
    answers: dict[str, Any] = {}
    while "question" in (body := (await step(http, answers)).json()):
        question = body["question"]
        answers[question["node"]] = ALL[question["node"]]
    assert list(answers) == list(ALL)
    checklist = body["checklist"]
    assert (checklist["type"], checklist["scenario_id"], checklist["checklist_id"]) == ("checklist", "keep-a-dog", "")
    assert [each["guide_id"] for each in checklist["steps"]] == ["", "dog-register", "night-stall"]
    assert not any(each["have"] for each in checklist["materials"])
    assert set(checklist["totals"]) == {"fee", "amount", "days"}


async def test_the_list_is_that_of_the_region(http: httpx.AsyncClient) -> None:
    checklist = (await step(http, ALL, region=EAST)).json()["checklist"]
    assert checklist["steps"][1]["office_ids"] == ["east-hall"]
    refused(await step(http, ALL, region="123456"), 422, "unknown_region")


async def test_an_answer_that_cannot_be_gets_the_node_s_own_sentence(http: httpx.AsyncClient) -> None:
    response = await step(http, {**ALL, "dogs": 0})
    refused(response, 422, "invalid_answer")
    assert response.json()["message"] == "这一问“一共几只？”填得不对，至少有1只，请重新填。"


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"whose": "x"}, "这一问“狗是谁养？”填得不对，请从这几项里选一个：自己家养、单位养来看门。"),
        ({"whose": ["family", "firm"]}, "这一问“狗是谁养？”填得不对，这一问只能选一个，请从这几项里选：自己家养、单位养来看门。"),
        ({"whose": "unsure"}, "没有“不知道”可以选"),
        ({"whose": {"deep": 1}}, "这一问“狗是谁养？”填得不对，这里只收一个词"),
        ({**ALL, "came-on": "2026-02-30"}, "日历上没有这一天"),
        ({**ALL, "dogs": "两只"}, "请填一个数字"),
        ({**ALL, "also": []}, "这一问“还打算做什么？”填得不对，一项也没有选，请从这几项里选"),
        ({**ALL, "also": [["reads"]]}, "这一问“还打算做什么？”填得不对，这里只收"),
        ([], "回答要一问一答地写"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_said_in_one_plain_sentence(http: httpx.AsyncClient, answers: Any, says: str) -> None:
    response = await step(http, answers)
    refused(response, 422)
    message = response.json()["message"]
    assert says in message and not re.search("[a-z]{3,}", message)


async def test_who_does_not_know_comes_to_a_list_that_says_so(http: httpx.AsyncClient) -> None:
    checklist = (await step(http, {**ALL, "dogs": "unsure"})).json()["checklist"]
    assert any("一共几只？”还不清楚" in note for note in checklist["notes"])


async def test_days_are_judged_as_of_the_day_that_is_told(http: httpx.AsyncClient) -> None:
    assert (await step(http, ALL, as_of="2026-05-21")).status_code == 200
    refused(await step(http, ALL, as_of="2026-05-19"), 422, "invalid_answer")
    refused(await step(http, ALL, as_of="2026-02-30"), 422)
    refused(await step(http, ALL, as_of="0001-01-01"), 422)


async def test_an_unknown_scenario_is_told_so(http: httpx.AsyncClient) -> None:
    refused(await step(http, {}, "keep-a-cat"), 404, "unknown_scenario")


@pytest.mark.parametrize(
    "answers",
    [
        [],
        "whose",
        {"whose": {"deep": 1}},
        {"whose": "x" * 201},
        {"w" * 65: "x"},
        {f"n{number}": "x" for number in range(61)},
        {"also": ["x"] * 41},
        {"also": [["x"]]},
    ],
)
async def test_what_is_no_set_of_answers_is_refused(http: httpx.AsyncClient, answers: Any) -> None:
    refused(await step(http, answers), 422)


@pytest.mark.parametrize("given", [1e400, -1, 10**30, "１２", "", None, True, [], ["1"]])
async def test_no_answer_breaks_a_number(http: httpx.AsyncClient, given: Any) -> None:
    body = '{"answers": {"whose": "firm", "came-on": "2026-05-20", "dogs": %s}}'

    written = body % json.dumps(given).replace("Infinity", "1e400")
    response = await http.post(
        "/api/scenarios/keep-a-dog/step", content=written, headers={"Content-Type": "application/json"}
    )
    assert response.status_code in (200, 422), response.text


async def test_the_offer_of_a_list_is_taken_by_a_tap(http: httpx.AsyncClient) -> None:
    payload = command_payload("scenario", guide_id="keep-a-dog")
    said = (await http.post("/api/chat/messages", json={"payload": payload})).raise_for_status().json()
    assert said["replies"][-1]["scenario_id"] == "keep-a-dog"
