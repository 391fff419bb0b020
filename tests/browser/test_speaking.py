"""Speaking instead of typing: what the browser heard stands in the field, and is sent by hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.counter import field, log

pytestmark = pytest.mark.browser

LISTENER = """window.SpeechRecognition = class {
    start() { window.listener = this; }
    stop() { this.onend(); }
}"""
HEAR = "said => listener.onresult({ results: said.map(transcript => [{ transcript }]) })"


def with_ears(page: Page, ears: str = LISTENER) -> Locator:
    page.add_init_script(ears)
    page.reload()
    return page.locator("#speak")


def test_what_was_heard_stands_in_the_field_and_is_not_sent(page: Page) -> None:
    speak = with_ears(page)
    field(page).fill("我")
    expect(speak).to_be_hidden()  # who types has the room
    field(page).fill("")
    speak.click()
    expect(speak).to_have_accessible_name("停止说话")
    page.evaluate(HEAR, ["身份证"])
    page.evaluate(HEAR, ["身份证丢了", "怎么补办"])
    expect(field(page)).to_have_value("身份证丢了怎么补办")
    page.evaluate("listener.onend()")
    expect(field(page)).to_be_focused()
    expect(page.get_by_role("button", name="发送")).to_be_enabled()
    expect(log(page).locator(".exchange")).to_have_count(0)


def test_it_is_said_when_nothing_could_be_understood_but_not_when_nobody_spoke(page: Page) -> None:
    speak = with_ears(page)
    speak.click()
    page.evaluate("listener.onerror({ error: 'no-speech' }), listener.onend()")
    expect(page.locator("#not-heard")).to_be_hidden()
    speak.click()
    page.evaluate("listener.onerror({ error: 'network' }), listener.onend()")
    expect(page.locator("#not-heard")).to_have_text("没有听清，请再说一次，或者打字。")
    expect(speak).to_have_attribute("aria-pressed", "false")
    speak.click()
    expect(page.locator("#not-heard")).to_be_hidden()


def test_a_browser_that_cannot_hear_shows_no_button(page: Page) -> None:
    expect(with_ears(page, "delete window.SpeechRecognition; delete window.webkitSpeechRecognition")).to_be_hidden()
