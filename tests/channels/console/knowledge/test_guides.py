"""Guides are found, drafted, reviewed and published in the pages of the console."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa

from channels.console.knowledge.guides import DRAFTS
from channels.console.knowledge.listing import GUIDES
from channels.console.knowledge.reviews import REVIEWS
from server.storage.schema import catalogue_items, guide_documents, knowledge_changes
from service_hall.staff.audit import Wanted
from service_hall.staff.roles import Role
from tests.channels.console.conftest import At
from tests.channels.console.shell.desk import AtDesk, way
from tests.fakes import EAST, NATION, WEST
from tests.town_house import TownHouse

DOG = "dog-register"
FEE = {"says": "登记费是50元。", "source": "rule#3", "name": "登记费", "amount": "50", "unit": "元"}


async def begun(desk: AtDesk, region: str = NATION, since: str = "2020-01-01") -> str:
    """The draft's address."""
    return way(
        await desk.send(f"{GUIDES}/{DOG}/drafts", {"region": region, "effective_from": since}, f"{GUIDES}/{DOG}")
    )


async def seen(desk: AtDesk, part: str) -> str:
    [found, *_] = re.findall(r'name="seen" value="([^"]+)"', await desk.look(part))
    return str(found)


async def saved(desk: AtDesk, draft: str, part: str, data: dict[str, str], status: int = 303) -> str:
    page = f"{draft}/parts/{part}"
    response = await desk.send(page, {**data, "seen": await seen(desk, page)})
    assert response.status_code == status, response.text
    return unescape(response.text)


async def handed_in(desk: AtDesk, **changed: str) -> str:
    draft = await begun(desk)
    await saved(desk, draft, "fee", {**FEE, **changed})
    await desk.did(f"{draft}/hand-in", {"note": "改费用的说法", "reviews_needed": "1"}, draft)
    return draft


def says(town: TownHouse) -> str:
    guide = town.house.shelf.library().guide(DOG)
    found = guide.statement("fee") if guide else None
    return found.says if found else ""


async def test_a_statement_is_changed_from_its_line_in_the_document_that_says_it(anna: AtDesk) -> None:
    """Wherever one looks at it: what a region shows may be said for the whole nation."""
    page = f"{GUIDES}/{DOG}?region={EAST}"
    shown = await anna.look(page)
    [own, above] = [
        dict(re.findall(r'name="(region|effective_from|statement)" value="([^"]*)"', each))
        for each in shown.split("<tr id=")[1:]
        if 'value="fee"' in each or 'value="vaccine"' in each
    ]
    assert {own["region"], above["region"]} == {EAST, NATION}
    for told in (own, above):
        part = way(await anna.send(f"{GUIDES}/{DOG}/drafts", told, page))
        assert part.endswith(f"/parts/{told['statement']}") and 'name="says"' in await anna.look(part)


async def test_a_part_of_a_draft_in_review_says_why_it_cannot_be_changed(anna: AtDesk) -> None:
    """改 beside a statement leads there, whoever has a draft of it."""
    part = f"{await handed_in(anna)}/parts/fee"
    shown = await anna.look(part)
    assert "正在审核" in shown and "撤回来改" in shown and "disabled" in shown and ">保存<" not in shown


async def test_a_day_of_publishing_that_is_past_is_refused(anna: AtDesk) -> None:
    draft = await begun(anna)
    await saved(anna, draft, "fee", FEE)
    for day in ("2020-01-01", "1606780800"):
        told = {"note": "改费用的说法", "reviews_needed": "1", "publish_on": day}
        refused = await anna.send(f"{draft}/hand-in", told, draft)
        assert refused.status_code == 422 and "已经过了" in refused.text


async def test_guides_are_found_by_name_theme_and_state(anna: AtDesk) -> None:
    everything = await anna.look(GUIDES)
    assert "6 个事项" in everything and "犬只登记" in everything
    found = await anna.look(f"{GUIDES}?q=养狗登记")
    assert "犬只登记" in found and "夜市摊位备案" not in found
    none = await anna.look(f"{GUIDES}?state=none")
    assert "小渔船登记" in none and "犬只登记" not in none
    assert "没有找到" in await anna.look(f"{GUIDES}?q=火星")
    await begun(anna)
    assert "1 个事项" in await anna.look(f"{GUIDES}?state=draft")


