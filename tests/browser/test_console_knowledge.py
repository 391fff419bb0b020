"""A curator who is new to it mends a wrong answer, by the page `docs/tasks/keep-the-knowledge.md` alone."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from fastapi import Response
from playwright.sync_api import Browser, Locator, Page, expect

from channels.console.staff import COOKIE, StaffDesk
from server.app import make_app
from server.storage.staff_store import StaffStore
from service_hall.publishing.question_sets import FIRST_SET
from service_hall.staff.accounts import Duties
from service_hall.staff.roles import Role
from tests.publishing_town import QUESTIONS, TownShelf
from tests.town_house import SECRET, TownHouse

MOST_CLICKS = 12
Sits = Callable[[str, Role], Page]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TownHouse, str]]:
    """The house, and its address. Without Rasa: nobody talks to it here."""
    made = TownHouse(tmp_path_factory.mktemp("town"), shelf=TownShelf)
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
        context = browser.new_context(base_url=address, viewport={"width": 1024, "height": 760})
        context.add_cookies([{"name": COOKIE, "value": kept, "url": address}])
        contexts.append(context)
        return context.new_page()

    yield sit
    for context in contexts:
        context.close()


def test_a_wrong_answer_is_mended_and_reviewed_in_few_clicks(sits: Sits, town: tuple[TownHouse, str]) -> None:
    anna, berta = sits("anna", Role.CURATOR), sits("berta", Role.REVIEWER)
    clicks = 0

    def click(target: Locator) -> None:
        nonlocal clicks
        clicks += 1
        target.click()

    anna.goto("/console/knowledge/testing")
    anna.get_by_label("一句话").fill("养狗证多少钱")
    anna.keyboard.press("Enter")
    click(anna.get_by_role("link", name="dog-register/fee"))
    click(anna.get_by_role("button", name="改这份").first)
    click(anna.locator("tr#fee").get_by_role("link", name="改"))
    anna.get_by_label("陈述").fill("给狗上证收登记费50元。")
    expect(anna.locator("[data-autosaved]")).to_contain_text("已存进草稿")
    click(anna.get_by_role("button", name="保存"))
    expect(anna.locator("ins").first).to_be_visible()
    anna.get_by_label("改了什么").fill("说清楚是给狗上证的钱")
    click(anna.get_by_role("button", name="送审"))
    berta.goto("/console")
    click(berta.get_by_role("navigation").get_by_role("link", name="审核"))
    click(berta.get_by_role("link", name="犬只登记"))
    click(berta.get_by_role("button", name="通过"))
    expect(berta.get_by_role("status")).to_contain_text("已发布")
    anna.goto("/console/knowledge/testing?q=养狗证多少钱")
    expect(anna.get_by_text("给狗上证收登记费50元。").first).to_be_visible()
    assert clicks <= MOST_CLICKS


def test_while_a_question_is_typed_its_like_is_told(sits: Sits) -> None:
    carla = sits("carla", Role.CURATOR)
    carla.goto("/console/knowledge/guides/night-stall")
    carla.get_by_role("button", name="改这份").first.click()
    carla.locator("tr#summary").get_by_role("link", name="改").click()
    field = carla.get_by_label("问法")
    field.press("Control+End")
    field.press_sequentially("\n家里新买的狗去哪里登记")
    expect(carla.get_by_text("已经在“犬只登记”的 summary 里")).to_be_visible()


def test_a_draft_is_drawn_as_the_web_page_draws_it(sits: Sits) -> None:
    dora = sits("dora", Role.CURATOR)
    dora.goto("/console/knowledge/guides/library-card-lost")
    dora.get_by_role("button", name="改这份").first.click()
    dora.get_by_role("link", name="预览").click()
    dora.get_by_label("群众怎么问").fill("补借书证多少钱")
    dora.keyboard.press("Enter")
    drawn = dora.locator("[data-replies]")
    expect(drawn.get_by_text("补证工本费每证15元。").first).to_be_visible()
    expect(drawn.get_by_role("button", name="要带什么材料")).to_be_visible()
