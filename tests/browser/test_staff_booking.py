"""Staff book for somebody who telephones: the tab 代约 at the counter, before the real service."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.bookings import NAME
from tests.browser.counter import answer_json
from tests.browser.screens import ATTACK, SMALL_TARGETS
from tests.browser.staff_tab import VISIT, Place, book_by_staff, fill, find, form, submit

pytestmark = pytest.mark.browser

PERSON = ("姓名", "手机号", "身份证号")


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
        # After one click: the second of two may fall on what stands there by then.
        expect(tab.locator("#booked")).to_be_focused()
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


def slip_of(**changes: Any) -> str:
    slip = {"code": "A2B3C 4D5E6", "guide_id": "x", "guide_name": ATTACK, "starts_at": VISIT["starts_at"]}
    return json.dumps({**slip, "counter": "1号窗口", "status": "booked", "needs_new_time": False, **changes})


class TestWhatStaffBooked:
    def test_it_is_found_however_the_code_is_typed_then_moved_then_cancelled(self, tab: Page, place: Place) -> None:
        code = book_by_staff(tab, place)
        slip = find(tab, f" {code.lower()} ")
        expect(slip).to_contain_text(f"{code}事项{place.guide_name}")
        expect(slip).to_contain_text("状态已预约")
        expect(slip).to_be_focused()
        slip.get_by_role("button", name="改时间").click()
        moving = tab.locator("#slip-move")
        moving.get_by_label("改到哪天").fill(place.day)
        time = moving.get_by_role("button", name=re.compile(r"^\d\d:\d\d 余\d+$")).last
        time.click()
        wanted = time.inner_text()[:5]
        moving.get_by_role("button", name="改到这个时间").click()
        expect(slip.get_by_role("status")).to_contain_text(f"{wanted}，请告诉办事人。")
        expect(moving).to_be_hidden()
        before = place.left(tab).get(wanted, 0)
        slip.get_by_role("button", name="取消").click()
        slip.get_by_role("button", name="确认取消").click()
        expect(slip).to_contain_text("状态已取消")
        expect(slip.get_by_role("button")).to_have_count(0)
        assert place.left(tab)[wanted] == before + 1

    def test_a_code_that_staff_did_not_book_is_refused_in_the_services_words(self, tab: Page) -> None:
        for typed, said in (("", "请填代约时给的码"), ("..", "请填代约时给的码"), ("a2b3c-4d5e6", "没有找到这个代约")):
            slip = find(tab, typed)
            expect(tab.locator("#slip-fault")).to_contain_text(said)
            expect(tab.get_by_label("代约时给的码")).to_be_focused()
            expect(slip).to_be_hidden()

    def test_whose_time_is_gone_is_said_and_no_wording_becomes_markup(self, tab: Page) -> None:
        tab.route("**/appointments/A2B3C4D5E6", lambda route: answer_json(route, slip_of(needs_new_time=True)))
        slip = find(tab, "A2B3C 4D5E6")
        expect(slip).to_contain_text("需要改时间")
        expect(slip).to_contain_text(ATTACK)
        expect(slip.locator("img")).to_have_count(0)

    def test_a_refused_move_offers_other_times_and_a_refused_cancelling_leaves_it_as_it_is(
        self, tab: Page, place: Place
    ) -> None:
        near = {"office_id": place.office_id, "starts_at": f"{place.day}T23:10:00+08:00", "left": 1}
        full = {"error": "slot_full", "message": "刚刚约满了", "alternatives": [near]}
        late = {"error": "cancel_too_late", "message": "这个预约已经不能取消了"}
        slip = find(tab, book_by_staff(tab, place))
        tab.route("**/reschedule", lambda route: answer_json(route, json.dumps(full), status=409))
        slip.get_by_role("button", name="改时间").click()
        moving = tab.locator("#slip-move")
        moving.get_by_role("button", name="改到这个时间").click()
        expect(moving.get_by_role("status")).to_have_text("请选一个时间。")
        moving.get_by_label("改到哪天").fill(place.day)
        moving.get_by_role("button", name=re.compile("余")).first.click()
        moving.get_by_role("button", name="改到这个时间").click()
        expect(moving.get_by_role("status")).to_have_text("刚刚约满了")
        expect(moving.get_by_role("button", name=re.compile("余"))).to_have_text(["23:10 余1"])
        tab.unroute("**/reschedule")
        tab.route("**/appointments/*", lambda route: answer_json(route, json.dumps(late), status=409))
        slip.get_by_role("button", name="取消").click()
        slip.get_by_role("button", name="确认取消").click()
        expect(tab.locator("#slip-fault")).to_have_text("这个预约已经不能取消了")
        expect(slip).to_contain_text("状态已预约")

    def test_leaving_the_tab_takes_it_off_the_page(self, tab: Page) -> None:
        held: list[Route] = []

        def answer(route: Route) -> None:
            if route.request.method == "GET":
                answer_json(route, slip_of())
            else:
                held.append(route)

        tab.route("**/appointments/*", answer)
        slip = find(tab, "A2B3C 4D5E6")
        slip.get_by_role("button", name="取消").click()
        with tab.expect_request(lambda sent: sent.method == "DELETE"):
            slip.get_by_role("button", name="确认取消").click()
        tab.get_by_role("button", name="叫号").click()
        answer_json(held[0], slip_of(status="cancelled"))
        expect(tab.get_by_role("alert")).to_have_text("预约码 A2B3C 4D5E6：已取消，请告诉办事人。")
        tab.get_by_role("button", name="代约", exact=True).click()
        expect(slip).to_be_empty()
        expect(tab.get_by_label("代约时给的码")).to_have_value("")

    def test_a_phone_shows_the_move_with_targets_large_enough(self, tab: Page, place: Place) -> None:
        tab.set_viewport_size({"width": 390, "height": 844})
        find(tab, book_by_staff(tab, place)).get_by_role("button", name="改时间").click()
        expect(tab.locator("#slip-times").get_by_role("button").first).to_be_visible()
        assert tab.evaluate(SMALL_TARGETS, 44) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
