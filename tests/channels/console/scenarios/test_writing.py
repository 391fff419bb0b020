"""A life event, and rates, are changed in the console: drafted, reviewed by somebody else, published, rolled back."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

from knowledge_base.kept import Kind
from knowledge_base.scenarios.topics import topic_id_of
from server.shelf import Shelf
from server.storage.knowledge_store import KnowledgeStore
from service_hall.scenarios.keeping import ChecklistId, KeptList
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId
from service_hall.staff.audit import Wanted
from service_hall.staff.roles import Role
from tests.channels.console.conftest import At
from tests.channels.console.shell.desk import AtDesk, way
from tests.fakes import EAST, TOWN, fake_embed, town_intents
from tests.scenario_town import DOG_LIFE, TODAY
from tests.town_house import TownHouse

NOW = datetime(2026, 11, 25, 9, tzinfo=SHANGHAI)
DOG = f"/console/scenarios/{DOG_LIFE}"
WHOSE = "parts/questions.whose"
OPTIONS = "family | 自己家养 | 家里、自己、个人\nfirm | 单位养来看门 | 公司、单位、厂里"
STEP = f"/api/scenarios/{DOG_LIFE}/step"


async def begun(desk: AtDesk, page: str = DOG) -> str:
    return way(await desk.send(f"{page}/drafts", page=page))


async def saved(desk: AtDesk, page: str, data: dict[str, str], status: int = 303) -> str:
    [seen, *_] = re.findall(r'name="seen" value="([^"]+)"', await desk.look(page))
    response = await desk.send(page, {**data, "seen": seen})
    assert response.status_code == status, response.text
    return unescape(response.text)


async def handed_in(desk: AtDesk, draft: str) -> str:
    return await desk.did(f"{draft}/hand-in", {"note": "问得更清楚", "reviews_needed": "1"}, draft)


async def approved(desk: AtDesk, draft: str) -> str:
    review = draft.replace("/drafts/", "/reviews/")
    while "正在用测试题检查" in await desk.look(review):
        pass
    return await desk.did(f"{review}/approve", {}, review)


def asked(town: TownHouse) -> str:
    return town.house.shelf.library().published.scenarios[DOG_LIFE].questions[0].ask


async def test_an_edit_goes_through_review_to_all_doors_at_once(
    anna: AtDesk, berta: AtDesk, knowing: TownHouse
) -> None:
    other = Shelf(KnowledgeStore(knowing.house.engine), fake_embed, town_intents(), TOWN, knowing.clock)
    draft = await begun(anna)
    await saved(anna, f"{draft}/{WHOSE}", {"ask": "这只狗归谁养？", "kind": "single", "options": OPTIONS})
    page = await handed_in(anna, draft)
    assert "狗是谁养？" in re.sub("</?(ins|del)>", "", page) and "已送审" in page
    review = draft.replace("/drafts/", "/reviews/")
    assert "不能审核自己改过的草稿" in await _own_review(anna, knowing, review)
    assert asked(knowing) == "狗是谁养？"
    await approved(berta, draft)
    assert asked(knowing) == "这只狗归谁养？"
    answer = await anna.http.post(STEP, json={"answers": {}})
    assert answer.json()["question"]["text"].startswith("这只狗归谁养？")
    other.restock()  # as after a restart, or on another node
    assert other.library().published.scenarios[DOG_LIFE].questions[0].ask == "这只狗归谁养？"
    kept = KnowledgeStore(knowing.house.engine).changed_since(0)
    assert kept and DOG_LIFE in kept.ids[Kind.SCENARIO]
    deeds = [each.entry.what for each in knowing.house.audit.lines(Wanted())]
    assert "scenario.publish" in deeds and "scenario.write" in deeds


async def _own_review(anna: AtDesk, knowing: TownHouse, review: str) -> str:
    from service_hall.publishing.draft import DraftId

    draft = knowing.house.publishing.desk.records.draft(DraftId(review.rpartition("/")[2]))
    assert draft is not None
    why = knowing.house.publishing.reviewing.why_not(draft, "anna")
    return why.why if why else ""


async def test_what_is_wrong_is_said_beside_the_field(anna: AtDesk) -> None:
    draft = await begun(anna)
    page = await saved(anna, f"{draft}/parts/questions.also", {"ask": "还做什么？", "kind": "multi", "when": "famly", "options": "reads | 去图书馆", "none": "都没有"}, 422)  # fmt: skip
    assert "没有叫这个名字的条件：famly" in page
    assert 'aria-describedby="e-when' in page.replace("h-when ", "")
    page = await saved(anna, f"{draft}/parts/steps.register", {"item": "no-such-item", "reason": "要办。"}, 422)
    assert "没有在办的事项：no-such-item" in page
    response = await anna.send(f"{draft}/hand-in", {"note": "改了", "reviews_needed": "1"}, draft)
    assert response.status_code == 422 and "还有内容要改" in response.text


async def test_a_step_that_is_never_reached_is_found_when_all_ways_are_walked(anna: AtDesk) -> None:
    draft = await begun(anna)
    never = "{all: [reads, {answer: whose, is: firm}]}"
    await saved(
        anna, f"{draft}/parts/steps.card", {"item": "library-card-first", "reason": "要借书证。", "when": never}
    )
    response = await anna.send(f"{draft}/hand-in", {"note": "改了", "reviews_needed": "1"}, draft)
    assert response.status_code == 422 and "步骤走不到：card" in response.text
    picture = await anna.look(f"{DOG}?draft={draft.rpartition('/')[2]}")
    assert "走不到" in picture and "这是草稿的样子" in picture


async def test_a_draft_is_tried_out_on_any_day_before_it_is_published(anna: AtDesk) -> None:
    draft = await begun(anna)
    await saved(anna, f"{draft}/{WHOSE}", {"ask": "这只狗归谁养？", "kind": "single", "options": OPTIONS})
    named = draft.rpartition("/")[2]
    assert "这只狗归谁养？" in await anna.look(f"{DOG}/try?draft={named}&as_of=2026-03-01")
    assert "这只狗归谁养？" not in await anna.look(f"{DOG}/try")
    assert "没有这份草稿" in await anna.look(f"{DOG}/try?draft=nothing", 404)


async def test_questions_are_added_moved_and_taken_away(anna: AtDesk, knowing: TownHouse) -> None:
    draft = await begun(anna)
    await anna.send(f"{draft}/new", {"kind": "questions", "id": "colour"}, f"{draft}/new")
    page = await anna.look(draft)
    assert 'id="questions.colour"' in page
    response = await anna.send(f"{draft}/new", {"kind": "questions", "id": "whose"}, f"{draft}/new")
    assert "这个编号已经有了" in response.text
    moved = await anna.did(f"{draft}/move/questions.dogs", {"way": "up"}, draft)
    assert moved.index('id="questions.dogs"') < moved.index('id="questions.born-on"')
    [seen, *_] = re.findall(r'name="seen" value="([^"]+)"', await anna.look(f"{draft}/parts/questions.colour"))
    page = await anna.did(f"{draft}/parts/questions.colour/remove", {"seen": seen}, f"{draft}/parts/questions.colour")
    assert 'id="questions.colour"' not in page


async def test_history_shows_what_changed_and_leads_back(anna: AtDesk, berta: AtDesk, knowing: TownHouse) -> None:
    draft = await begun(anna)
    await saved(anna, f"{draft}/{WHOSE}", {"ask": "这只狗归谁养？", "kind": "single", "options": OPTIONS})
    await handed_in(anna, draft)
    await approved(berta, draft)
    history = await anna.look(f"{DOG}/history")
    assert "第2版" in history and "随系统带来" in history
    version = await anna.look(f"{DOG}/history/000000/2")
    assert "问题 whose · 问什么" in version
    back = f"{DOG}/history/000000/1"
    draft = way(await anna.send(f"{back}/roll-back", {"since": ""}, back))
    await handed_in(anna, draft)
    await approved(berta, draft)
    assert asked(knowing) == "狗是谁养？"
    await anna.look(f"{DOG}/history/000000/9", 404)


async def test_an_event_is_withdrawn_after_a_review_and_offered_again(
    anna: AtDesk, berta: AtDesk, knowing: TownHouse
) -> None:
    checklists = knowing.house.hall.scenarios.desk.checklists
    her = VisitorId("v_she")
    answers = {"whose": "firm", "came-on": "2026-11-20", "dogs": 2}
    for number, is_draft in enumerate((False, False, True)):
        checklists.keep(
            KeptList(ChecklistId(f"list-of-{number}"), her, DOG_LIFE, answers, TODAY, None, NOW, is_draft=is_draft)
        )
    chat, listed = {"text": "我家要养狗，都要办什么"}, f"/console/scenarios/{DOG_LIFE}"
    draft = way(await anna.send(f"{DOG}/withdraw", page=DOG))
    page = await anna.look(draft)
    assert "列好的清单 2 份，答到一半的 1 份" in page and "犬只登记" in page
    assert "先把草稿发布或者作废" in await anna.did(f"{DOG}/withdraw", {}, draft)
    await handed_in(anna, draft)
    assert "列好的清单 2 份" in await berta.look(draft.replace("/drafts/", "/reviews/"))
    assert DOG_LIFE in knowing.house.shelf.library().published.scenarios
    await approved(berta, draft)
    other = Shelf(KnowledgeStore(knowing.house.engine), fake_embed, town_intents(), TOWN, knowing.clock)
    other.restock()  # as after a restart, or on another node
    for library in (knowing.house.shelf.library(), other.library()):
        assert not library.published.scenarios and list(library.published.withdrawn) == [DOG_LIFE]
        assert topic_id_of(DOG_LIFE) not in library.topic_ids and not library.event_listed(chat["text"])
    assert (await anna.http.get("/api/scenarios")).json() == {"scenarios": []}
    assert (await anna.http.post(STEP, json={"answers": {}})).status_code == 404
    assert (await anna.http.get(f"/scenarios/{DOG_LIFE}")).status_code == 404
    assert "养狗一件事" not in (await anna.http.post("/api/chat/messages", json=chat)).text
    assert "打狂犬疫苗" in (await anna.http.get("/checklists/list-of-0")).text
    assert "撤下的" in await anna.look("/console/scenarios")
    assert "已经撤下" in await anna.look(listed)
    draft = way(await anna.send(f"{DOG}/offer-again", page=DOG))
    await handed_in(anna, draft)
    await approved(berta, draft)
    assert asked(knowing) == "狗是谁养？"
    assert (await anna.http.post(STEP, json={"answers": {}})).status_code == 200


async def test_an_event_with_faults_can_be_withdrawn(anna: AtDesk, berta: AtDesk, knowing: TownHouse) -> None:
    """That an item of it ended may be why."""
    draft = way(await anna.send(f"{DOG}/withdraw", page=DOG))
    await saved(anna, f"{draft}/parts/steps.card", {"item": "no-such-item", "reason": "要借书证。"})
    await handed_in(anna, draft)
    await approved(berta, draft)
    assert list(knowing.house.shelf.library().published.withdrawn) == [DOG_LIFE]
    draft = way(await anna.send(f"{DOG}/offer-again", page=DOG))
    assert "没有在办的事项：no-such-item" in await anna.look(draft)


async def test_rates_are_changed_the_same_way(anna: AtDesk, berta: AtDesk, knowing: TownHouse) -> None:
    page = await anna.look("/console/rates")
    assert "养狗" in page and "50元" in page
    draft = await begun(anna, "/console/rates/dogs")
    part = f"{draft}/parts/rates.licence"
    wrong = await saved(anna, part, {"title": "登记费", "unit": "元", "values": "70 | 2020-01-01 | | rule#3"}, 422)
    assert "所引条文里没有“70元”" in wrong
    ended = "50 | 2020-01-01 | 2020-12-31 | rule#3"
    assert "没有数值了" in await saved(anna, part, {"title": "登记费", "unit": "元", "values": ended}, 422)
    await saved(anna, part, {"title": "登记费", "unit": "元", "values": "50 | 2019-01-01 | | rule#3"})
    await handed_in(anna, draft)
    await approved(berta, draft)
    [rate] = knowing.house.shelf.library().published.rates.files["dogs"].rates
    assert str(rate.values[0].in_force_from) == "2019-01-01"
    assert "第2版" in await anna.look("/console/rates/dogs/history")


async def test_whoever_is_limited_to_a_region_reads_and_changes_nothing(at: At) -> None:
    desk = at("dora", Role.CURATOR, regions=frozenset({EAST}))
    assert "改这件事" not in await desk.look(DOG)
    token = await desk.csrf("/console/account")
    assert (await desk.http.post(f"{DOG}/drafts", data={"csrf": token})).status_code == 403
