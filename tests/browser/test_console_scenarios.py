"""A curator changes a life event by clicking alone; a reviewer lets it out; a sheet of offices is brought in."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import Response
from playwright.sync_api import Browser, Page, expect

from channels.console.staff import COOKIE, StaffDesk
from server.app import make_app
from server.storage.staff_store import StaffStore
from service_hall.publishing.question_sets import FIRST_SET
from service_hall.staff.accounts import Duties
from service_hall.staff.roles import Role
from tests.lived_town import LivedShelf
from tests.publishing_town import QUESTIONS
from tests.scenario_town import DOG_LIFE
from tests.town_house import SECRET, TownHouse

Sits = Callable[[str, Role], Page]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TownHouse, str]]:
    """The house, and its address. Without Rasa: nobody talks to it here."""
    made = TownHouse(tmp_path_factory.mktemp("town"), shelf=LivedShelf)
    made.house.publishing.hit_testing.keep_set(FIRST_SET, "必测", QUESTIONS, True, "")
    server = uvicorn.Server(uvicorn.Config(make_app(made.house), port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    [listening] = server.servers[0].sockets
    yield made, f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def sits(browser: Browser, town: tuple[TownHouse, str]) -> Iterator[Sits]:
    house, address = town
    contexts = []

    def sit(name: str, role: Role) -> Page:
        response = Response()
        StaffStore(house.house.engine).add(name, "no password's hash", house.clock(), Duties(frozenset({role})))
        accounts = house.house.accounts
        StaffDesk(SECRET, accounts).sign_in(response, name, accounts.session_mark(name) or "")
        [kept] = re.findall(rf'{COOKIE}="?([^;"]+)', response.headers["set-cookie"])
        context = browser.new_context(base_url=address, viewport={"width": 1366, "height": 768})
        context.add_cookies([{"name": COOKIE, "value": kept, "url": address}])
        contexts.append(context)
        return context.new_page()

    yield sit
    for context in contexts:
        context.close()


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
