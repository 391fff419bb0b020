"""The conversation for those who see no page and touch no screen: by the keyboard alone, each message heard once."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.bookings import NAME, new_phone
from tests.browser.counter import answer_json, ask, exchange, field, log, open_an_answer
from tests.browser.widget_site import Guest, inside, launcher

pytestmark = pytest.mark.browser

MOST_STOPS = 60
"""Of the Tab key, from one end of the conversation to what is wanted."""

HEARD = """() => {
    // What a screen reader says of what comes later: texts put into a live region, but where it is switched off.
    window.heard = [];
    const saidOf = node => (node.nodeType === Node.TEXT_NODE ? [node] : [...node.childNodes].flatMap(saidOf));
    const isSilent = text => {
        for (let at = text.parentElement; at; at = at.parentElement) {
            if (at.hidden || at.getAttribute("aria-hidden") === "true") return true;
            if (at.ariaLive) return at.ariaLive === "off";
        }
        return true;
    };
    new MutationObserver(changes => {
        const texts = new Set();
        for (const { addedNodes } of changes) {
            for (const added of addedNodes) {
                const fresh = saidOf(added).filter(text => text.isConnected && !texts.has(text) && !isSilent(text));
                fresh.forEach(text => texts.add(text));
                if (fresh.length) window.heard.push(fresh.map(text => text.nodeValue).join("").replace(/\\s+/g, ""));
            }
        }
    }).observe(document, { childList: true, subtree: true });
}"""


def listen(page: Page | FrameLocator) -> None:
    """From now on."""
    page.locator("body").evaluate(HEARD)


def heard(page: Page | FrameLocator) -> list[str]:
    """Without what is said while one waits."""
    said: list[str] = page.locator("body").evaluate("() => window.heard")
    return [told for each in said if (told := each.removesuffix("正在查办事指南…"))]


def tab_to(page: Page, frame: FrameLocator, target: Locator) -> None:
    """Forwards, and backwards from the field at the end of the page."""
    expect(target).to_be_visible()
    backwards = field(frame).evaluate("each => each === document.activeElement")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if target.evaluate("each => each === document.activeElement"):
            return
    pytest.fail("the keyboard does not get there")


def answered(frame: FrameLocator, number: int) -> Locator:
    """The nth exchange, with its answer."""
    expect(log(frame).locator(".exchange")).to_have_count(number)
    expect(exchange(frame, number).locator(".from-hall:not(.waiting), article").first).to_be_visible()
    return exchange(frame, number)


def test_the_keyboard_alone_books_in_the_widget_and_each_message_is_heard_once(guest: Guest) -> None:
    page = guest.visit()
    expect(launcher(page)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    frame, number = inside(page), 1
    expect(field(frame)).to_be_focused()
    listen(frame)
    page.keyboard.type("我要预约补办身份证")
    page.keyboard.press("Enter")
    last = answered(frame, number)
    while not last.get_by_role("tablist").count():
        tab_to(page, frame, last.get_by_role("list", name="请选一个").get_by_role("button").first)
        page.keyboard.press("Enter")
        number += 1
        last = answered(frame, number)
    tab_to(page, frame, last.get_by_role("tab", selected=True))
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    last = answered(frame, number + 1)
    tab_to(page, frame, last.get_by_label("姓名"))
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.type(new_phone())
    page.keyboard.press("Enter")
    last = answered(frame, number + 2)
    tab_to(page, frame, last.get_by_role("button", name="确认预约"))
    page.keyboard.press("Enter")
    card = answered(frame, number + 3).get_by_role("article")
    expect(card).to_contain_text("已预约")
    # And from there on, without going round the whole page.
    tab_to(page, frame, card.get_by_role("button", name="改时间"))

    said = heard(frame)
    assert sorted(set(said)) == sorted(said)
    assert sum(each.startswith("您说：") for each in said) == log(frame).locator(".exchange").count()
    for told in ("我要预约补办身份证", NAME, "没问题就回“确认”", "约好了"):
        assert sum(told in each for each in said) == 1, told
    assert guest.complaints == []


def test_what_was_said_before_is_not_read_out_again(page: Page) -> None:
    open_an_answer(page)
    second = page.context.new_page()
    second.route("**/api/chat/messages?*", lambda route: route.abort())
    second.goto("/chat")
    second.unroute("**/api/chat/messages?*")
    listen(second)
    second.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(exchange(second, 1).get_by_role("region", name="依据")).to_be_visible()
    assert heard(second) == []
    ask(second, "要多少钱？")
    expect(exchange(second, 2)).to_contain_text("40")
    assert sum("40" in each for each in heard(second)) == 1


def test_what_stands_there_stays_when_more_has_been_said_elsewhere(page: Page) -> None:
    open_an_answer(page)
    useful = exchange(page, 1).get_by_role("button", name="有用")
    useful.focus()
    listen(page)
    kept = page.request.get("/api/chat/messages", headers={"X-Wenban-Page": "1"}).json()
    elsewhere = {
        "id": 10**6,
        "who": "notice",
        "door": "web",
        "reply": {"type": "notice", "kind": "x", "text": "明天见。"},
    }
    body = json.dumps({"messages": [*kept["messages"], elsewhere]})
    page.route("**/api/chat/messages?*", lambda route: answer_json(route, body))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(exchange(page, 2)).to_contain_text("明天见。")
    expect(useful).to_be_focused()
    assert heard(page) == []
