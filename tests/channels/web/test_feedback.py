"""`/api/chat/feedback`: was the answer of use?"""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from server.storage.schema import answers
from tests.channels.web.conftest import Citizen, refused
from tests.town_house import TownHouse

QUESTION = "借书证丢了怎么补办"
IDENTITY = "110101199003078515"


async def test_an_answer_can_be_judged(town_house: TownHouse, citizen: Citizen) -> None:
    [answer] = (await citizen.say(QUESTION))["replies"]
    body = {"answer_id": answer["answer_id"], "useful": False, "comment": f"没说周末，我是{IDENTITY}\x00"}
    response = await citizen.http.post("/api/chat/feedback", json=body, headers=citizen.headers)
    assert response.status_code == 200
    assert response.json() == {"answer_id": answer["answer_id"], "useful": False}
    [(useful, comment)] = judgements_of(town_house)
    assert useful is False
    assert comment is not None and comment.startswith("没说周末")
    assert IDENTITY not in comment


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我叫王小明，电话0086-138·0013·8000", "我叫〔姓名〕，电话138****8000"),
        ("打一三八，零零一三，八零零零", "打138****8000"),
        ("姓名：王小明", "姓名：〔姓名〕"),
        ("改名字要多久没说", "改名字要多久没说"),
    ],
)
async def test_a_comment_is_masked_as_a_message_is(
    town_house: TownHouse, citizen: Citizen, said: str, kept: str
) -> None:
    [answer] = (await citizen.say(QUESTION))["replies"]
    body = {"answer_id": answer["answer_id"], "useful": False, "comment": said}
    await citizen.http.post("/api/chat/feedback", json=body, headers=citizen.headers)
    assert judgements_of(town_house) == [(False, kept)]


async def test_the_last_word_counts(town_house: TownHouse, citizen: Citizen) -> None:
    [answer] = (await citizen.say(QUESTION))["replies"]
    for useful in (False, True):
        await citizen.http.post(
            "/api/chat/feedback", json={"answer_id": answer["answer_id"], "useful": useful}, headers=citizen.headers
        )
    assert judgements_of(town_house) == [(True, "")]


async def test_an_answer_nobody_gave_is_not_found(citizen: Citizen) -> None:
    await citizen.say(QUESTION)
    body = {"answer_id": "a_nobody", "useful": True}
    refused(await citizen.http.post("/api/chat/feedback", json=body, headers=citizen.headers), 404, "unknown_answer")


async def test_whoever_knows_the_id_of_anothers_answer_cannot_judge_it(
    town_house: TownHouse, citizen: Citizen, http: httpx.AsyncClient
) -> None:
    [answer] = (await citizen.say(QUESTION))["replies"]
    stranger = Citizen(http)
    await stranger.say(QUESTION)
    body = {"answer_id": answer["answer_id"], "useful": False, "comment": "假话"}
    refused(await http.post("/api/chat/feedback", json=body, headers=stranger.headers), 404, "unknown_answer")
    refused(await http.post("/api/chat/feedback", json=body), 401, "invalid_token")
    assert all(useful is None for useful, _ in judgements_of(town_house))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"answer_id": "a_1"},
        {"answer_id": "", "useful": True},
        {"answer_id": "a" * 65, "useful": True},
        {"answer_id": "a\x00", "useful": True},
        {"answer_id": "a_1", "useful": "perhaps"},
        {"answer_id": 7, "useful": True},
        {"answer_id": "a_1", "useful": True, "comment": "长" * 1001},
        [],
    ],
    ids=lambda body: repr(body)[:40],
)
async def test_what_fits_no_judgement_is_refused(http: httpx.AsyncClient, body: Any) -> None:
    refused(await http.post("/api/chat/feedback", json=body), 422)


def judgements_of(town_house: TownHouse) -> list[tuple[bool | None, str | None]]:
    with town_house.house.engine.begin() as transaction:
        return [tuple(row) for row in transaction.execute(sa.select(answers.c.useful, answers.c.comment))]
