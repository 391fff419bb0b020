"""A touch screen that has not got the kiosk's key, before the real service."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screens import CODE, LANDSCAPE, PORTRAIT, SMALL_TARGETS, SMALL_TEXT, Opens, any_office

pytestmark = pytest.mark.browser


@pytest.fixture
def new(opens: Opens) -> Page:
    return opens(f"/kiosk?office={any_office(opens)}", PORTRAIT, key="")


def not_set_up(page: Page) -> Locator:
    return page.get_by_role("heading", name="这台机器还没有启用")


def home(page: Page) -> Locator:
    return page.get_by_role("heading", name="您好，要办什么？")


def enter(page: Page, key: str) -> None:
    page.get_by_label("设备密钥").fill(key)
    page.get_by_role("button", name="启用").click()


def test_citizens_are_told_where_to_go_and_nothing_else_is_offered(new: Page) -> None:
    expect(not_set_up(new)).to_be_visible()
    expect(new.get_by_text(re.compile("^取号请到咨询台，或拨打 .+$"))).to_be_visible()
    for button in ("报到取号", "现场取号"):
        expect(new.get_by_role("button", name=button)).to_be_hidden()


def test_staff_enter_the_key_once_and_the_screen_gives_numbers(new: Page, kiosk_key: str) -> None:
    enter(new, kiosk_key)
    expect(home(new)).to_be_visible()
    new.reload()
    expect(home(new)).to_be_visible()
    with new.expect_response("**/check-in") as answer:
        new.keyboard.type(CODE)
        new.keyboard.press("Enter")
    assert answer.value.status == 404, "it asked, and nobody has this code"
    expect(new.get_by_role("alert")).not_to_be_empty()


def test_the_key_is_kept_where_no_script_sees_it(new: Page, kiosk_key: str) -> None:
    before = new.url
    enter(new, kiosk_key)
    expect(home(new)).to_be_visible()
    expect(new.locator("#kiosk-key")).to_have_value("")
    assert new.evaluate("document.cookie + JSON.stringify({...localStorage, ...sessionStorage})") == "{}"
    assert new.url == before
    [cookie] = [each for each in new.context.cookies() if each.get("name") == "wenban_kiosk"]
    assert (cookie.get("httpOnly"), cookie.get("sameSite"), cookie.get("path")) == (True, "Strict", "/api/kiosk")
    assert kiosk_key not in str(cookie.get("value"))


def test_a_wrong_key_is_refused_in_a_sentence(new: Page) -> None:
    enter(new, "wrong-key")
    expect(new.get_by_role("alert")).to_have_text("设备密钥不对，请核对后再输一次。")
    expect(not_set_up(new)).to_be_visible()


def test_typing_and_scanning_do_nothing_else(new: Page, kiosk_key: str) -> None:
    expect(not_set_up(new)).to_be_visible()
    new.keyboard.type(f"WENBAN:{CODE}")
    new.keyboard.press("Enter")
    expect(not_set_up(new)).to_be_visible()
    new.get_by_label("设备密钥").press_sequentially(f"{kiosk_key} ")
    expect(new.get_by_label("设备密钥")).to_have_value(f"{kiosk_key} ")
    new.keyboard.press("Enter")
    expect(home(new)).to_be_visible()


def test_a_key_that_was_typed_in_half_is_not_left_behind(opens: Opens) -> None:
    page = opens("/kiosk")
    page.clock.install()
    page.context.clear_cookies()
    page.goto(f"/kiosk?office={any_office(opens)}")
    page.get_by_label("设备密钥").fill("half-a-key")
    page.clock.run_for(61_000)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.clock.run_for(21_000)
    expect(page.get_by_label("设备密钥")).to_have_value("")
    expect(not_set_up(page)).to_be_visible()


def test_a_screen_whose_key_was_changed_meanwhile_says_so_at_the_next_number(opens: Opens) -> None:
    page = opens(f"/kiosk?office={any_office(opens)}", PORTRAIT)
    expect(home(page)).to_be_visible()
    page.wait_for_load_state("networkidle")  # the answer about the key renews the cookie
    page.context.clear_cookies()
    page.keyboard.type(CODE)
    page.keyboard.press("Enter")
    expect(not_set_up(page)).to_be_visible()


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
def test_text_and_targets_are_large_enough(new: Page, size: tuple[int, int]) -> None:
    new.set_viewport_size({"width": size[0], "height": size[1]})
    enter(new, "wrong-key")
    expect(new.get_by_role("alert")).to_be_visible()
    assert new.evaluate(SMALL_TARGETS, 60) == []
    assert new.evaluate(SMALL_TEXT, 20) == []
    assert new.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert new.evaluate("document.documentElement.scrollHeight") <= size[1]
