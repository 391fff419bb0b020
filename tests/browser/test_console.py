"""The console in a browser: signing in, every page of the menu, a notice that reaches citizens, and forms that ask."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.browser.screens import Opens
from tests.browser.signed_in import SignedIn

NOTICE = "浏览器测试：今天下午暂停办理，请改天再来。"
WIDTHS = (1280, 1024)
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def console(opens: Opens, signed_in: SignedIn, complaints: list[str]) -> Page:
    page = opens("/console", state=signed_in.state())

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    return page


def test_staff_sign_in_where_they_wanted_to_go(opens: Opens, staff_password: str) -> None:
    page = opens("/console/audit")
    expect(page.get_by_role("heading", name="工作人员登录")).to_be_visible()
    page.get_by_label("账号").fill("admin")
    page.get_by_label("密码").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("密码或动态码不对")
    expect(page.get_by_label("账号")).to_have_value("admin")
    page.get_by_label("密码").fill(staff_password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="操作记录")).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_label("谁")).to_be_focused()


def test_every_page_of_the_menu_opens_fits_a_laptop_and_breaks_no_rule(console: Page, complaints: list[str]) -> None:
    menu = console.get_by_role("navigation", name="工作台").get_by_role("link")
    paths = [each.get_attribute("href") or "" for each in menu.all()]
    assert len(paths) >= 8
    for path in paths:
        if path == "/counter":
            continue
        console.goto(path)
        expect(console.get_by_role("heading", level=1)).to_be_visible()
        expect(console.locator(".menu a[aria-current=page]")).to_have_count(1)
        for width in WIDTHS:
            console.set_viewport_size({"width": width, "height": 800})
            assert not console.evaluate(TOO_WIDE), (path, width)
    assert complaints == []


def test_on_a_phone_the_page_comes_first_and_its_head_leads_to_the_menu(console: Page) -> None:
    console.set_viewport_size({"width": 390, "height": 844})
    console.goto("/console/staff/new")
    heading = console.get_by_role("heading", level=1).bounding_box()
    assert heading and heading["y"] < 200 and not console.evaluate(TOO_WIDE)
    console.get_by_role("link", name="菜单").click()
    expect(
        console.get_by_role("navigation", name="工作台").get_by_role("link", name="账号", exact=True)
    ).to_be_in_viewport()


def test_no_page_of_the_menu_is_wider_than_a_phone(console: Page) -> None:
    console.set_viewport_size({"width": 390, "height": 844})
    menu = console.get_by_role("navigation", name="工作台").get_by_role("link")
    for path in [each.get_attribute("href") or "" for each in menu.all()]:
        if path != "/counter":
            console.goto(path)
            assert not console.evaluate(TOO_WIDE), path


def test_a_notice_stands_on_the_citizens_page_until_it_is_taken_down(console: Page, opens: Opens) -> None:
    console.on("dialog", lambda dialog: dialog.accept())
    console.goto("/console/orders")
    console.get_by_label("写给群众的话").fill(NOTICE)
    console.get_by_role("button", name=re.compile("发出通知|换成这个通知")).click()
    expect(console.get_by_role("status")).to_contain_text("通知已发出")
    try:
        for path in ("/", "/chat", "/widget/chat"):
            expect(opens(path).get_by_role("alert").filter(has_text=NOTICE)).to_be_visible()
    finally:
        console.goto("/console/orders")
        console.get_by_role("button", name="撤下通知").click()
    expect(opens("/").locator(".emergency")).to_be_hidden()


def test_whoever_leaves_a_form_that_she_changed_is_asked(console: Page) -> None:
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    console.goto("/console/staff/new")
    console.get_by_label("账号名").fill("新来的")
    console.on("dialog", stay)
    console.get_by_role("link", name="操作记录").click(no_wait_after=True)
    expect(console.get_by_label("账号名")).to_have_value("新来的")
    assert asked == ["beforeunload"]
