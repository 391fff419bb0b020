"""Zoomed to 200 % and on the smallest phones: nothing is cut off, nothing goes sideways, nothing lies over what is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.counter import exchange, make_list
from tests.browser.widget_site import Guest, Site, open_widget, panel

pytestmark = pytest.mark.browser

ZOOMED, SMALLEST = (640, 360), (320, 640)
"""1280×720 at 200 %; the narrowest that WCAG 1.4.10 asks for."""
TYPES = ("", "large", "extra")
PAGES = ["/", "/?lang=en", "/chat?lang=en", "/guides/id-card-lost", "/scenarios/have-a-baby", "/search?q=身份证"]

CUT_OFF = """() => {
    const room = document.documentElement.clientWidth, found = [];
    if (document.documentElement.scrollWidth > room) found.push(`sideways: ${document.documentElement.scrollWidth}`);
    const shown = [...document.querySelectorAll("body *")].filter(each => each.getClientRects().length
        && getComputedStyle(each).visibility !== "hidden" && getComputedStyle(each).opacity !== "0"
        && !each.closest(".unseen, .skip-link, .sprite, noscript"));
    for (const each of shown) {
        const { left, right } = each.getBoundingClientRect(), style = getComputedStyle(each);
        if (left < -0.5 || right > room + 0.5) found.push(`outside: ${each.outerHTML}`);
        if (style.overflowX !== "visible" && each.clientWidth && each.scrollWidth > each.clientWidth + 1) found.push(`cut: ${each.outerHTML}`);
        if (each.placeholder && !each.value) {
            const letters = getComputedStyle(each, "::placeholder"), sheet = document.createElement("canvas").getContext("2d");
            sheet.font = `${letters.fontSize} ${letters.fontFamily}`;
            const inside = each.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
            const lines = letters.whiteSpace === "nowrap" ? 1 : Math.floor((each.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)) / parseFloat(style.lineHeight));
            if (sheet.measureText(each.placeholder).width > inside * (lines || 1)) found.push(`placeholder: ${each.outerHTML}`);
        }
    }
    return found.map(each => each.slice(0, 160));
}"""


def cut_off(page: Page | FrameLocator) -> list[str]:
    found: list[str] = page.locator("body").evaluate(CUT_OFF)
    return found


def put_type(page: Page | FrameLocator, text: str) -> None:
    page.locator("html").evaluate(
        "(root, text) => { if (text) root.dataset.text = text; else delete root.dataset.text; }", text
    )


def open_an_answer(page: Page | FrameLocator) -> None:
    page.get_by_role("list", name="常问的事").get_by_role("button").first.click()
    expect(exchange(page, 1).get_by_role("button", name="有用")).to_be_visible()


@pytest.fixture(params=[ZOOMED, SMALLEST], ids=["zoomed", "smallest"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    width, height = request.param
    return width, height


@pytest.fixture
def small(browser: Browser, page_address: str, size: tuple[int, int]) -> Iterator[Page]:
    width, height = size
    context = browser.new_context(
        base_url=page_address,
        viewport={"width": width, "height": height},
        device_scale_factor=2,
        reduced_motion="reduce",
        locale="zh-CN",
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole(small: Page, path: str) -> None:
    small.goto(path)
    for text in TYPES:
        put_type(small, text)
        assert cut_off(small) == [], text


def test_a_kept_list_is_whole(small: Page) -> None:
    small.goto(make_list(small))
    for text in TYPES:
        put_type(small, text)
        assert cut_off(small) == [], text


def test_the_conversation_is_whole(small: Page) -> None:
    small.goto("/chat")
    for text in TYPES:
        put_type(small, text)
        assert cut_off(small) == [], text
    open_an_answer(small)
    for text in TYPES:
        put_type(small, text)
        # The way to the newest stands beside the field.
        small.evaluate("scrollTo(0, 0)")
        expect(small.locator("#to-newest")).to_be_visible()
        assert cut_off(small) == [], text


def test_the_widget_is_whole_and_its_button_lies_over_nothing_that_is_read(
    browser: Browser, page_address: str, size: tuple[int, int]
) -> None:
    with closing(Site(page_address)) as site:
        for width, height in (size, (1280, 600)):
            guest = Guest(browser, site, (width, height))
            page = guest.visit()
            frame = open_widget(page)
            open_an_answer(frame)
            close = panel(page).get_by_role("button", name="关闭问办")
            for text in TYPES:
                put_type(frame, text)
                expect(close).to_have_css("width", "60px" if text else "44px")
                assert cut_off(frame) == [], text
                said = frame.locator(".from-citizen")
                said.evaluate("each => scrollTo(0, each.getBoundingClientRect().top + scrollY - 12)")
                one, other = said.bounding_box(), close.bounding_box()
                header = frame.locator(".top").bounding_box()
                assert one is not None and other is not None and header is not None
                beside = one["x"] + one["width"] <= other["x"] + 1
                below_the_header = header["y"] + header["height"] >= other["y"] + other["height"]
                assert beside or below_the_header, (width, text)
            guest.context.close()
