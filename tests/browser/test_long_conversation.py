"""A conversation that went on and on: the next exchange costs the page as much work as the first ones did."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import answer_json, ask, exchange, log, receipt, serve_messages
from tests.browser.test_short_answers import answer

pytestmark = pytest.mark.browser

MANY = 60
WATCH = """() => {
    window.changes = 0;
    new MutationObserver(records => (window.changes += records.length)).observe(document.body,
        { subtree: true, childList: true, attributes: true, characterData: true });
}"""


def test_the_sixtieth_exchange_changes_as_much_of_the_page_as_the_third(page: Page) -> None:
    serve_messages(page, lambda route, said: answer_json(route, receipt(answer())))
    counted = []
    for number in range(1, MANY + 1):
        if number in (3, MANY):
            page.evaluate(WATCH if number == 3 else "window.changes = 0")
        ask(page, "多少钱")
        expect(exchange(page, number)).to_contain_text("40元")
        if number in (3, MANY):
            expect(exchange(page, number).get_by_role("button", name="有用")).to_be_visible()
            page.wait_for_timeout(300)
            counted.append(page.evaluate("window.changes"))
    expect(log(page).locator(".exchange")).to_have_count(MANY)
    third, last = counted
    assert third > 0 and last <= third + 10, counted
    # A reload comes back with the newest alone: what is kept does not grow.
    assert page.evaluate("JSON.parse(sessionStorage.getItem('wenban.transcript')).length") < MANY
