"""Life events in the console: what stands in them, what is wrong with them on a day, and what they come to."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from service_hall.staff.roles import Role
from tests.channels.console.shell.desk import AtDesk
from tests.channels.web.conftest import Knock
from tests.fakes import EAST
from tests.scenario_town import DOG_LIFE, SharedScenarioShelf, dog_life
from tests.town_house import TownHouse

SCENARIOS = "/console/scenarios"
DOG = f"{SCENARIOS}/{DOG_LIFE}"
ALL = {"whose": "family", "came-on": "2026-05-20", "born-on.unsure": "on", "dogs": "1", "also": "sells"}


@pytest.fixture
def halls(tmp_path: Path) -> TownHouse:
    """On Monday 2026-06-01 at half past nine."""
    return TownHouse(tmp_path, shelf=SharedScenarioShelf)


@pytest.fixture
def curator(halls: TownHouse, knock: Knock) -> AtDesk:
    return AtDesk(knock(halls)).signed_in(halls, "李静", Role.CURATOR)


def tried(answers: dict[str, str], **more: str) -> str:
    return f"{DOG}/try?{urlencode(answers | more)}"


class TestTheList:
    async def test_says_of_each_what_its_checks_found(self, curator: AtDesk) -> None:
        page = await curator.look(SCENARIOS)
        assert "我家要养狗" in page and "没有问题" in page and f'href="{DOG}?as_of=2026-06-01"' in page

    async def test_on_a_day_before_its_items_are_in_force_they_are_named(self, curator: AtDesk) -> None:
        page = await curator.look(f"{SCENARIOS}?as_of=2001-01-01")
        assert "没有在办的事项" in page and "没有问题" not in page

    async def test_refuses_days_that_nobody_means(self, curator: AtDesk) -> None:
        await curator.look(f"{SCENARIOS}?as_of=1890-01-01", 422)
        await curator.look(f"{SCENARIOS}?as_of=soon", 422)
        await curator.look(f"{SCENARIOS}?as_of=")

    @pytest.mark.parametrize("role", Role)
    async def test_every_role_may_read(self, halls: TownHouse, knock: Knock, role: Role) -> None:
        desk = AtDesk(knock(halls)).signed_in(halls, "谁都行", role)
        assert f'href="{SCENARIOS}"' in await desk.look(DOG)


class TestALifeEvent:
    async def test_shows_its_picture_questions_steps_and_words(self, curator: AtDesk) -> None:
        page = await curator.look(DOG)
        [drawn] = re.findall(r"<svg xmlns.*?</svg>", page, re.S)
        picture = ElementTree.fromstring(drawn)
        boxes = [each for each in picture.iter() if each.tag.endswith("rect")]
        assert len(boxes) == len(dog_life().questions) + len(dog_life().steps)
        assert "style=" not in page and "<style" not in page
        for said in ("狗是谁养？", "单位养来看门", "至少有1只，请重新填。", "不上证的狗不能出门。", "牵绳出门。"):
            assert said in page
        assert 'href="/console/knowledge/guides/dog-register"' in page
        assert "狗是谁养？ 是 自己家养" in page

    async def test_dead_ends_are_shown_in_the_picture_and_told(self, curator: AtDesk) -> None:
        assert 'class="step dead"' not in await curator.look(DOG)
        page = await curator.look(f"{DOG}?as_of=2001-01-01")
        assert 'class="step dead"' in page and "这一天没有在办的指南" in page

    async def test_the_page_of_a_guide_leads_to_those_that_use_it(self, curator: AtDesk) -> None:
        assert f'<a href="{DOG}">我家要养狗' in await curator.look("/console/knowledge/guides/night-stall")
        assert DOG not in await curator.look("/console/knowledge/guides/library-card-lost")

    async def test_one_that_there_is_not_is_said_in_words(self, curator: AtDesk) -> None:
        assert "没有这件事" in await curator.look(f"{SCENARIOS}/keep-a-cat", 404)
        assert "没有这件事" in await curator.look(f"{SCENARIOS}/keep-a-cat/try", 404)


class TestTryingOut:
    async def test_begins_with_the_first_question_and_asks_the_next_beside_what_was_told(self, curator: AtDesk) -> None:
        page = await curator.look(f"{DOG}/try")
        assert "狗是谁养？" in page and "狗是哪天到家的" not in page
        page = await curator.look(tried({"whose": "family", "came-on": ""}))
        assert '<option value="family" selected>' in page and "狗是哪天到家的" in page

    async def test_comes_to_the_list_of_the_citizen_with_why_each_step_stands_there(self, curator: AtDesk) -> None:
        page = unescape(await curator.look(tried(ALL)))
        answers = {"whose": "family", "came-on": "2026-05-20", "born-on": "unsure", "dogs": 1, "also": ["sells"]}
        told = await curator.http.post(f"/api/scenarios/{DOG_LIFE}/step", json={"answers": answers})
        assert told.json()["checklist"]["text"] in page
        why = page.split("每一步为什么在这里")[1]
        on_list, left_out = why.split("没有列上的步骤")
        assert "还打算做什么？ 选了 夜市卖狗粮" in on_list and "不算" in on_list
        assert 'id="s-card"' in left_out and "还打算做什么？ 选了 带它去图书馆" in left_out

    async def test_an_answer_that_cannot_be_is_refused_beside_its_field_and_stays_there(self, curator: AtDesk) -> None:
        page = await curator.look(tried(ALL | {"dogs": "0"}))
        assert 'id="e-dogs">至少有1只，请重新填。' in page and 'value="0"' in page and "群众得到的清单" not in page

    async def test_answers_beside_the_way_wait_for_it_to_lead_there_again(self, curator: AtDesk) -> None:
        page = await curator.look(tried(ALL | {"whose": "firm"}))
        assert '<input type="hidden" name="also" value="sells">' in page and "群众得到的清单" in page

    async def test_another_day_judges_by_that_day(self, curator: AtDesk) -> None:
        page = await curator.look(tried(ALL, as_of="2026-05-01"))
        assert "这一天还没到，请填狗已经到家的日子。" in page

    async def test_is_told_for_the_region_that_is_picked(self, curator: AtDesk) -> None:
        page = await curator.look(tried(ALL, for_region=EAST))
        assert f'<option value="{EAST}" selected>' in page
        assert "群众得到的清单" in await curator.look(tried(ALL, for_region="999999"))