async def test_a_guide_shows_its_statements_with_what_they_rest_on(anna: AtDesk) -> None:
    page = await anna.look(f"{GUIDES}/{DOG}?region={EAST}")
    assert "登记费50元。" in page and "rule#3" in page and "已核原文" in page
    assert "东河区犬只登记点。" in page and "东河区自己的" in page
    assert "没有这个事项" in await anna.look(f"{GUIDES}/nothing", 404)


async def test_an_edit_goes_from_draft_through_review_to_the_citizen(
    anna: AtDesk, berta: AtDesk, knowing: TownHouse
) -> None:
    draft = await handed_in(anna)
    assert "改费用的说法" in await berta.look(REVIEWS)
    review = draft.replace(DRAFTS, REVIEWS)
    assert "<ins>" in await berta.look(review) and "没有等您审核的" in await at_own_queue(anna)
    done = await berta.did(f"{review}/approve", {}, review)
    assert "已发布" in done and says(knowing) == "登记费是50元。"
    history = await anna.look(f"{GUIDES}/{DOG}/history")
    assert "第2版" in history and "berta" in history and "随系统带来" in history
    deeds = [line.entry.what for line in knowing.house.audit.lines(Wanted(kind="guide"))]
    assert sorted(deeds) == ["guide.approve", "guide.hand_in", "guide.publish", "guide.write"]


async def at_own_queue(desk: AtDesk) -> str:
    """A curator has none."""
    response = await desk.http.get(REVIEWS)
    assert response.status_code == 403
    return "没有等您审核的"


async def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(anna: AtDesk) -> None:
    draft = await begun(anna)
    page = await saved(anna, draft, "fee", {**FEE, "says": "", "amount": "五十", "asked": "养狗贵不贵 | oral"}, 422)
    assert "五十" in page and "养狗贵不贵 | oral" in page
    assert re.search(r'id="e-amount"', page) and re.search(r'id="e-says"', page)
    assert "已存进草稿，还有 2 处要改" in page
    again = await anna.look(f"{draft}/parts/fee")
    assert "五十" in again and "养狗贵不贵 | 口语" in again
    refused = await anna.send(f"{draft}/hand-in", {"note": "改"}, draft)
    assert refused.status_code == 422 and "还有内容要改" in refused.text


async def test_what_nobody_touched_stays_as_it_was_written(anna: AtDesk) -> None:
    draft = await begun(anna)
    page = await anna.look(f"{draft}/parts/summary")
    form = {
        name: unescape(text)
        for name, text in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n([^<]*)</textarea>', page)
    }
    await saved(anna, draft, "summary", form)
    assert "没有差别" in await anna.look(draft)


async def test_the_second_of_two_editors_gets_the_difference_and_loses_nothing(at: At, anna: AtDesk) -> None:
    carla = at("carla", Role.CURATOR)
    draft = await begun(anna)
    assert await begun(carla) == draft
    page = f"{draft}/parts/fee"
    old = await seen(carla, page)
    await saved(anna, draft, "fee", FEE)
    beaten = await carla.send(page, {**FEE, "says": "登记费每只50元。", "seen": old})
    assert beaten.status_code == 409
    told = unescape(beaten.text)
    assert "anna 在您打开之后改过这里" in told and "登记费每只50元。" in told and "<del>" in told
    now = re.findall(r'name="seen" value="([^"]+)"', told)[0]
    await carla.did(page, {**FEE, "says": "登记费每只50元。", "seen": now})
    assert "登记费每只50元。" in await anna.look(draft)


async def test_what_is_typed_is_kept_without_a_button(anna: AtDesk) -> None:
    draft = await begun(anna)
    page = f"{draft}/parts/fee"
    kept = await anna.send(page, {**FEE, "says": "登记费五", "auto": "1", "seen": await seen(anna, page)})
    assert kept.status_code == 200 and "已存进草稿" in kept.json()["said"]
    assert "登记费五" in await anna.look(page) and kept.json()["seen"] == await seen(anna, page)


async def test_what_the_gate_stops_wants_a_reason(anna: AtDesk, berta: AtDesk, knowing: TownHouse) -> None:
    draft = await handed_in(anna, says="登记费60元。", amount="60")
    review = draft.replace(DRAFTS, REVIEWS)
    stopped = await berta.send(f"{review}/approve", {}, review)
    assert stopped.status_code == 409 and "原文里没有这个数" in stopped.text and says(knowing) == "登记费50元。"
    [field] = set(re.findall(r'name="(why\.\w+)"', stopped.text))
    await berta.did(f"{review}/approve", {field: "新文件下周收录，已核对"}, review)
    assert says(knowing) == "登记费60元。"
    [line] = knowing.house.audit.lines(Wanted(what="guide.approve"))
    assert list(line.entry.after["accepted"].values()) == ["新文件下周收录，已核对"]


