"""What was begun in the field survives a reload; what tells who somebody is does not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bookings import asking, person_reply
from tests.browser.counter import answer_json, ask, clear, exchange, field, receipt, serve_messages, text_reply

pytestmark = pytest.mark.browser


def test_what_was_begun_is_there_after_a_reload_and_gone_once_it_is_sent(page: Page) -> None:
    serve_messages(page, lambda route, said: answer_json(route, receipt(text_reply("好的"))))
    field(page).fill("我想问一下社保")
    page.reload()
    expect(field(page)).to_have_value("我想问一下社保")
    expect(page.get_by_role("button", name="发送")).to_be_enabled()
    field(page).press("Enter")
    expect(exchange(page, 1)).to_contain_text("好的")
    page.reload()
    expect(field(page)).to_have_value("")


def test_it_is_cleared_with_the_conversation(page: Page) -> None:
    serve_messages(page, lambda route, said: answer_json(route, receipt(text_reply("好的"))))
    ask(page, "你好")
    expect(exchange(page, 1)).to_contain_text("好的")
    field(page).fill("还没写完")
    clear(page)
    expect(field(page)).to_have_value("")
    assert "还没写完" not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


@pytest.mark.parametrize(
    "begun", ["我的手机是13900000001", "一三九零零零零零零零一", "11010119900307123X", "１３９0000", "验证码：123456"]
)
def test_numbers_are_never_kept(page: Page, begun: str) -> None:
    field(page).fill("我的手机是")
    field(page).fill(begun)
    assert page.evaluate("sessionStorage.getItem('wenban.draft')") is None
    page.reload()
    expect(field(page)).to_have_value("")


def test_an_answer_to_who_comes_is_never_kept(page: Page) -> None:
    serve_messages(page, lambda route, said: answer_json(route, asking(person_reply())))
    ask(page, "约")
    expect(exchange(page, 1).get_by_label("姓名")).to_be_visible()
    field(page).fill("李晓梅")
    assert "李晓梅" not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
