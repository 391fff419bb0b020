"""Elder mode, wherever one talks: short answers, a sentence a line, whom to call, and what it rests on behind a button."""

from __future__ import annotations

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.counter import (
    answer_json,
    ask,
    exchange,
    field,
    press_switch,
    receipt,
    said_in,
    serve_messages,
    text_reply,
)
from tests.browser.test_short_answers import LEAD, answer
from tests.browser.widget_site import inside, launcher

pytestmark = pytest.mark.browser


def long_and_short(page: Page | FrameLocator, about: Page) -> tuple[str, str]:
    """The same answer, asked for before and in elder mode."""
    told = []
    for number in (1, 2):
        if number == 2:
            page.get_by_role("button", name="长辈版").click()
        with about.expect_request(
            lambda request: request.method == "POST" and request.url.endswith("/messages")
        ) as sent:
            ask(page, "身份证丢了怎么补")
        assert said_in(sent.value).get("style") == (None if number == 1 else "elder")
        expect(exchange(page, number).get_by_role("button", name="有用")).to_be_visible()
        told.append(exchange(page, number).locator(".bubble.from-hall").evaluate("each => each.textContent"))
    return told[0], told[1]


def test_the_chat_page_asks_for_short_answers(page: Page) -> None:
    full, short = long_and_short(page, page)
    assert len(short) < len(full)
    shown = exchange(page, 2)
    expect(shown).to_contain_text("想找人问，打12345。")
    expect(shown.get_by_text("看详细办法")).to_have_count(0)
    expect(shown.get_by_role("region", name="依据")).to_be_hidden()
    shown.get_by_text("依据", exact=True).first.click()
    expect(shown.get_by_role("region", name="依据")).to_contain_text("居民身份证法")
    expect(shown.get_by_role("link", name="在办事指南里看这一句")).to_be_visible()
    page.reload()
    expect(exchange(page, 2)).to_contain_text("想找人问，打12345。")


def test_so_does_the_widget(page: Page) -> None:
    page.goto("/")
    launcher(page).click()
    _, short = long_and_short(inside(page), page)
    assert "想找人问，打12345。" in short


def test_whoever_leaves_it_gets_whole_answers_again(page: Page) -> None:
    press_switch(page, "长辈版")
    press_switch(page, "长辈版")
    ask(page, "身份证丢了怎么补")
    expect(exchange(page, 1).get_by_text("看详细办法")).to_be_visible()
    expect(exchange(page, 1)).not_to_contain_text("想找人问")


def test_the_field_of_a_small_phone_says_whole_what_it_is_for(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    press_switch(page, "长辈版")
    ask(page, "身份证丢了怎么补")
    expect(page.get_by_role("button", name="到最新消息")).to_be_visible()
    letters, size, room = field(page).evaluate(
        """each => [each.placeholder.length, parseFloat(getComputedStyle(each).fontSize),
        each.clientWidth - parseFloat(getComputedStyle(each).paddingLeft) - parseFloat(getComputedStyle(each).paddingRight)]"""
    )
    assert letters * size <= room


SIZES = [(1280, 800), (390, 844)]
CHANGES = ["长辈版", "特大字", "特大字", "长辈版"]


def room_around(element: Locator) -> tuple[float, float]:
    """Pixels between it and the header above, and the field below; less than nothing where it lies behind them."""
    above, below = element.evaluate(
        """each => {
        const header = document.querySelector(".top"), { top, bottom } = each.getBoundingClientRect();
        const covered = getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
        return [top - covered, document.querySelector("#composer").getBoundingClientRect().top - bottom];
        }"""
    )
    return above, below


def switch_where_one_is(page: Page, name: str) -> None:
    """Playwright's own click moves the page to get at the header."""
    page.locator("header button", has_text=name).dispatch_event("click")
    page.evaluate("() => new Promise(requestAnimationFrame)")


@pytest.mark.parametrize("size", SIZES)
def test_the_answer_that_is_read_stays_in_view_when_the_letters_change(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    serve_messages(page, lambda route, said: answer_json(route, receipt(answer())))
    for number in range(1, 8):
        ask(page, "多少钱")
        expect(exchange(page, number).get_by_role("button", name="有用")).to_be_visible()
    read = exchange(page, 5).locator(".bubble.from-hall")
    page.evaluate("by => scrollBy({ top: by, behavior: 'instant' })", 20 - room_around(read)[1])
    first_sentence = read.get_by_text(LEAD, exact=False).first
    for change in CHANGES:
        switch_where_one_is(page, change)
        above, below = room_around(first_sentence)
        assert above >= -1 and below >= -1, change


@pytest.mark.parametrize("size", SIZES)
def test_so_does_the_line_of_a_long_answer(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    long = "\n".join(f"第{number}步，带上身份证到公安窗口说明丢失，采集人像和指纹。" for number in range(10, 70))
    serve_messages(page, lambda route, said: answer_json(route, receipt(text_reply(long))))
    ask(page, "怎么办")
    line = exchange(page, 1).get_by_text("第40步", exact=False)
    page.evaluate("by => scrollBy({ top: by, behavior: 'instant' })", room_around(line)[0] - 5)
    for change in CHANGES:
        switch_where_one_is(page, change)
        above, below = room_around(line)
        assert above >= -1 and below >= -1, change