async def test_the_second_reviewer_reads_nothing_of_the_first(at: At, anna: AtDesk, berta: AtDesk) -> None:
    carla = at("carla", Role.REVIEWER)
    draft = await begun(anna)
    await saved(anna, draft, "fee", {**FEE, "says": "登记费60元。", "amount": "60"})
    await anna.did(f"{draft}/hand-in", {"note": "涨价", "reviews_needed": "2"}, draft)
    review = draft.replace(DRAFTS, REVIEWS)
    stopped = await berta.send(f"{review}/approve", {}, review)
    [field] = set(re.findall(r'name="(why\.\w+)"', stopped.text))
    assert "还等另一位审核" in await berta.did(f"{review}/approve", {field: "已经核实", "reason": "没问题"}, review)
    for page in (review, draft):
        told = await carla.look(page)
        assert "已经核实" not in told and "没问题" not in told
    assert (await carla.send(f"{review}/approve", {}, review)).status_code == 409


async def test_a_reviewer_gives_back_with_a_reason(anna: AtDesk, berta: AtDesk) -> None:
    draft = await handed_in(anna)
    review = draft.replace(DRAFTS, REVIEWS)
    assert (await berta.send(f"{review}/give-back", {"reason": ""}, review)).status_code == 422
    await berta.did(f"{review}/give-back", {"reason": "写清是一只"}, review)
    assert "写清是一只" in await anna.look(draft)


async def test_a_regions_additions_stand_beside_what_they_add_to(anna: AtDesk) -> None:
    draft = await begun(anna, WEST, "2024-01-01")
    page = await anna.look(draft)
    assert "芯片费30元。" in page and "本地不适用" in page and "照上级" in page
    await anna.did(f"{draft}/inherited/chip-fee", {"holds": "yes"}, draft)
    await saved(anna, draft, "fee", {**FEE, "says": "西山区登记费50元。"})
    page = await anna.look(draft)
    assert "本地改的" in page and "西山区登记费50元。" in page and "登记费50元。" in page


async def test_a_statement_is_added_with_an_id_of_its_own(anna: AtDesk) -> None:
    draft = await begun(anna)
    assert (await anna.send(f"{draft}/new", {"kind": "note", "id": "fee"})).status_code == 422
    assert (await anna.send(f"{draft}/new", {"kind": "note", "id": "Leash 1"})).status_code == 422
    part = way(await anna.send(f"{draft}/new", {"kind": "note", "id": "leash"}))
    assert part == f"{draft}/parts/leash"
    await saved(
        anna,
        draft,
        "leash",
        {"says": "遛狗要牵绳。", "source": "rule#3", "aspects[]": "overview", "asked": "遛狗牵不牵绳"},
    )
    assert "遛狗要牵绳。" in await anna.look(draft)
    await anna.did(f"{part}/remove", {"seen": await seen(anna, part)}, part)
    assert "遛狗要牵绳。" not in await anna.look(draft)


async def test_a_draft_is_previewed_on_the_web_and_on_wechat(anna: AtDesk) -> None:
    draft = await begun(anna)
    await saved(anna, draft, "fee", {**FEE, "asked": "养狗证多少钱"})
    opened = await anna.look(f"{draft}/preview")
    assert 'name="q" value="养狗证多少钱"' in opened and "登记费是50元。" in opened
    page = await anna.look(f"{draft}/preview?q=养狗证多少钱")
    assert "<u>" in page and "&lt;a href" not in page
    [on_the_web] = re.findall(r"data-replies='([^']+)'", page)
    assert "登记费是50元。" in json.loads(on_the_web)[0]["text"]
    assert "登记费是50元。" in page and "回复序号" in page


async def test_of_a_new_statement_a_reviewer_reads_its_source_and_what_is_asked(anna: AtDesk) -> None:
    draft = await begun(anna)
    await anna.send(f"{draft}/new", {"kind": "fee", "id": "tag-fee"})
    await saved(anna, draft, "tag-fee", {**FEE, "says": "牌照费5元。", "amount": "5", "asked": "狗牌多少钱"})
    page = await anna.look(draft)
    told = page[page.index("改了什么") : page.index("送审")]
    assert all(each in told for each in ("牌照费5元。", "tag-fee · 来源", "rule#3", "tag-fee · 问法", "狗牌多少钱"))


