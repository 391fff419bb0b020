"""A curator who is new to it mends a wrong answer, by the page `docs/tasks/keep-the-knowledge.md` alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from service_hall.staff.roles import Role
from tests.browser.console_town import Sits, seats, serving
from tests.publishing_town import TownShelf, with_first_set
from tests.town_house import TownHouse

MOST_CLICKS = 12


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TownHouse, str]]:
    """The house, and its address."""
    made = with_first_set(TownHouse(tmp_path_factory.mktemp("town"), shelf=TownShelf))
    with serving(made) as address:
        yield made, address


@pytest.fixture
def sits(browser: Browser, town: tuple[TownHouse, str]) -> Iterator[Sits]:
    with seats(browser, *town, size=(1024, 760)) as sit:
        yield sit


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


def handed_in(writer: Page, note: str) -> None:
    writer.get_by_label("改了什么").fill(note)
    writer.get_by_role("button", name="送审").click()
    expect(writer.get_by_role("status")).to_contain_text("已送审")


def opened_review(reviewer: Page, name: str) -> None:
    reviewer.goto("/console")
    reviewer.get_by_role("navigation").get_by_role("link", name="审核").click()
    reviewer.get_by_role("link", name=name).click()
    expect(reviewer.get_by_text("句测试题")).to_be_visible()


def test_a_fee_that_stands_in_no_source_is_stopped_and_given_back(sits: Sits) -> None:
    writer, reviewer = sits("erna", Role.CURATOR), sits("fritz", Role.REVIEWER)
    writer.goto("/console/knowledge/guides/library-card-lost")
    writer.get_by_role("button", name=re.compile("改这份|接着写")).first.click()
    writer.locator("tr#fee").get_by_role("link", name="改").click()
    writer.get_by_label("陈述").fill("补证工本费每证77元。")
    writer.locator("[name=amount]").fill("77")
    expect(writer.locator("[data-autosaved]")).to_contain_text("已存进草稿")
    writer.get_by_role("button", name="保存").click()
    handed_in(writer, "涨价了")
    opened_review(reviewer, "借书证")
    expect(reviewer.get_by_text("原文里没有这个数").first).to_be_visible()
    reviewer.get_by_role("button", name="通过").click()
    expect(reviewer.get_by_text("放行的理由").first).to_be_visible()
    expect(reviewer.get_by_role("alert")).to_be_visible()
    reviewer.get_by_label("意见").fill("条文里是15元")
    reviewer.get_by_role("button", name="退回").click()
    writer.reload()
    expect(writer.get_by_text("退回，条文里是15元")).to_be_visible()
    writer.on("dialog", lambda dialog: dialog.accept())
    writer.get_by_role("button", name="作废草稿").click()
    expect(writer.get_by_role("status")).to_contain_text("已作废")


def test_what_was_asked_in_vain_is_answered_and_the_version_before_comes_back(
    sits: Sits, town: tuple[TownHouse, str]
) -> None:
    writer, reviewer = sits("greta", Role.CURATOR), sits("hans", Role.REVIEWER)
    asked = "毛孩子的牌牌去哪里领"
    said = httpx.post(f"{town[1]}/api/chat/messages", json={"text": asked}).json()
    assert said["outcome"] == "not_found", said
    writer.goto("/console")
    writer.get_by_role("navigation").get_by_role("link", name="群众问了什么").click()
    writer.locator("tr", has_text=asked).get_by_role("link", name="加成问法").click()
    writer.locator("tr", has_text="犬只登记").get_by_role("button", name="加到这一条").first.click()
    handed_in(writer, "有人这样问")
    opened_review(reviewer, "犬只登记")
    reviewer.get_by_role("button", name="通过").click()
    expect(reviewer.get_by_role("status")).to_contain_text("已发布")
    told = httpx.post(f"{town[1]}/api/chat/messages", json={"text": asked}).json()
    assert told["outcome"] == "answered", told
    writer.goto("/console/knowledge/guides/dog-register")
    writer.get_by_role("link", name="修改历史").click()
    writer.get_by_role("link", name=re.compile("第.版")).last.click()
    writer.get_by_role("button", name="退回到这一版").click()
    handed_in(writer, "先退回去")
    opened_review(reviewer, "犬只登记")
    reviewer.get_by_role("button", name="通过").click()
    expect(reviewer.get_by_role("status")).to_contain_text("已发布")


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
