"""Appointments on the chat page before the real service: booked, changed, cancelled, checked in, called, rated."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, Browser, Locator, Page, expect

from tests.browser.bookings import (
    GUIDE_NAME,
    NAME,
    NO_FILE,
    OWN_PAGE,
    book,
    fill_in,
    go_to_the_times,
    new_phone,
    own_visits,
)
from tests.browser.counter import ask, exchange, field, log
from tests.browser.screens import SMALL_TARGETS
from tests.browser.signed_in import SignedIn

pytestmark = pytest.mark.browser

PHONE = (390, 844)
SetClock = Callable[[datetime], None]


@pytest.fixture
def set_clock(request: pytest.FixtureRequest) -> Iterator[SetClock]:
    """Of the service. Afterwards it shows what it showed before."""
    if "WENBAN_TEST_ADDRESS" in os.environ:
        path = Path(os.environ["WENBAN_TEST_CLOCK"]) if "WENBAN_TEST_CLOCK" in os.environ else None
    else:
        path = request.getfixturevalue("running_stack_of_both").settings.test_clock
    if path is None:
        pytest.skip("the clock of this service cannot be set")

    def set_to(moment: datetime) -> None:
        path.write_text(moment.isoformat(), "ascii")

    before = path.read_text("ascii")
    yield set_to
    path.write_text(before, "ascii")


@pytest.fixture
def staff(browser: Browser, page_address: str, signed_in: SignedIn) -> Iterator[APIRequestContext]:
    """Signed in there."""
    context = browser.new_context(base_url=page_address, extra_http_headers=OWN_PAGE, storage_state=signed_in.state())
    yield context.request
    context.close()


class TestBooking:
    def test_a_citizen_books_by_clicking_through_the_chat(self, page: Page, complaints: list[str]) -> None:
        own_visits(page).get_by_role("button", name="预约办事").click()
        expect(exchange(page, 1).locator(".from-citizen")).to_contain_text("我要预约")
        times = go_to_the_times(page)
        times.get_by_role("tab").last.click()
        times.locator(".time:visible").first.click()
        form, phone = exchange(page, -1), new_phone()
        fill_in(form, phone)
        form.get_by_role("button", name="填好了").click()
        expect(exchange(page, -1)).to_contain_text(NAME)  # whole, for her who wrote it
        _press(page, "确认预约")
        card = exchange(page, -1).get_by_role("article")
        expect(card.get_by_role("heading", name=GUIDE_NAME)).to_be_visible()
        expect(card).to_contain_text("已预约")
        expect(card.get_by_role("button", name="改时间")).to_be_visible()
        page.wait_for_function("document.querySelector('.visit-code img').naturalWidth > 0")
        code = "".join(card.locator(".code span").all_inner_texts())
        with page.expect_download() as download:
            card.get_by_role("button", name="加入日历").click()
        assert download.value.suggested_filename.endswith(".ics")
        calendar = Path(download.value.path()).read_text("utf-8")
        assert "BEGIN:VEVENT" in calendar
        assert code[:5] in calendar
        kept = page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
        assert NAME not in log(page).inner_text() and phone not in log(page).inner_text()
        assert NAME not in kept and phone not in kept
        assert [each for each in complaints if NO_FILE not in each] == []

    def test_the_keyboard_alone_is_enough_to_book(self, page: Page) -> None:
        ask(page, "我要预约")
        while not exchange(page, -1).get_by_role("tablist").count():
            option = exchange(page, -1).get_by_role("list", name="请选一个").get_by_role("button").first
            expect(option).to_be_visible()
            _tab_to(page, option)
            before = log(page).locator(".exchange").count()
            page.keyboard.press("Enter")
            expect(log(page).locator(".exchange")).to_have_count(before + 1)
            expect(exchange(page, -1).locator(".from-hall:not(.waiting)")).to_be_visible()
        days = exchange(page, -1).get_by_role("tab")
        _tab_to(page, days.first)
        page.keyboard.press("ArrowRight")
        expect(days.nth(1)).to_be_focused()
        expect(days.nth(1)).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        name = exchange(page, -1).get_by_label("姓名")
        expect(name).to_be_visible()
        _tab_to(page, name)
        page.keyboard.type(NAME)
        page.keyboard.press("Tab")
        page.keyboard.type(new_phone())
        page.keyboard.press("Enter")
        confirm = exchange(page, -1).get_by_role("button", name="确认预约")
        expect(confirm).to_be_visible()
        _tab_to(page, confirm)
        page.keyboard.press("Enter")
        expect(exchange(page, -1).get_by_role("article")).to_contain_text("已预约")

    def test_a_finger_on_a_phone_is_enough_to_book(self, browser: Browser, page_address: str) -> None:
        width, height = PHONE
        context = browser.new_context(
            base_url=page_address,
            viewport={"width": width, "height": height},
            has_touch=True,
            is_mobile=True,
            reduced_motion="reduce",
            locale="zh-CN",
        )
        page = context.new_page()
        page.goto("/chat")
        page.get_by_role("button", name="我的预约").tap()
        page.get_by_role("dialog").get_by_role("button", name="预约办事").tap()
        times = go_to_the_times(page)
        assert page.evaluate(SMALL_TARGETS.replace("button, a, select, input", "button, select, input"), 44) == []
        times.get_by_role("tab").nth(1).tap()
        times.locator(".time:visible").nth(1).tap()
        fill_in(exchange(page, -1), new_phone())
        exchange(page, -1).get_by_role("button", name="填好了").tap()
        exchange(page, -1).get_by_role("button", name="确认预约", exact=False).first.tap()
        expect(exchange(page, -1).get_by_role("article")).to_contain_text("已预约")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        context.close()


class TestAnOwnAppointment:
    def test_it_is_listed_for_its_visitor_alone(self, page: Page, browser: Browser, page_address: str) -> None:
        booked = book(page)
        card = own_visits(page).get_by_role("article")
        expect(card).to_have_count(1)
        assert "".join(card.locator(".code span").all_inner_texts()) == booked["code"]
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("button", name="我的预约")).to_be_focused()

        context = browser.new_context(base_url=page_address, locale="zh-CN")
        other = context.new_page()
        other.goto("/chat")
        expect(own_visits(other)).to_contain_text("您还没有预约")
        context.close()

    def test_it_gets_another_time_in_place(self, page: Page) -> None:
        book(page)
        card = own_visits(page).get_by_role("article")
        before = _when(card)
        card.get_by_role("button", name="改时间").click()
        card.locator(".time:visible:not([aria-disabled])").first.click()
        expect(card.get_by_role("button", name="改到")).to_be_focused()
        card.get_by_role("button", name="换一个时间").click()
        card.locator(".time:visible:not([aria-disabled])").last.click()
        card.get_by_role("button", name="改到").click()
        expect(card).to_contain_text("改好了")
        assert _when(card) != before
        assert _when(own_visits_again(page)) == _when(card)

    def test_it_is_cancelled_after_a_second_thought(self, page: Page) -> None:
        book(page)
        panel = own_visits(page)
        card = panel.get_by_role("article")
        cancel = card.get_by_role("button", name="取消预约")
        cancel.click()
        expect(card).to_contain_text("不能恢复")
        card.get_by_role("button", name="先不取消").click()
        expect(cancel).to_be_focused()
        expect(card).to_contain_text("已预约")
        cancel.click()
        card.get_by_role("button", name="确定取消").click()
        expect(card).to_contain_text("已取消")
        expect(card.get_by_role("button")).to_have_count(0)
        page.keyboard.press("Escape")
        expect(own_visits(page)).to_contain_text("您没有要去办的预约")

    def test_its_list_of_materials_is_ticked_off_and_shown_to_the_clerk_if_the_citizen_likes(self, page: Page) -> None:
        booked = book(page)
        first: str = booked["pack"]["items"][0]["name"]  # other names may begin like it
        card = own_visits(page).get_by_role("article")
        card.get_by_text("要带的材料").click()
        with page.expect_response("**/pack"):
            card.get_by_label(first).first.check()
        with page.expect_response("**/consent"):
            card.get_by_role("switch", name="让窗口人员看到我的材料清单和问题").check()
        again = own_visits_again(page)
        expect(again).to_contain_text("已备 1")
        again.get_by_text("要带的材料").click()
        expect(again.get_by_label(first).first).to_be_checked()
        expect(again.get_by_role("switch")).to_be_checked()


def test_a_ticket_follows_the_queue_until_the_visit_is_rated(
    page: Page, set_clock: SetClock, staff: APIRequestContext
) -> None:
    booked = book(page)
    set_clock(datetime.fromisoformat(booked["starts_at"]) - timedelta(minutes=20))
    page.clock.install()
    page.reload()
    panel = own_visits(page)
    card = panel.get_by_role("article")
    card.get_by_role("button", name="报到取号").click()
    ticket = card.get_by_role("group", name="排队号")
    expect(ticket).to_contain_text("您的号")
    expect(card).to_contain_text("已报到")
    number = ticket.locator(".ticket-number").inner_text()
    office_id, counter = booked["office_id"], _counter_of(staff, booked["office_id"], number)
    called = _call_until(staff, office_id, counter, number)
    page.clock.fast_forward(6000)
    expect(ticket).to_contain_text(f"请到 {counter}号窗口")
    expect(page).to_have_title(f"请到{counter}号窗口 · 问办")
    expect(page.locator("[aria-live=assertive]")).to_have_text(f"{number} 号，请到{counter}号窗口。")
    for move in ("serve", "finish"):
        _move(staff, office_id, counter, move, called)
    page.clock.fast_forward(6000)
    expect(card).to_contain_text("已办完")
    expect(page).to_have_title("问办 · 政务服务问答")
    card.get_by_role("button", name="提交").click()
    expect(card).to_contain_text("请先选一项")
    card.get_by_role("radio", name="非常满意", exact=True).check()
    card.get_by_role("button", name="提交").click()
    expect(card).to_contain_text("您的评价：非常满意")


def own_visits_again(page: Page) -> Locator:
    """As the service has it now."""
    page.reload()
    return own_visits(page).get_by_role("article")


def _when(card: Locator) -> str:
    return card.locator(".visit-facts strong").inner_text()


def _press(page: Page, name: str) -> None:
    exchange(page, -1).get_by_role("button", name=name).first.click()


def _tab_to(page: Page, target: Locator) -> None:
    """Forwards, and backwards from the field at the end of the page."""
    backwards = field(page).evaluate("each => each === document.activeElement")
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if target.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError("the keyboard does not get there")


def _counter_of(staff: APIRequestContext, office_id: str, number: str) -> str:
    offices = staff.get("/api/counter/offices").json()["offices"]
    office = next(each for each in offices if each["office_id"] == office_id)
    line = next(each for each in office["lines"] if number.startswith(each["letter"]))
    return str(line["counters"][0])


def _call_until(staff: APIRequestContext, office_id: str, counter: str, number: str) -> str:
    """Others may wait before. Returns the visit's id."""
    for _ in range(60):
        desk = staff.get(f"/api/counter/{office_id}/{counter}").json()
        current: dict[str, Any] | None = desk["current"]
        if current is None:
            current = staff.post(f"/api/counter/{office_id}/{counter}/call-next").json()["current"]
        assert current is not None
        if current["number"] == number:
            return str(current["visit_id"])
        moves = ("finish",) if current["status"] == "serving" else ("serve", "finish")
        for move in moves:
            _move(staff, office_id, counter, move, current["visit_id"])
    raise AssertionError(f"{number} was never called")


def _move(staff: APIRequestContext, office_id: str, counter: str, move: str, visit_id: str) -> None:
    answer = staff.post(f"/api/counter/{office_id}/{counter}/{move}", data={"visit_id": visit_id})
    assert answer.ok, answer.text()
