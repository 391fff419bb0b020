"""Staff book for somebody who telephones: the tab 代约 at the counter, before the real service."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from service_hall.shared.clock import SHANGHAI
from tests.browser.bookings import NAME, OWN_PAGE, fill_in, new_phone
from tests.browser.counter import answer_json
from tests.browser.screens import ATTACK, SMALL_TARGETS, login

pytestmark = pytest.mark.browser

PERSON = ("姓名", "手机号", "身份证号")
VISIT = {"guide_name": "事项", "person": ATTACK, "code_tail": "D5E6", "starts_at": "2031-11-26T09:00:00+08:00"}


@dataclass(frozen=True)
class Place:
    office_id: str
    counter: str
    guide_id: str
    guide_name: str
    day: str

    def left(self, page: Page) -> dict[str, int]:
        """By the time of day."""
        asked = f"/api/counter/{self.office_id}/openings?guide_id={self.guide_id}&day={self.day}"
        answer = page.request.get(asked, headers=OWN_PAGE)
        openings = answer.json()["openings"] if answer.ok else []
        return {each["starts_at"][11:16]: each["left"] for each in openings}


@pytest.fixture
def place(page: Page, request: pytest.FixtureRequest) -> Place:
    """With places for staff to book. Somebody is signed in there."""
    if "WENBAN_TEST_ADDRESS" in os.environ:
        password = os.environ["WENBAN_ADMIN_PASSWORD"]
    else:
        password = str(request.getfixturevalue("running_stack_of_both").settings.admin_password)
    page.goto("/counter")
    login(page, password)
    today = datetime.now(SHANGHAI).date()
    days = [(today + timedelta(days=count)).isoformat() for count in range(1, 15)]
    for office in page.request.get("/api/counter/offices", headers=OWN_PAGE).json()["offices"]:
        for line in office["lines"]:
            item = line["items"][0]
            for day in days:
                found = Place(office["office_id"], line["counters"][0], item["guide_id"], item["guide_name"], day)
                if found.left(page):
                    return found
    pytest.skip("no office has places for staff to book")


@pytest.fixture
def tab(page: Page, place: Place) -> Page:
    page.get_by_role("combobox", name="网点").select_option(place.office_id)
    page.get_by_role("combobox", name="窗口").select_option(place.counter)
    page.get_by_role("button", name="进入工作台").click()
    page.get_by_role("button", name="代约", exact=True).click()
    return page


def form(tab: Page) -> Locator:
    return tab.locator("#booking-form")


def submit(tab: Page) -> Locator:
    return form(tab).get_by_role("button", name="预约")


def fill(tab: Page, place: Place) -> str:
    """All but the optional number. The time that was chosen."""
    form(tab).get_by_label("事项").select_option(place.guide_id)
    form(tab).get_by_label("日期").fill(place.day)
    time = form(tab).get_by_role("button", name=re.compile(r"^\d\d:\d\d 余\d+$")).first
    time.click()
    expect(time).to_have_attribute("aria-pressed", "true")
    fill_in(form(tab), new_phone())
    return time.inner_text()[:5]


def expect_nothing_of_the_person(tab: Page) -> None:
    for name in PERSON:
        expect(form(tab).get_by_label(name)).to_have_value("")


def hear_bookings(tab: Page) -> list[str | None]:
    """The keys that bookings were sent with."""
    keys: list[str | None] = []

    def hear(sent: Any) -> None:
        if sent.method == "POST" and sent.url.endswith("/appointments"):
            keys.append(sent.headers.get("idempotency-key"))

    tab.on("request", hear)
    return keys


class TestBookingByStaff:
    def test_a_double_click_books_once_and_what_the_caller_said_is_gone(self, tab: Page, place: Place) -> None:
        keys = hear_bookings(tab)
        before = place.left(tab)
        time = fill(tab, place)
        submit(tab).dblclick()
        booked = tab.locator("#booked")
        expect(booked.locator("#booked-code")).to_have_text(re.compile(r"^[A-Z0-9]{5} [A-Z0-9]{5}$"))
        expect(booked).to_contain_text(place.guide_name)
        expect(booked).to_contain_text(time)
        expect(booked).to_be_focused()
        expect(booked).not_to_contain_text(NAME)
        assert len(keys) == 1
        assert place.left(tab).get(time, 0) == before[time] - 1
        booked.get_by_role("button", name="再约一个").click()
        expect(booked).to_be_empty()
        expect(form(tab).get_by_label("事项")).to_be_focused()
        expect_nothing_of_the_person(tab)

    def test_a_refusal_is_said_beside_the_form_and_what_was_typed_stays(self, tab: Page, place: Place) -> None:
        submit(tab).click()
        expect(tab.locator("#booking-fault")).to_have_text("先选事项。")
        fill(tab, place)
        form(tab).get_by_label("手机号").fill("123")
        form(tab).get_by_label("手机号").press("Enter")
        expect(tab.locator("#booking-fault")).to_contain_text("手机号")
        expect(form(tab).get_by_label("手机号")).to_be_focused()
        expect(form(tab).get_by_label("姓名")).to_have_value(NAME)
        expect(form(tab).get_by_role("button", pressed=True)).to_have_count(1)

    def test_a_lost_answer_asked_for_again_carries_the_same_key(self, tab: Page, place: Place) -> None:
        keys = hear_bookings(tab)
        tab.route("**/appointments", lambda route: route.abort(), times=1)
        fill(tab, place)
        submit(tab).click()
        expect(tab.locator("#booking-fault")).to_contain_text("网络不通")
        submit(tab).click()
        expect(tab.locator("#booked-code")).to_be_visible()
        assert keys[0] and keys[0] == keys[1]

    def test_a_full_time_offers_others_of_this_office(self, tab: Page, place: Place) -> None:
        near, elsewhere = (
            {"office_id": office_id, "starts_at": f"{place.day}T23:{minute}:00+08:00", "left": 1}
            for office_id, minute in ((place.office_id, 10), ("x", 20))
        )
        full = {"error": "slot_full", "message": "刚刚约满了", "alternatives": [near, elsewhere]}
        tab.route("**/appointments", lambda route: answer_json(route, json.dumps(full), status=409))
        fill(tab, place)
        submit(tab).click()
        expect(form(tab).get_by_role("status")).to_have_text("刚刚约满了")
        offered = form(tab).get_by_role("group", name="时间").get_by_role("button")
        expect(offered).to_have_text(["23:10 余1"])
        expect(offered).to_be_focused()

    def test_leaving_the_tab_leaves_nothing_of_the_caller_behind(self, tab: Page, place: Place) -> None:
        fill(tab, place)
        form(tab).get_by_label("身份证号").fill("11010519491231002X")
        held: list[Route] = []
        tab.route("**/appointments", lambda route: held.append(route))
        with tab.expect_request("**/appointments"):
            submit(tab).click()
        tab.get_by_role("button", name="叫号").click()
        booked = {"code": "A2B3C 4D5E6", "starts_at": VISIT["starts_at"], "counter": "1号窗口", "guide_name": "事项"}
        answer_json(held[0], json.dumps(booked), status=201)
        expect(tab.get_by_role("alert")).to_contain_text("刚才的代约已约好：预约码 A2B3C 4D5E6")
        tab.get_by_role("button", name="代约", exact=True).click()
        expect_nothing_of_the_person(tab)
        expect(tab.locator("#booked")).to_be_empty()

    def test_a_phone_shows_all_of_it_with_targets_large_enough(self, tab: Page, place: Place) -> None:
        tab.set_viewport_size({"width": 390, "height": 844})
        fill(tab, place)
        assert tab.evaluate(SMALL_TARGETS, 44) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390


class TestTakingBack:
    @pytest.mark.parametrize(
        ("answered", "said"),
        [
            ({"restored": [VISIT]}, "1 个预约恢复了原来的时间"),
            ({"displaced": [VISIT]}, "1 个预约不再有这个时段"),
        ],
    )
    def test_whom_it_touches_is_named(self, tab: Page, answered: dict[str, Any], said: str) -> None:
        at = {"from": "2031-11-26T00:00:00+08:00", "until": "2031-11-26T23:59:00+08:00"}
        closure = {"closure_id": "c_1", "line_id": "", "reason": "", **at}
        extra = {"extra_id": "x_1", "line_id": "", "day": "2031-11-26", "opens": "09:00", "closes": "12:00"}
        listed = {"closures": [], "extra_hours": [extra]} if "displaced" in answered else {"closures": [closure]}
        tab.route(
            "**/closures", lambda route: answer_json(route, json.dumps({"closures": [], "extra_hours": [], **listed}))
        )
        tab.route(re.compile("/(c|x)_1$"), lambda route: answer_json(route, json.dumps(answered)))
        tab.get_by_role("button", name="预约日程").click()
        tab.get_by_role("button", name="撤销").click()
        tab.get_by_role("button", name="确认撤销").click()
        result = tab.locator("#arranged-result")
        expect(result).to_contain_text(said)
        expect(result.get_by_role("listitem")).to_have_text(f"11月26日 周三 09:00事项{ATTACK} …D5E6")
        expect(result.locator("img")).to_have_count(0)
