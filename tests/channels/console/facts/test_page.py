"""What the hall says of itself: changed by a form, checked as in the files, told with the next message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from knowledge_base.documents import GuideDocument
from server.storage.knowledge_store import KnowledgeStore
from service_hall.publishing.draft import DraftId
from service_hall.publishing.question_sets import FIRST_SET
from service_hall.staff.audit import Wanted
from service_hall.staff.roles import Role
from tests.channels.console.shell.desk import AtDesk, way
from tests.fakes import NATION, TOWN, document, published
from tests.publishing_town import QUESTIONS as QUESTIONS_SAVED
from tests.town_house import TownHouse
from tests.visit_town import visit_library

QUESTIONS = [f"停车场在哪里，第{number}种问法" for number in range(12)]
PARKING = {
    "id": "hall-parking",
    "region": NATION,
    "kind": "hall",
    "name": "大厅停车",
    "words": ["停车", "车位"],
    "asked": QUESTIONS,
    "lead": {"text": "{office}门口可以停车。", "source": "office"},
    "details": [{"text": "请先打 {phone} 问一声。", "source": "office"}],
}
IN_TOWN = {"id": "hall-parking", "region": TOWN, "lead": {"text": "停两小时不要钱。", "source": "sample"}}
NATIONAL, LOCAL = (f"/console/facts/hall-parking@{region}" for region in (NATION, TOWN))


@pytest.fixture
def halls(tmp_path: Path) -> TownHouse:
    town = TownHouse(tmp_path, knowledge=published(offices=visit_library().published.offices))
    for body in (PARKING, IN_TOWN):
        KnowledgeStore(town.house.engine).edit_guide_document(document(body), town.clock())
    town.house.shelf.restock()
    return town


@pytest.fixture
def curator(halls: TownHouse, door: httpx.AsyncClient) -> AtDesk:
    return AtDesk(door).signed_in(halls, "编辑", Role.CURATOR)


def kept(halls: TownHouse, region: str) -> GuideDocument:
    of_topic = halls.house.hall.library().published.topics["hall-parking"]
    return next(each for each in of_topic if each.region == region)


async def send(curator: AtDesk, path: str, **changed: Any) -> httpx.Response:
    page = await curator.look(path)
    said = {
        "was": page.split('name="was" value="')[1].split('"')[0],
        "name": "大厅停车",
        "words": "停车、车位",
        "asked": "\n".join(QUESTIONS),
        "lead_text": "{office}门口可以停车。",
        "lead_source": "office",
        "details.0.text": "请先打 {phone} 问一声。",
        "details.0.source": "office",
        **changed,
    }
    return await curator.send(path, said)


async def approved(halls: TownHouse, http: httpx.AsyncClient, curator: AtDesk, draft: str) -> None:
    await curator.did(f"{draft}/hand-in", {"note": "停车改了", "reviews_needed": "1"}, draft)
    app = http._transport.app  # type: ignore[attr-defined]
    other = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://town.test")
    reviewer = AtDesk(other).signed_in(halls, "审核员", Role.REVIEWER)
    review = draft.replace("/drafts/", "/reviews/")
    while "正在用测试题检查" in await reviewer.look(review):
        pass
    await reviewer.did(f"{review}/approve", {}, review)
    await other.aclose()


async def test_a_change_is_reviewed_and_then_told_with_the_next_message(
    halls: TownHouse, curator: AtDesk, door: httpx.AsyncClient
) -> None:
    halls.house.publishing.hit_testing.keep_set(FIRST_SET, "必测", QUESTIONS_SAVED, True, "")
    page = await curator.look(NATIONAL)
    assert "{office}门口可以停车。" in page and QUESTIONS[11] in page
    sent = await send(curator, NATIONAL, **{"details.1.text": "地下还有一层。", "details.1.source": "office"})
    assert kept(halls, NATION).body == PARKING  # not yet
    assert "草稿里的样子" in await curator.look(NATIONAL) and "有草稿" in await curator.look("/console/facts")
    await approved(halls, door, curator, way(sent))
    assert [each["text"] for each in kept(halls, NATION).body["details"]] == [
        "请先打 {phone} 问一声。",
        "地下还有一层。",
    ]
    topic = halls.house.hall.library().topic("hall-parking", TOWN)
    assert topic and topic.details[1].text == "地下还有一层。"
    deeds = [line.entry.what for line in halls.house.audit.lines(Wanted(what="fact."))]
    assert deeds == ["fact.approve", "fact.publish", "fact.hand_in", "fact.write"]
    history = await curator.look("/console/facts/hall-parking/history")
    assert "第2版" in history
    assert "地下还有一层" in await curator.look(f"/console/facts/hall-parking/history/{NATION}/2")


async def test_a_region_says_only_what_differs(halls: TownHouse, curator: AtDesk) -> None:
    empty = dict.fromkeys(("name", "words", "asked", "details.0.text", "details.0.source"), "")
    sent = await send(curator, LOCAL, **empty, lead_text="停一小时不要钱。", lead_source="sample")
    draft = halls.house.publishing.desk.records.draft(DraftId(way(sent).rpartition("/")[2]))
    assert draft and draft.body == {**IN_TOWN, "lead": {"text": "停一小时不要钱。", "source": "sample"}}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"lead_text": "{offices_of_the_moon}可以停车。"}, "没有这样的空"),
        ({"lead_source": "no-such-law#1"}, "没有"),
        ({"details.0.source": ""}, "details.0.source"),
        ({"details.0.item": "养恐龙"}, "目录里没有"),
        ({"asked": "停车"}, "asked"),
        ({"words": ""}, "words"),
    ],
    ids=str,
)
async def test_what_is_not_sound_is_refused_and_kept_in_the_form(
    halls: TownHouse, curator: AtDesk, changed: dict[str, str], sentence: str
) -> None:
    sent = await send(curator, NATIONAL, **{"name": "停<车>", **changed})
    assert sent.status_code == 422
    assert sentence in sent.text or 'class="error"' in sent.text
    assert "停&lt;车&gt;" in sent.text
    assert kept(halls, NATION).body == PARKING


async def test_whoever_did_not_see_the_last_change_is_told(halls: TownHouse, curator: AtDesk) -> None:
    page = await curator.look(NATIONAL)
    was = page.split('name="was" value="')[1].split('"')[0]
    draft = way(await send(curator, NATIONAL, name="停车的地方"))
    sent = await send(curator, NATIONAL, was=was, name="另一个名字")
    assert sent.status_code == 409 and "有人刚改过" in sent.text and "另一个名字" in sent.text
    found = halls.house.publishing.desk.records.draft(DraftId(draft.rpartition("/")[2]))
    assert found and found.body["name"] == "停车的地方"
