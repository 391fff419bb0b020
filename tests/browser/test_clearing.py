"""Clearing: the conversation alone, or on a shared device all that is left of whoever used it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.bookings import GUIDE_NAME, book, own_visits
from tests.browser.counter import (
    answer_json,
    ask,
    clear,
    exchange,
    field,
    log,
    open_an_answer,
    press_switch,
    receipt,
    said_in,
    text_reply,
)

pytestmark = pytest.mark.browser


def test_the_conversation_is_gone_here_and_at_the_service(page: Page) -> None:
    open_an_answer(page)
    clear(page, "清空对话")
    expect(log(page).locator(".exchange")).to_have_count(0)
    expect(page.get_by_text("已经清空。")).to_be_focused()
    page.reload()
    ask(page, "要带什么？")
    expect(exchange(page, 1)).to_contain_text("您说：要带什么？")
    expect(exchange(page, 1).get_by_role("region", name="依据")).to_have_count(0)
    expect(log(page).locator(".exchange")).to_have_count(1)


def test_whoever_would_rather_not_keeps_all_of_it(page: Page, complaints: list[str]) -> None:
    answer = open_an_answer(page)
    clear(page, "先不清")
    expect(answer.get_by_role("region", name="依据")).to_be_visible()
    expect(page.get_by_role("button", name="清空对话")).to_be_focused()
    assert complaints == []


def test_on_a_shared_device_the_next_one_finds_a_page_that_nobody_has_used(page: Page) -> None:
    code = book(page)["code"]
    open_an_answer(page)
    press_switch(page, "长辈版")
    page.get_by_role("button", name="清空对话").click()
    asked = page.get_by_role("group").filter(has_text="清空后不能恢复")
    expect(asked).to_contain_text(f"请记下预约码： {code}")
    asked.get_by_role("button", name="这是公用设备").click()
    expect(page.get_by_text("已经清空。")).to_be_visible()
    expect(page).to_have_url("/chat")
    assert page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})") == "{}"
    assert not [each for each in page.context.cookies() if each.get("name") == "wenban_visitor"]
    expect(log(page).locator(".exchange")).to_have_count(0)
    expect(page.get_by_role("button", name="长辈版")).to_have_attribute("aria-pressed", "false")
    expect(own_visits(page)).not_to_contain_text(GUIDE_NAME)
    page.go_back()
    expect(log(page).locator(".exchange")).to_have_count(0)


def test_clearing_stops_what_is_under_way(page: Page) -> None:
    held: list[Route] = []

    def answer(route: Route) -> None:
        if route.request.method == "DELETE":
            route.fulfill(status=204)
        else:
            held.append(route)

    page.route("**/api/chat/messages", answer)
    ask(page, "第一句")
    ask(page, "第二句")
    clear(page, "清空对话")
    expect(log(page).locator(".exchange")).to_have_count(0)
    assert [said_in(route.request)["text"] for route in held] == ["第一句"]
    page.unroute("**/api/chat/messages")
    page.route("**/api/chat/messages", lambda route: answer_json(route, receipt(text_reply("好的"))))
    ask(page, "第三句")
    expect(exchange(page, 1)).to_contain_text("好的")


def test_what_could_not_be_cleared_says_so_and_stays(page: Page) -> None:
    answer = open_an_answer(page)
    page.route("**/api/chat/messages", lambda route: route.abort())
    clear(page, "清空对话")
    expect(page.get_by_text("网络不通")).to_be_visible()
    expect(answer.get_by_role("region", name="依据")).to_be_visible()
    expect(field(page)).to_be_visible()
