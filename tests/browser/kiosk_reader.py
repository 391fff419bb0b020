"""What a citizen does at the kiosk who asks and reads."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screens import Opens, any_office

MOST_QUESTIONS = 20


def open_finding(opens: Opens, size: tuple[int, int] = (1024, 768), rest: str = "", init: str = "") -> Page:
    page = opens("/kiosk", size)
    if init:
        page.add_init_script(init)
    page.goto(f"/kiosk?office={any_office(opens)}{rest}")
    find(page)
    return page


def find(page: Page) -> None:
    page.get_by_role("button", name="我要问事").click()
    expect(page.get_by_role("list", name="常问的事").get_by_role("button").first).to_be_visible()


def ask(page: Page, text: str, name: str = "说说要办的事") -> None:
    field = page.get_by_role("textbox", name=name)
    field.fill(text)
    field.press("Enter")
    expect(page.locator("#told")).not_to_have_attribute("aria-busy", "true")


def told(page: Page) -> Locator:
    return page.locator("#told")


def open_guide(page: Page) -> str:
    page.get_by_role("button", name="按主题找").click()
    page.get_by_role("list", name="主题").get_by_role("button", name="户籍身份").click()
    page.get_by_role("list", name="事项").get_by_role("button", name="居民身份证丢失补领").click()
    expect(page.get_by_role("heading", name="居民身份证丢失补领")).to_be_visible()
    return page.locator("#guide-body").inner_text()


def walk(page: Page, event: str = "我在外租房") -> None:
    """By the first option of each question, to the list."""
    page.get_by_role("button", name="一件事一次办").click()
    page.get_by_role("list", name="一件事一次办").get_by_role("button", name=event).click()
    for _ in range(MOST_QUESTIONS):
        expect(told(page)).not_to_have_attribute("aria-busy", "true")
        expect(told(page).locator(".said")).to_be_visible()
        if told(page).locator(".steps").count():
            return
        digits = told(page).locator(".digits")
        if digits.count():
            for digit in "20261102" if "19900102" in told(page).inner_text() else "3":
                digits.get_by_role("button", name=digit, exact=True).click()
        else:
            asks_for_several = told(page).get_by_role("button", name="选好了").count()
            told(page).locator(".tile").first.click()
            if not asks_for_several:
                continue
        if told(page).get_by_role("button", name="选好了").count():
            told(page).get_by_role("button", name="选好了").click()
    pytest.fail(told(page).inner_text())
