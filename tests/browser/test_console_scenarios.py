"""A curator changes a life event by clicking alone; a reviewer lets it out; a sheet of offices is brought in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from service_hall.staff.roles import Role
from tests.browser.console_town import Sits, seats, serving
from tests.lived_town import LivedShelf
from tests.publishing_town import with_first_set
from tests.scenario_town import DOG_LIFE
from tests.town_house import TownHouse


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TownHouse, str]]:
    """The house, and its address."""
    made = with_first_set(TownHouse(tmp_path_factory.mktemp("town"), shelf=LivedShelf))
    with serving(made) as address:
        yield made, address


@pytest.fixture
def sits(browser: Browser, town: tuple[TownHouse, str]) -> Iterator[Sits]:
    with seats(browser, *town, size=(1366, 768)) as sit:
        yield sit


def test_a_question_of_a_life_event_is_reworded_reviewed_and_asked(sits: Sits, town: tuple[TownHouse, str]) -> None:
    anna, berta = sits("anna", Role.CURATOR), sits("berta", Role.REVIEWER)
    anna.goto("/console/scenarios")
    anna.get_by_role("link", name="我家要养狗（养狗一件事）").click()
    anna.get_by_role("button", name="改这件事").click()
    anna.locator("tr[id='questions.whose']").get_by_role("link", name="改").click()
    anna.get_by_label("问什么").fill("")
    anna.get_by_role("button", name="保存").click()
    expect(anna.locator(".wrongs")).to_contain_text("还有 1 处要改")
    anna.get_by_label("问什么").fill("这只狗归谁养？")
    expect(anna.locator("[data-autosaved]")).to_contain_text("已存进草稿")
    anna.get_by_role("button", name="保存").click()
    anna.get_by_label("改了什么、为什么改").fill("问得更清楚")
    anna.get_by_role("button", name="送审").click()
    expect(anna.locator(".tag").first).to_contain_text("在审核")
    anna.get_by_role("link", name="试办一次").click()
    expect(anna.get_by_text("这只狗归谁养？").first).to_be_visible()

    berta.goto("/console/knowledge/reviews")
    berta.get_by_role("link", name="我家要养狗").click()
    berta.get_by_role("button", name="通过").click()
    expect(berta.locator(".said").first).to_contain_text("已发布")
    house, _ = town
    assert house.house.hall.library().published.scenarios[DOG_LIFE].questions[0].ask == "这只狗归谁养？"
    anna.goto(f"/console/scenarios/{DOG_LIFE}/history")
    expect(anna.get_by_role("link", name="第2版")).to_be_visible()


def test_a_sheet_of_offices_is_checked_before_it_is_taken(sits: Sits, tmp_path: Path) -> None:
    page = sits("carla", Role.ADMINISTRATOR)
    page.goto("/console/offices")
    page.get_by_role("link", name="导入导出").last.click()
    with page.expect_download() as told:
        page.get_by_role("link", name="Excel（四张表）").click()
    sheet = tmp_path / "offices.xlsx"
    told.value.save_as(sheet)
    page.get_by_label("XLSX 或 CSV").set_input_files(sheet)
    page.get_by_role("button", name="先检查").click()
    expect(page.locator(".said")).to_contain_text("和现在的内容一样")
