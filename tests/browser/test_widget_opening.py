"""The widget on another site: its language and its size, how it opens and closes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.counter import field, log, open_an_answer, text_reply
from tests.browser.widget_site import (
    DESK,
    PHONE,
    Guest,
    Site,
    inside,
    launcher,
    open_widget,
    panel,
    tag,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Guest]:
    with closing(Guest(browser, site, PHONE, has_touch=True, is_mobile=True)) as reading:
        yield reading


def serve_pushes(page: Page) -> Any:
    """`push(text)` stands in for the service's stream, at the next connection."""
    pushed: list[str] = []

    def stream(route: Route) -> None:
        events = "".join(
            f"id: {number}\nevent: reply\ndata: {json.dumps(text_reply(text))}\n\n"
            for number, text in enumerate(pushed, start=1)
        )
        route.fulfill(body=": ping\n\n" + events, headers={"content-type": "text/event-stream"})

    page.context.route("**/api/chat/stream", stream)
    return pushed.append


class TestLanguageAndSize:
    def test_it_speaks_as_the_site_does_until_the_citizen_chooses(self, site: Site, guest: Guest) -> None:
        page = guest.visit(tag(site.service, lang="en"))
        expect(launcher(page)).to_have_text("Wenban")
        launcher(page).click()
        frame = inside(page)
        expect(frame.get_by_role("button", name="Send")).to_be_visible()
        frame.get_by_role("button", name="Settings").click()
        frame.locator(".settings").get_by_role("link", name="繁體").click()
        expect(frame.get_by_role("button", name="發送")).to_be_visible()
        page.reload()
        expect(inside(page).get_by_role("button", name="發送")).to_be_visible()

    def test_the_button_for_closing_grows_with_the_type(self, guest: Guest) -> None:
        page = guest.visit()
        frame = open_widget(page)
        frame.get_by_role("button", name="长辈版").click()
        close = panel(page).get_by_role("button", name="关闭问办")
        expect(close).to_have_css("width", "60px")
        expect(close).to_have_css("height", "60px")
        for button in frame.locator(".top button:visible").all():
            one, other = button.bounding_box(), close.bounding_box()
            assert one is not None and other is not None and one["x"] + one["width"] <= other["x"]


class TestOpeningAndClosing:
    def test_the_keyboard_alone_opens_it_and_closes_it(self, guest: Guest) -> None:
        page = guest.visit()
        expect(launcher(page)).to_be_visible()
        page.keyboard.press("Tab")
        expect(launcher(page)).to_be_focused()
        page.keyboard.press("Enter")
        frame = inside(page)
        expect(field(frame)).to_be_focused()
        # What is open within it is closed first.
        frame.get_by_role("button", name="我的预约").click()
        expect(frame.get_by_role("dialog", name="我的预约")).to_be_visible()
        page.keyboard.press("Escape")
        expect(frame.get_by_role("dialog", name="我的预约")).to_be_hidden()
        expect(panel(page)).to_be_visible()
        page.keyboard.press("Escape")
        expect(panel(page)).to_be_hidden()
        expect(launcher(page)).to_be_focused()

    def test_what_is_said_while_it_is_closed_is_counted_until_it_is_opened(self, guest: Guest) -> None:
        page = guest.visit()
        push = serve_pushes(page)
        frame = open_widget(page)
        open_an_answer(frame)
        panel(page).get_by_role("button", name="关闭问办").click()
        push("请到三号窗口。")
        push("请带上旧证。")
        expect(launcher(page)).to_have_accessible_name("问办，2 条新消息", timeout=10_000)
        expect(launcher(page).locator(".badge")).to_have_text("2")
        launcher(page).click()
        expect(log(frame)).to_contain_text("请带上旧证。")
        expect(launcher(page).locator(".badge")).to_be_hidden()

    def test_whoever_used_it_hears_of_news_on_the_next_page_without_opening_it(self, guest: Guest) -> None:
        page = guest.visit()
        push = serve_pushes(page)
        frame = open_widget(page)
        open_an_answer(frame)
        panel(page).get_by_role("button", name="关闭问办").click()
        push("请到三号窗口。")
        page.goto(page.url + "next")
        expect(launcher(page)).to_have_accessible_name("问办，1 条新消息", timeout=10_000)
        expect(panel(page)).to_be_hidden()

    def test_on_a_phone_it_fills_the_screen_and_never_opens_by_itself(self, phone: Guest) -> None:
        page = phone.visit()
        open_widget(page)
        expect(panel(page)).to_have_attribute("aria-modal", "true")
        for width, height in (PHONE, PHONE[::-1], PHONE):
            page.set_viewport_size({"width": width, "height": height})
            expect(panel(page)).to_have_css("width", f"{width}px")
            expect(panel(page)).to_have_css("height", f"{height}px")
            expect(field(inside(page))).to_be_visible()
        page.reload()
        expect(launcher(page)).to_be_visible()
        expect(panel(page)).to_be_hidden()

    def test_targets_are_large_enough(self, phone: Guest) -> None:
        page = phone.visit()
        frame = open_widget(page)
        expect(field(frame)).to_be_visible()
        # All at one moment: while the page is drawn, a button may come and go.
        for buttons in (panel(page).get_by_role("button", name="关闭问办"), frame.locator(".top button:visible")):
            sides = buttons.evaluate_all(
                "all => all.map(each => each.getBoundingClientRect()).flatMap(({ width, height }) => [width, height])"
            )
            assert sides and min(sides) >= 44

    @pytest.mark.parametrize("size", [PHONE, (360, 640), DESK])
    @pytest.mark.parametrize("is_elder", [False, True])
    def test_its_button_for_closing_lies_over_none_of_the_conversations_own(
        self, guest: Guest, size: tuple[int, int], is_elder: bool
    ) -> None:
        """By one for the other, whoever closed the bookings closed everything."""
        page = guest.visit()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        frame = open_widget(page)
        if is_elder:
            frame.get_by_role("button", name="长辈版").click()
            expect(panel(page)).to_have_attribute("large", "")
        frame.get_by_role("button", name="我的预约").click()
        own = frame.get_by_role("dialog", name="我的预约").get_by_role("button", name="关闭")
        box, over = own.bounding_box(), panel(page).get_by_role("button", name="关闭问办").bounding_box()
        assert box and over
        assert box["x"] + box["width"] <= over["x"] or box["y"] >= over["y"] + over["height"]
        own.click()
        expect(field(frame)).to_be_visible()

    def test_a_site_can_open_it_by_itself(self, guest: Guest) -> None:
        page = guest.visit()
        expect(launcher(page)).to_be_visible()
        page.evaluate("document.querySelector('wenban-widget').open()")
        expect(field(inside(page))).to_be_focused()
        page.evaluate("document.querySelector('wenban-widget').close()")
        expect(panel(page)).to_be_hidden()
        expect(launcher(page)).to_be_focused()
