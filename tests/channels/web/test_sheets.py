"""Pages to be printed: a kept list for whoever has its address, and a scenario as such."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.channels.web.conftest import Citizen, Knock, refused
from tests.scenario_town import SharedScenarioShelf
from tests.town_house import TownHouse


@pytest.fixture
def http(tmp_path: Path, knock: Knock) -> httpx.AsyncClient:
    return knock(TownHouse(tmp_path, shelf=SharedScenarioShelf))


async def a_list(http: httpx.AsyncClient) -> tuple[Citizen, dict[str, object]]:
    citizen = Citizen(http)
    for said in ("我家要养狗，都要办什么", "单位养来看门", "5月20号"):
        await citizen.say(said)
    replies = (await citizen.say("3只"))["replies"]
    assert replies[-1]["type"] == "checklist", replies
    return citizen, replies[-1]


async def test_a_list_that_the_chat_came_to_can_be_printed(http: httpx.AsyncClient) -> None:
    _, checklist = await a_list(http)
    page = await http.get(str(checklist["page_url"]))
    assert page.status_code == 200 and "text/html" in page.headers["content-type"]
    for words in ("我家要养狗（养狗一件事）", "犬只登记", "居民身份证", "等第1件办好", "依据：", "未核原文"):
        assert words in page.text
    assert 'content="noindex"' in page.text
    steps = checklist["steps"]
    assert isinstance(steps, list) and all(
        said in page.text for step in steps for said in (step["amount"], *step["says"])
    )


async def test_a_list_stands_in_english_around_what_is_chinese(http: httpx.AsyncClient) -> None:
    _, checklist = await a_list(http)
    for lang, words in (("en", "What to bring"), ("zh-Hant", "要帶的材料"), ("zh-Hans", "要带的材料")):
        page = (await http.get(f"{checklist['page_url']}?lang={lang}")).text
        assert words in page and page.count('lang="zh-CN"') == {"en": 6, "zh-Hant": 0, "zh-Hans": 1}[lang]
    assert '<html lang="en">' in (await http.get(f"{checklist['page_url']}?lang=en")).text


async def test_neither_the_page_nor_its_address_tells_whose_it_is_or_what_was_answered(
    http: httpx.AsyncClient,
) -> None:
    citizen, checklist = await a_list(http)
    page = await http.get(str(checklist["page_url"]))
    assert "2026-05-20" not in page.text and "5月20" not in page.text and citizen.token not in page.text
    assert "scenario" not in str(checklist["page_url"]) and "dog" not in str(checklist["page_url"])


async def test_what_is_ticked_is_ticked_there(http: httpx.AsyncClient) -> None:
    citizen, checklist = await a_list(http)
    assert "☑" not in (await http.get(str(checklist["page_url"]))).text
    await citizen.say("第1件办好了")
    assert "☑" in (await http.get(str(checklist["page_url"]))).text


async def test_a_list_that_is_gone_is_told_so(http: httpx.AsyncClient) -> None:
    citizen, checklist = await a_list(http)
    deleted = await http.delete("/api/visitor", headers=citizen.headers)
    assert deleted.status_code == 200
    refused(await http.get(str(checklist["page_url"])), 404, "unknown_checklist")
    for cut_off in ("nobodyhasthis", "abc", "a" * 41, "没有", "%00" * 8):
        refused(await http.get(f"/checklists/{cut_off}"), 404, "unknown_checklist")


async def test_the_chat_tells_the_question_as_the_contract_has_it(http: httpx.AsyncClient) -> None:
    citizen = Citizen(http)
    answered = await citizen.say("我家要养狗，都要办什么")
    question = answered["replies"][-1]
    assert answered["outcome"] == "asking"
    assert (question["type"], question["scenario_id"], question["node"]) == ("question", "keep-a-dog", "whose")
    option = question["options"][1]
    assert option["value"] == "firm"
    next_one = (await citizen.post(payload=option["payload"])).json()["replies"][-1]
    assert next_one["node"] == "came-on" and next_one["progress"] == {"step": 2, "of": 3}


async def test_a_scenario_can_be_read(http: httpx.AsyncClient) -> None:
    page = await http.get("/scenarios/keep-a-dog")
    assert "犬只登记" in page.text and "狗是谁养？" in page.text
    refused(await http.get("/scenarios/keep-a-cat"), 404, "unknown_scenario")
