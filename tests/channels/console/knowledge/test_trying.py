"""Questions are tried one by one, by the sheet and by saved sets, in the pages of the console."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest

from channels.console.knowledge.trying import TESTING, questions_in, text_of
from service_hall.publishing.hit_testing import MOST_WAITED_FOR
from service_hall.publishing.question_sets import FIRST_SET, SavedQuestion, SetId
from service_hall.staff.roles import Role
from tests.channels.console.conftest import At
from tests.channels.console.shell.desk import AtDesk, way
from tests.fakes import EAST, TOWN
from tests.publishing_town import QUESTIONS
from tests.town_house import TownHouse


async def test_one_question_shows_the_hit_and_leads_to_its_statement(anna: AtDesk) -> None:
    page = await anna.look(f"{TESTING}?q=养狗要不要上证")
    assert (
        "命中" in page
        and f"/console/knowledge/guides/dog-register?region={TOWN}#summary" in page
        and "犬只登记" in page
    )
    assert "没有命中" in await anna.look(f"{TESTING}?q=明天下雨吗")


async def test_a_sheet_is_run_and_kept_and_the_next_run_tells_what_it_was(anna: AtDesk, knowing: TownHouse) -> None:
    lines = "养狗要不要上证 | dog-register\n明天下雨吗\t-\n\n夜市摆个摊要办啥手续|dog-register"
    first = await anna.did(TESTING, {"questions": lines})
    assert "3 句，1 句没有命中，2 句答得对" in first and "第一次测" in first and "应是 犬只登记" in first
    knowing.clock.at += timedelta(days=7)
    second = await anna.send(TESTING, {"questions": lines})
    again = await anna.look(way(second))
    assert "0 句和上次不一样" in again and "一样（" in again
    assert "夜市摆个摊" in await anna.look(f"{way(second)}?only=wrong") and "没有这样的" in await anna.look(
        f"{way(second)}?only=changed"
    )


async def test_a_long_sheet_is_asked_while_the_page_tells_how_far_it_is(anna: AtDesk, knowing: TownHouse) -> None:
    testing = knowing.house.publishing.hit_testing
    sent = await anna.send(TESTING, {"questions": "\n".join(f"养狗第{each}问" for each in range(MOST_WAITED_FOR + 1))})
    page = await anna.look(way(sent))
    assert "正在测" in page or "21 句，" in page
    testing._runner.submit(lambda: None).result()
    assert "21 句，" in await anna.look(way(sent))


async def test_items_may_be_named_and_those_that_there_are_not_are_told(anna: AtDesk) -> None:
    page = await anna.did(TESTING, {"questions": "养狗要不要上证 | 犬只登记\n明天下雨吗 | -"})
    assert "2 句答得对" in page
    for address, more in ((TESTING, {}), (f"{TESTING}/sets/new", {"name": "狗"})):
        refused = await anna.send(address, {"questions": "养狗要不要上证 | dog, 猫证", **more}, address)
        assert refused.status_code == 422 and "没有这些事项：dog、猫证" in refused.text


async def test_too_many_are_refused_and_what_was_pasted_stays(anna: AtDesk) -> None:
    refused = await anna.send(TESTING, {"questions": "\n".join(f"问{each}" for each in range(501))})
    assert refused.status_code == 422 and "一次最多测500句" in refused.text and "问500" in refused.text


async def test_a_set_is_kept_changed_and_run(anna: AtDesk, at: At) -> None:
    page = way(
        await anna.send(
            f"{TESTING}/sets/new", {"name": "狗", "questions": "养狗要不要上证 | dog-register", "is_gate": "on"}
        )
    )
    shown = unescape(await anna.look(page))
    assert "养狗要不要上证 | dog-register" in shown and "checked" in shown
    result = await anna.did(f"{page}/run", page=page)
    assert "1 句，0 句没有命中，1 句答得对" in result
    assert "1 句，0 句没有命中" in await anna.look(page)
    analyst = at("ana", Role.ANALYST)
    assert "狗" in await analyst.look(TESTING)
    assert (await analyst.send(page, {"name": "x", "questions": "y"})).status_code == 403


async def test_whoever_is_limited_takes_nothing_out_of_what_is_asked_before_each_publication(at: At) -> None:
    """It guards the whole hall."""
    page = f"{TESTING}/sets/{FIRST_SET}"
    for name, role in (("east", Role.REVIEWER), ("ruler", Role.ADMINISTRATOR)):
        limited = at(name, role, Role.CURATOR, regions=frozenset({EAST}))
        refused = await limited.send(page, {"name": "必测", "questions": "养狗要不要上证", "is_gate": "on"}, page)
        assert refused.status_code == 403 and "审核" in refused.text
    whole = at("whole", Role.REVIEWER, Role.CURATOR)
    kept = await whole.send(page, {"name": "必测", "questions": "养狗要不要上证", "is_gate": "on"}, page)
    assert kept.status_code == 303


@pytest.mark.parametrize("limits", [{"regions": frozenset({EAST})}, {"departments": frozenset({"公安"})}])
async def test_whoever_is_limited_adds_nothing_to_what_is_asked_before_each_publication_either(
    at: At, knowing: TownHouse, limits: dict[str, frozenset[str]]
) -> None:
    limited, page = at("limited", *Role, **limits), f"{TESTING}/sets/{FIRST_SET}"
    gate, kept = {"name": "必测", "is_gate": "on"}, knowing.house.publishing.desk.questions
    more = text_of([*QUESTIONS, SavedQuestion("养猫要不要上证")])
    refused = await limited.send(page, {**gate, "questions": more}, page)
    assert refused.status_code == 403 and "只有不限地区和部门的账号能加和改" in refused.text and "养猫" in refused.text
    assert (await limited.send(f"{TESTING}/sets/new", {**gate, "questions": "养猫要不要上证"})).status_code == 403
    [first] = kept.sets()
    assert first.questions == QUESTIONS
    own = way(await limited.send(f"{TESTING}/sets/new", {"name": "猫", "questions": "养猫要不要上证"}))
    made_gate = await limited.send(own, {**gate, "questions": "养猫要不要上证"}, own)
    assert made_gate.status_code == 403 and [each.is_gate for each in kept.sets()].count(True) == 1


async def test_whoever_is_not_limited_adds_to_what_is_asked_before_each_publication(
    anna: AtDesk, knowing: TownHouse
) -> None:
    page, more = f"{TESTING}/sets/{FIRST_SET}", text_of([*QUESTIONS, SavedQuestion("养猫要不要上证")])
    assert "已保存，共5句" in await anna.did(page, {"name": "必测", "questions": more, "is_gate": "on"}, page)


async def test_a_large_set_is_run_while_the_page_tells_so(anna: AtDesk, knowing: TownHouse) -> None:
    many = "\n".join(f"养狗第{number}问" for number in range(201))
    page = way(await anna.send(f"{TESTING}/sets/new", {"name": "多", "questions": many}))
    told = await anna.did(f"{page}/run", page=page)
    assert "正在测" in told or "201 句，" in told
    knowing.house.publishing.hit_testing._under_way[SetId(page.rpartition("/")[2])].result()
    assert "201 句，" in await anna.look(page)


def test_lines_are_questions_with_what_is_expected() -> None:
    questions = [SavedQuestion("问一", ("a", "b")), SavedQuestion("问二"), SavedQuestion("问三", ("-",))]
    assert questions_in("问一｜a，b\n 问二 \n\n问三\t-") == questions
    assert questions_in(text_of(questions)) == questions
