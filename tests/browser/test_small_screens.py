"""Small screens and large letters, and what goes wrong told in English: no entry is lost, nothing lies over another."""

from __future__ import annotations

import json
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.counter import answer_json, exchange
from tests.browser.widget_site import launcher

pytestmark = pytest.mark.browser

GUIDE = "/guides/id-card-lost"


def laid_over(locator: Locator) -> list[tuple[int, int]]:
    """Which of them share a place on the screen."""
    boxes = [each.bounding_box() for each in locator.all()]
    return [
        (one, other)
        for other, b in enumerate(boxes)
        for one, a in enumerate(boxes[:other])
        if a and b
        if a["x"] + a["width"] > b["x"] + 0.5 and b["x"] + b["width"] > a["x"] + 0.5
        if a["y"] + a["height"] > b["y"] + 0.5 and b["y"] + b["height"] > a["y"] + 0.5
    ]


@pytest.mark.parametrize("path", ["/", GUIDE, "/scenarios?lang=en"])
def test_no_size_of_type_takes_an_entry_away_or_lays_one_over_another(page: Page, path: str) -> None:
    page.goto(path)
    for width in (320, 360, 480, 640, 801):
        page.set_viewport_size({"width": width, "height": 640})
        for text in ("", "large", "extra"):
            page.evaluate("text => { document.documentElement.dataset.text = text }", text)
            if not text:
                page.evaluate("delete document.documentElement.dataset.text")
            entries = page.locator(".ways a:visible")
            assert [each.get_attribute("href") for each in entries.all()] == ["/guides", "/scenarios", "/chat"]
            assert laid_over(page.locator(".brand, .ways a:visible, .display summary")) == [], (width, text)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, text)
            for each in page.locator(".top-line > *:visible").all():
                box = each.bounding_box()
                assert box is not None and box["x"] + box["width"] <= width, (width, text)


@pytest.mark.parametrize("path", ["/", GUIDE, "/?lang=en"])
def test_the_call_to_a_person_has_a_place_of_its_own(page: Page, path: str) -> None:
    page.goto(path)
    page.evaluate("document.documentElement.dataset.text = 'extra'")
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        bar = page.locator(".call-bar").bounding_box()
        assert bar is not None and bar["width"] == width
        # Whoever has read to the end has read all, and what the keyboard reaches is not below it.
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        last = page.locator(".hotline").bounding_box()
        assert last is not None and last["y"] + last["height"] <= bar["y"]
        page.evaluate("scrollTo(0, 0)")
        for _ in range(12):
            page.keyboard.press("Tab")
            reached = page.evaluate(
                "() => { const at = document.activeElement; return at.closest('.call-bar, .site-top, wenban-widget') ? 0 : at.getBoundingClientRect().bottom }"
            )
            assert reached <= bar["y"], width
        if path != GUIDE:
            expect(launcher(page)).to_be_visible()
            one, other = page.locator(".call-bar .call").bounding_box(), launcher(page).bounding_box()
            assert one is not None and other is not None and one["x"] + one["width"] <= other["x"], width


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_conversation_keeps_a_way_home_on_the_smallest_phone(page: Page, language: str) -> None:
    page.goto(f"/chat?lang={language}")
    for width in (320, 360, 380, 480):
        page.set_viewport_size({"width": width, "height": 640})
        for text in ("", "large", "extra"):
            page.evaluate("text => text && (document.documentElement.dataset.text = text)", text)
            if not text:
                page.evaluate("delete document.documentElement.dataset.text")
            row = page.locator(".home, .top-row > button:visible")
            expect(row).to_have_count(4)
            assert laid_over(row) == [], (width, text)
            for each in row.all():
                box = each.bounding_box()
                assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width, (width, text)
    page.locator(".home").click()
    expect(page.locator(".hero")).to_be_visible()


def test_what_goes_wrong_is_told_in_english_too(page: Page) -> None:
    page.goto("/chat?lang=en")
    words = page.get_by_role("combobox", name="Say what you need")
    words.fill("How do I renew my passport?")
    words.press("Enter")
    expect(exchange(page, 1)).to_contain_text("Please ask in Chinese")
    expect(exchange(page, 1)).to_contain_text("没有找到")
    for number, (error, status, told) in enumerate(
        [
            ("message_too_long", 422, "shorten it to 1,000 characters"),
            ("busy", 503, "Please try again in a moment"),
            ("unavailable", 503, "Something is out of order"),
            ("code_of_tomorrow", 400, "一句话"),
        ],
        start=2,
    ):
        body = json.dumps({"error": error, "message": "一句话。"})
        headers = {"Retry-After": "1"} if error == "busy" else {}
        page.route("**/api/chat/messages", partial(answer_json, body=body, status=status, headers=headers))
        words.fill("护照")
        words.press("Enter")
        expect(exchange(page, number)).to_contain_text(told)
        if error == "busy":
            exchange(page, number).get_by_role("button", name="Do not send").click()
    page.unroute("**/api/chat/messages")
    page.context.set_offline(True)
    expect(page.locator("#connection")).to_contain_text("connection", ignore_case=True)
    words.fill("护照")
    words.press("Enter")
    expect(exchange(page, 6)).to_contain_text("No connection")