async def test_a_preview_asks_what_is_new_and_not_what_was_asked_before(anna: AtDesk) -> None:
    draft = await begun(anna)
    summary = {"says": "给狗上证由本人到窗口办理。", "source": "rule#3", "asked": "养狗要不要上证\n遛狗牌在哪里领"}
    await saved(anna, draft, "summary", summary)
    assert 'name="q" value="遛狗牌在哪里领"' in await anna.look(f"{draft}/preview")


async def test_an_old_version_comes_back_as_a_draft(anna: AtDesk, berta: AtDesk) -> None:
    review = (await handed_in(anna)).replace(DRAFTS, REVIEWS)
    await berta.did(f"{review}/approve", {}, review)
    page = f"{GUIDES}/{DOG}/history/{NATION}/1?since=2020-01-01"
    draft = await anna.did(f"{GUIDES}/{DOG}/history/{NATION}/1/roll-back", {"since": "2020-01-01"}, page)
    assert "已按第1版起了草稿" in draft and "登记费50元。" in draft


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CURATOR, 303), (Role.REVIEWER, 403), (Role.CLERK, 403), (Role.AGENT, 403), (Role.ANALYST, 403), (Role.ADMINISTRATOR, 303)],
)  # fmt: skip
async def test_who_may_begin_a_draft(at: At, role: Role, status: int) -> None:
    desk = at("somebody", role)
    response = await desk.send(f"{GUIDES}/{DOG}/drafts", {"region": NATION, "effective_from": "2020-01-01"}, "/console")
    assert response.status_code == status


async def test_who_is_limited_to_a_region_writes_for_that_one_alone(at: At) -> None:
    east = at("east", Role.CURATOR, regions=frozenset({EAST}))
    await begun(east, EAST, "2024-01-01")
    refused = await east.send(f"{GUIDES}/{DOG}/drafts", {"region": WEST, "effective_from": "2024-01-01"}, "/console")
    assert refused.status_code == 403


async def test_nobody_sees_any_of_it_unless_signed_in(anna: AtDesk) -> None:
    anna.http.cookies.clear()
    for path in (GUIDES, f"{GUIDES}/{DOG}", DRAFTS, REVIEWS):
        assert way(await anna.http.get(path)).startswith("/console/sign-in")


async def test_what_is_kept_while_it_is_typed_is_one_line_of_the_book(anna: AtDesk, knowing: TownHouse) -> None:
    draft = await begun(anna)
    page = f"{draft}/parts/fee"
    for typed in ("登记费51元。", "登记费52元。", "登记费53元。"):
        kept = await anna.send(page, {**FEE, "says": typed, "auto": "1", "seen": await seen(anna, page)})
        assert kept.status_code == 200, kept.text
    assert len(knowing.house.audit.lines(Wanted(what="guide.write"))) == 1
    knowing.clock.at += timedelta(hours=1)
    await anna.send(page, {**FEE, "says": "登记费54元。", "auto": "1", "seen": await seen(anna, page)})
    assert len(knowing.house.audit.lines(Wanted(what="guide.write"))) == 2


async def test_the_draft_of_a_guide_that_is_gone_can_be_read_and_dropped(anna: AtDesk, knowing: TownHouse) -> None:
    draft = await handed_in(anna)
    await anna.did(f"{draft}/take-back", page=draft)
    store = knowing.house.shelf.store
    with store._engine.begin() as transaction:
        for table, own in ((catalogue_items, "item_id"), (guide_documents, "guide_id")):
            transaction.execute(sa.delete(table).where(table.c[own] == DOG))
        transaction.execute(sa.insert(knowledge_changes).values(kind="catalogue item", thing_id=DOG))
    knowing.house.shelf.catch_up()
    assert DOG not in knowing.house.shelf.library().names
    for path in (draft, f"{draft}/parts/fee", f"{draft}/check", f"{draft}/preview", DRAFTS):
        await anna.look(path)
    response = await anna.send(f"{draft}/hand-in", {"note": "改了", "reviews_needed": "1"}, draft)
    assert response.status_code in (409, 422) and "目录里没有" in response.text
    await anna.look(f"{GUIDES}/{DOG}", 404)
    assert "已作废" in await anna.did(f"{draft}/drop", page=draft)
