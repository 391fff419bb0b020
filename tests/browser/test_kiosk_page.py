"""The touch screen: scanning, typing, taking a number, walking away, on every usual size."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.counter import answer_json
from tests.browser.screens import (
    CODE,
    LANDSCAPE,
    PORTRAIT,
    SMALL_TARGETS,
    SMALL_TEXT,
    Opens,
    any_office,
    give_tickets,
    queue_of,
    ticket,
)

pytestmark = pytest.mark.browser

KIOSKS = [PORTRAIT, LANDSCAPE, (1024, 768), (1280, 720), (768, 1366), (1366, 768)]


@pytest.mark.parametrize("path", ["/kiosk", "/board/nowhere", "/counter"])
def test_the_pages_keep_a_strict_policy(opens: Opens, path: str) -> None:
    headers = opens("/counter").request.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("typed", [CODE, f"WENBAN:{CODE}", f"ZZ{CODE.lower()}"])
def test_a_scanner_checks_in_from_any_screen(opens: Opens, typed: str) -> None:
    page = opens(f"/kiosk?office={any_office(opens)}", LANDSCAPE)
    sent = give_tickets(page)
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.locator("#ticket-number")).to_have_text("A007")
    expect(page.get_by_text("前面还有 2 位，大约要等 12 分钟")).to_be_visible()
    assert sent == [{"code": CODE}]


def test_a_code_that_nobody_has_is_refused_in_a_sentence(opens: Opens) -> None:
    page = opens(f"/kiosk?office={any_office(opens)}", PORTRAIT)
    page.get_by_role("button", name="报到取号").click()
    for character in CODE:
        page.get_by_role("button", name=character, exact=True).click()
    page.locator("#send-code").click()
    expect(page.get_by_role("alert")).not_to_be_empty()
    expect(page.get_by_role("alert")).not_to_contain_text("unknown")


def test_an_early_bird_is_told_its_time(opens: Opens) -> None:
    page = opens(f"/kiosk?office={any_office(opens)}", LANDSCAPE)
    early = {**ticket(), "ahead": 0, "estimated_wait_minutes": 0, "first_from": "2031-11-26T10:30:00+08:00"}
    page.route("**/api/kiosk/*/check-in", lambda route: answer_json(route, json.dumps({"ticket": early})))
    page.keyboard.type(CODE)
    page.keyboard.press("Enter")
    expect(page.locator("#ticket-ahead")).to_contain_text("您约的是 10:30，到点优先叫")
    expect(page.locator("#ticket-ahead")).not_to_contain_text("前面没有人")


def test_kiosk_and_board_tell_of_those_who_come_before_a_newcomer(opens: Opens) -> None:
    page = opens("/kiosk")
    office = any_office(opens)
    line: dict[str, Any] = {
        "line_id": "l",
        "name": "户籍",
        "letter": "A",
        "open": True,
        "opens_at": None,
        "counters": [],
        "items": [],
        "waiting": 2,
        "early": 2,
        "ahead": 0,
        "estimated_wait_minutes": 0,
    }
    state = {**queue_of(), "open": True, "hours_today": [], "opens_at": None, "lines": [line]}
    for address in (f"**/api/kiosk/{office}", f"**/api/queue/{office}"):
        page.route(address, lambda route: answer_json(route, json.dumps(state)))
    page.goto(f"/kiosk?office={office}")
    page.get_by_role("button", name="现场取号").click()
    expect(page.get_by_role("list", name="业务")).to_contain_text("前面没有人")
    page.goto(f"/board/{office}")
    row = page.get_by_role("list", name="等候").get_by_role("listitem")
    expect(row).to_contain_text("0 人")
    expect(row).to_contain_text("另有 2 人没到预约时间")


def test_a_strange_qr_code_is_not_sent(opens: Opens) -> None:
    page = opens(f"/kiosk?office={any_office(opens)}")
    sent = give_tickets(page)
    page.keyboard.type("https://example.invalid/100")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("这不是预约二维码")
    assert sent == []


def test_the_result_goes_home_by_itself_unless_it_is_kept(opens: Opens) -> None:
    page = opens("/kiosk")
    page.clock.install()
    page.goto(f"/kiosk?office={any_office(opens)}")
    give_tickets(page)
    home = page.get_by_role("heading", name="您好，要办什么？")
    for button, is_home_then in ((None, True), ("再看一会儿", False), ("不自动返回", False)):
        page.keyboard.type(CODE)
        page.keyboard.press("Enter")
        expect(page.get_by_text("15 秒后回到首页")).to_be_visible()
        if button:
            page.get_by_role("button", name=button).click()
        page.clock.run_for(16_000)
        expect(home).to_be_visible(visible=is_home_then)
    page.get_by_role("button", name="完成").click()
    expect(home).to_be_visible()
    expect(page.locator("#ticket-number")).to_be_empty()


def test_whoever_walks_away_leaves_nothing_behind(opens: Opens) -> None:
    page = opens("/kiosk")
    page.clock.install()
    page.goto(f"/kiosk?office={any_office(opens)}")
    page.get_by_role("button", name="报到取号").click()
    page.get_by_role("button", name="7", exact=True).click()
    page.clock.run_for(61_000)
    page.get_by_role("dialog").get_by_role("button", name="继续").click()
    expect(page.get_by_text("已输入 1 位")).to_be_attached()
    page.clock.run_for(61_000)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.clock.run_for(21_000)
    expect(page.get_by_role("heading", name="您好，要办什么？")).to_be_visible()
    page.get_by_role("button", name="报到取号").click()
    expect(page.get_by_text("还没有输入")).to_be_attached()


def test_a_lost_answer_tried_again_carries_the_same_key(opens: Opens) -> None:
    page = opens(f"/kiosk?office={any_office(opens)}", PORTRAIT)
    keys: list[str | None] = []

    def answer(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        if len(keys) == 1:
            route.abort()
        else:
            answer_json(route, json.dumps({"ticket": ticket()}), status=201)

    page.route("**/api/kiosk/*/tickets", answer)
    page.get_by_role("button", name="现场取号").click()
    page.get_by_role("list", name="业务").locator("button:enabled").first.click()
    item = page.get_by_role("list", name="事项").get_by_role("button").first
    item.click()
    expect(page.get_by_role("alert")).to_contain_text("网络不通")
    item.click()
    expect(page.locator("#ticket-number")).to_have_text("A007")
    assert keys[0] and keys[0] == keys[1]


@pytest.mark.parametrize("size", KIOSKS)
def test_after_a_wrong_code_the_way_back_is_in_sight_in_elder_mode_too(opens: Opens, size: tuple[int, int]) -> None:
    page = opens(f"/kiosk?office={any_office(opens)}", size)
    page.get_by_role("button", name="长辈版").click()
    page.get_by_role("button", name="报到取号").click()
    page.keyboard.type(CODE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("没有找到这个预约码")
    for button in ("返回首页", "清空", "报到取号"):
        expect(page.get_by_role("button", name=button)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", KIOSKS)
@pytest.mark.parametrize("elder", [False, True])
def test_text_and_targets_are_large_enough_and_all_is_in_sight(
    opens: Opens, size: tuple[int, int], elder: bool
) -> None:
    page = opens(f"/kiosk?office={any_office(opens)}", size)
    if elder:
        page.get_by_role("button", name="长辈版").click()
    give_tickets(page)

    def check() -> None:
        assert page.evaluate(SMALL_TARGETS, 60) == []
        assert page.evaluate(SMALL_TEXT, 20) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        # In elder mode a screen may be longer than a low one; its keys may not.
        assert elder or page.evaluate("document.documentElement.scrollHeight") <= size[1]

    check()
    page.get_by_role("button", name="报到取号").click()
    for key in page.locator("#keys button").all():
        expect(key).to_be_in_viewport(ratio=1)
    check()
    page.keyboard.type(CODE)
    page.keyboard.press("Enter")
    expect(page.locator("#ticket-number")).to_have_text("A007")
    check()


def test_elder_mode_gives_more_time_and_ends_with_whoever_chose_it(opens: Opens) -> None:
    page = opens("/kiosk")
    page.clock.install()
    page.goto(f"/kiosk?office={any_office(opens)}")
    give_tickets(page)
    elder = page.get_by_role("button", name="长辈版")
    elder.click()
    expect(elder).to_have_attribute("aria-pressed", "true")
    page.keyboard.type(CODE)
    page.keyboard.press("Enter")
    expect(page.get_by_text("30 秒后回到首页")).to_be_visible()
    page.clock.run_for(31_000)
    expect(page.get_by_role("heading", name="您好，要办什么？")).to_be_visible()
    expect(elder).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("size", [(768, 1024), *KIOSKS])
@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_all_that_one_may_begin_with_is_in_sight_in_elder_mode_too(
    opens: Opens, size: tuple[int, int], lang: str
) -> None:
    page = opens(f"/kiosk?office={any_office(opens)}&lang={lang}", size)
    page.locator("#elder-mode").click()
    for way in ("#to-check-in", "#to-walk-in", "#to-find"):
        expect(page.locator(way)).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    words = "each => [each.scrollWidth, each.clientWidth]"
    for each in page.locator(".way").all():
        needed, there = each.evaluate(words)
        assert needed <= there


@pytest.mark.parametrize("size", [(768, 1024), (1024, 768), PORTRAIT, LANDSCAPE])
@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_the_switch_of_elder_mode_stays_below_the_finger_that_pressed_it(
    opens: Opens, size: tuple[int, int], lang: str
) -> None:
    page = opens(f"/kiosk?office={any_office(opens)}&lang={lang}", size)
    # However long a notice there is.
    page.locator(".emergency").evaluate(
        "each => (each.hidden = false, each.textContent = '今天下午暂停办理。'.repeat(20))"
    )
    elder = page.locator("#elder-mode")
    before = elder.bounding_box()
    page.mouse.move(0, 0)
    elder.click()
    expect(elder).to_have_attribute("aria-pressed", "true")
    after = elder.bounding_box()
    assert before and after
    assert after["x"] <= before["x"] and after["y"] <= before["y"]
    assert after["x"] + after["width"] >= before["x"] + before["width"]
    assert after["y"] + after["height"] >= before["y"] + before["height"]


@pytest.mark.parametrize(("printer", "printed"), [("", 0), ("&printer=yes", 1)])
def test_a_number_is_printed_where_there_is_a_printer(opens: Opens, printer: str, printed: int) -> None:
    page = opens("/kiosk")
    page.add_init_script("window.printed = 0; window.print = () => (window.printed += 1)")
    page.goto(f"/kiosk?office={any_office(opens)}{printer}")
    give_tickets(page)
    page.keyboard.type(CODE)
    page.keyboard.press("Enter")
    expect(page.locator("#ticket-number")).to_have_text("A007")
    assert page.evaluate("window.printed") == printed
    again = page.get_by_role("button", name="再打印一张")
    expect(again).to_be_visible(visible=bool(printed))
    if printed:
        again.click()
        assert page.evaluate("window.printed") == 2


@pytest.mark.parametrize("has_hours", [True, False])
def test_a_closed_hall_offers_no_numbers_but_says_when_it_opens(opens: Opens, has_hours: bool) -> None:
    page = opens("/kiosk")
    hours = [{"opens": "2031-06-06T09:00:00+08:00", "closes": "2031-06-06T12:00:00+08:00"}] if has_hours else []
    closed = {"open": False, "hours_today": hours, "opens_at": "2031-06-09T09:00:00+08:00", "lines": []}
    office = any_office(opens)
    page.route(f"**/api/kiosk/{office}", lambda route: answer_json(route, json.dumps(closed)))
    page.goto(f"/kiosk?office={office}")
    said = (
        "今天已经下班。6月9日 周一 09:00 开门。 今天 09:00—12:00"
        if has_hours
        else "今天不上班。6月9日 周一 09:00 开门。"
    )
    expect(page.get_by_role("status").filter(has_text="开门")).to_have_text(said)
    expect(page.get_by_role("button", name="现场取号")).to_be_hidden()
    expect(page.get_by_role("button", name="报到取号").first).to_be_visible(visible=has_hours)
