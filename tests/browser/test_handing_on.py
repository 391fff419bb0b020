"""An answer is handed on, the conversation printed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import exchange, field, open_an_answer

pytestmark = pytest.mark.browser


def test_an_answer_is_handed_on_where_the_device_can(page: Page) -> None:
    page.add_init_script("navigator.share = async (what) => { window.shared = what; throw new Error('no'); }")
    page.reload()
    answer = open_an_answer(page)
    answer.get_by_role("button", name="分享").click()
    assert page.evaluate("shared.title") == answer.get_by_role("heading").inner_text()
    assert "依据" in page.evaluate("shared.text")


def test_where_it_cannot_there_is_no_button(page: Page) -> None:
    page.add_init_script("delete Navigator.prototype.share")
    page.reload()
    expect(open_an_answer(page).get_by_role("button", name="分享")).to_have_count(0)


def test_the_conversation_is_printed_without_what_only_a_screen_needs(page: Page) -> None:
    page.add_init_script("window.print = () => (window.printed = true)")
    page.reload()
    button = page.get_by_role("button", name="打印")
    expect(button).to_be_hidden()
    open_an_answer(page)
    button.click()
    assert page.evaluate("printed")
    page.emulate_media(media="print")
    expect(exchange(page, 1).get_by_role("region", name="依据")).to_be_visible()
    for unneeded in (field(page), button, page.locator(".welcome"), exchange(page, 1).locator(".tools")):
        expect(unneeded).to_be_hidden()
