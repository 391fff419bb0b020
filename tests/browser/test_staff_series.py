"""Staff see a suspicious series, keep one of it and release the rest; and find the no-show of whoever calls."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.counter import answer_json, said_in
from tests.browser.screens import ATTACK, SMALL_TARGETS
from tests.browser.staff_tab import VISIT

pytestmark = pytest.mark.browser


def test_a_series_is_counted_in_the_tab_kept_in_part_and_released_in_one_go(tab: Page) -> None:
    visits = [{**VISIT, "visit_id": f"w_{number}", "made_at": VISIT["starts_at"]} for number in range(3)]
    found = {
        "series_id": "a1",
        "first_at": VISIT["starts_at"],
        "last_at": VISIT["starts_at"],
        "bookings": 25,
        "waiting": 2,
        "visits": visits,
    }
    done: list[tuple[str, Any]] = []

    def list_them(route: Route) -> None:
        shown = {**found, "visits": visits}
        answer_json(route, json.dumps({"series": [shown] if visits else []}))

    def act(route: Route) -> None:
        body = said_in(route.request) if route.request.post_data else None
        done.append((route.request.url.rsplit("/", 1)[1], body))
        kept = body["visit_ids"] if body else [visit["visit_id"] for visit in visits]
        visits[:] = [visit for visit in visits if visit["visit_id"] not in kept]
        answer_json(route, json.dumps({"series_id": "a1", "kept": len(kept), "released": len(kept)}))

    tab.route("**/series", list_them)
    tab.route(re.compile("/series/a1/"), act)
    tab.get_by_role("button", name="预约日程").click()
    expect(tab.get_by_role("button", name="预约日程 疑似占号 1")).to_be_visible()
    card = tab.locator("#series-card")
    expect(card).to_contain_text("同一网络约了 25 个")
    expect(card).to_contain_text("本网点还没办的 3 个，候补 2 个")
    expect(card.locator("img")).to_have_count(0)  # nobody's name is markup
    card.get_by_text("看看是哪些").click()
    assert ATTACK in card.inner_text()
    tab.set_viewport_size({"width": 390, "height": 844})
    assert tab.evaluate(SMALL_TARGETS, 44) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    card.get_by_role("button", name="留下这个").first.click()
    expect(card.get_by_role("button", name="全部放号（2）")).to_be_visible()
    expect(card.get_by_role("button", name="留下这个")).to_have_count(2)  # what was open stays open
    card.get_by_role("button", name="全部放号").click()
    card.get_by_role("button", name="确认取消这些预约").click()
    expect(tab.get_by_role("alert")).to_contain_text("已取消 2 个")
    expect(card).to_be_hidden()
    expect(tab.get_by_role("button", name="预约日程", exact=True)).to_be_visible()
    assert done == [("keep", {"visit_ids": ["w_0"]}), ("release", None)]


def test_a_no_show_is_found_for_whoever_calls_excused_and_the_restriction_lifted(tab: Page) -> None:
    found = {**VISIT, "visit_id": "w_1", "counts": True, "restricted_until": VISIT["starts_at"]}
    asked: list[Any] = []

    def find(route: Route) -> None:
        asked.append(said_in(route.request))
        answer_json(route, json.dumps({"no_shows": [found] if len(asked) < 3 else []}))

    tab.route("**/no-shows/find", find)
    tab.route("**/no-shows/w_1/lift", lambda route: answer_json(route, json.dumps({"visit_id": "w_1", "excused": 3})))
    tab.get_by_role("button", name="申诉", exact=True).click()
    form = tab.locator("#no-show-find")
    form.get_by_label("姓名").fill("王小明")
    form.get_by_label("手机号").fill("13800000001")
    form.get_by_role("button", name="查找").click()
    entry = tab.locator("#no-show-list > li")
    expect(entry).to_contain_text("记了爽约")
    expect(entry.locator("img")).to_have_count(0)
    form.get_by_label("预约码").fill("A2B3C 4D5E6")
    form.get_by_role("button", name="查找").click()
    entry.get_by_role("button", name="解除限制").click()
    entry.get_by_role("button", name="确认解除限制").click()
    expect(tab.get_by_role("alert")).to_contain_text("已解除")
    expect(entry).to_have_text("没有查到爽约记录。")
    assert asked[0] == {"person": {"name": "王小明", "phone": "13800000001"}}
    assert asked[1] == {"code": "A2B3C 4D5E6"}
    tab.get_by_role("button", name="叫号", exact=True).click()
    tab.get_by_role("button", name="申诉", exact=True).click()
    expect(form.get_by_label("姓名")).to_have_value("")  # what was told on the phone does not stay
