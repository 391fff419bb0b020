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
    enter(page, place)
    page.get_by_role("button", name="代约", exact=True).click()
    return page


def enter(page: Page, place: Place) -> None:
    page.get_by_role("combobox", name="网点").select_option(place.office_id)
    page.get_by_role("combobox", name="窗口").select_option(place.counter)
    page.get_by_role("button", name="进入工作台").click()


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


def book_by_staff(tab: Page, place: Place) -> str:
    """The code, as it is written for people."""
    fill(tab, place)
    submit(tab).click()
    code = tab.locator("#booked-code").inner_text()
    tab.get_by_role("button", name="再约一个").click()
    return code


def find(tab: Page, code: str) -> Locator:
    tab.get_by_label("代约时给的码").fill(code)
    tab.get_by_role("button", name="查找").click()
    return tab.locator("#slip")


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


class TestTellingByTelephone:
    @pytest.mark.parametrize(
        ("list_name", "by_telephone", "title"),
        [
            ("moved", [False, False], "已改约 2 个，新时间已通知本人："),
            ("moved", [False, True], "已改约 2 个，1 个已通知本人，1 个要打电话，见“待告知”："),
            ("moved", [True], "已改约 1 个，新时间要打电话告知本人，见“待告知”："),
            ("displaced", [False, False], "2 个没有改约，已请本人重新选时间："),
            ("displaced", [False, True], "2 个没有改约，1 个已请本人重新选时间，1 个要打电话，见“待告知”："),
            ("displaced", [True], "1 个没有改约，要打电话请本人另选时间，见“待告知”："),
        ],
    )
    def test_a_closure_says_how_many_to_call(
        self, tab: Page, list_name: str, by_telephone: list[bool], title: str
    ) -> None:
        hits = [{**VISIT, "visit_id": f"v{number}", "by_telephone": is_so} for number, is_so in enumerate(by_telephone)]
        closed = {"closure_id": "c_1", "moved": [], "displaced": [], "let_go": [], "waiting": [], list_name: hits}
        tab.route("**/closures/preview", lambda route: answer_json(route, json.dumps({"hits": hits})))
        tab.route(
            "**/closures",
            lambda route: answer_json(route, json.dumps(closed | {"closures": [], "extra_hours": []})),
        )
        tab.get_by_role("button", name="预约日程").click()
        closing = tab.locator("#closing")
        closing.get_by_label("从").fill("2031-11-26T09:00")
        closing.get_by_label("到", exact=True).fill("2031-11-26T12:00")
        closing.get_by_label("原因").fill("停电")
        closing.get_by_role("button", name="看看影响哪些预约").click()
        tab.get_by_role("button", name="停办，改约到最近空位").click()
        result = tab.locator("#closing-result")
        expect(result.locator("p")).to_have_text(title)
        expect(result.locator(".call")).to_have_text(["要打电话告知"] * sum(by_telephone))
        # What was done outlasts a look at another tab, and not the clerk's leaving.
        tab.get_by_role("button", name="代约", exact=True).click()
        tab.get_by_role("button", name="预约日程").click()
        expect(result.locator("p")).to_have_text(title)
        tab.get_by_role("button", name="换窗口").click()
        expect(result).to_be_empty()

    def test_who_is_to_be_called_stays_listed_until_told(self, tab: Page, place: Place) -> None:
        code = book_by_staff(tab, place)
        slip = find(tab, code)
        starts_at = tab.request.get(
            f"/api/counter/{place.office_id}/appointments/{re.sub(r'[^A-Z0-9]', '', code)}", headers=OWN_PAGE
        ).json()["starts_at"]
        expect(slip).to_contain_text("已预约")
        closure = {"from": starts_at, "until": starts_at[:11] + "23:59:00+08:00", "reason": ATTACK, "do": "notify"}
        made = tab.request.post(f"/api/counter/{place.office_id}/closures", data=closure, headers=OWN_PAGE).json()
        try:
            before = len(made["displaced"])
            assert before >= 1
            tab.get_by_role("button", name=re.compile("^待告知")).click()
            tail = re.sub(r"[^A-Z0-9]", "", code)[-4:]
            entry = tab.locator("#to-tell > li").filter(has_text=f"预约码尾号 {tail}")
            expect(entry).to_contain_text(ATTACK)
            expect(entry.locator("img")).to_have_count(0)
            tab.reload()  # the page may close before anybody was called
            expect(tab.get_by_role("button", name=re.compile(r"^待告知 \d+$"))).to_be_visible()
            tab.get_by_role("button", name=re.compile("^待告知")).click()
            entry.get_by_role("button", name="看电话").click()
            expect(entry.get_by_role("link")).to_have_text(re.compile(r"^1\d{10}$"))
            expect(entry.get_by_role("link")).to_be_focused()
            expect(entry).to_contain_text(code)
            entry.get_by_role("button", name="改时间或取消").click()
            expect(tab.locator("#slip")).to_contain_text(code)
            expect(tab.locator("#slip")).to_contain_text("需要改时间")
            tab.get_by_role("button", name=re.compile("^待告知")).click()
            expect(entry).not_to_contain_text(code)  # a number once looked at does not stay on the page
            entry.get_by_role("button", name="已告知").click()
            expect(tab.get_by_role("alert")).to_contain_text("已记下：告知了")
            expect(entry).to_have_count(0)
        finally:
            tab.request.delete(f"/api/counter/{place.office_id}/closures/{made['closure_id']}", headers=OWN_PAGE)

    def test_a_colleague_who_was_faster_is_said(self, tab: Page) -> None:
        entry = {"notice_id": "n_1", "kind": "moved", "since": VISIT["starts_at"], "sentence": ATTACK}
        left = [[{**entry, "visit": {**VISIT, "visit_id": "v1"}}], []]
        tab.route("**/to-tell", lambda route: answer_json(route, json.dumps({"to_tell": left.pop(0)})))
        gone = {"error": "unknown_notice", "message": "这一条已经告知过，或者不用再告知了，请看刷新后的列表。"}
        tab.route("**/to-tell/n_1/*", lambda route: answer_json(route, json.dumps(gone), status=404))
        tab.get_by_role("button", name=re.compile("^待告知")).click()
        tab.locator("#to-tell").get_by_role("button", name="已告知").click()
        expect(tab.get_by_role("alert")).to_have_text(gone["message"])
        expect(tab.locator("#to-tell")).to_have_text("没有要打电话告知的。")
        expect(tab.get_by_role("button", name="待告知", exact=True)).to_be_visible()

    def test_a_phone_shows_whom_to_call_with_targets_large_enough(self, tab: Page) -> None:
        tab.set_viewport_size({"width": 390, "height": 844})
        entry = {"notice_id": "n_1", "kind": "moved", "since": VISIT["starts_at"], "sentence": "因停电，" * 30}
        found = {"notice_id": "n_1", "phone": "13800000001", "code": "A2B3C 4D5E6"}
        listed = {"to_tell": [{**entry, "visit": {**VISIT, "visit_id": "v1"}}]}
        tab.route("**/to-tell", lambda route: answer_json(route, json.dumps(listed)))
        tab.route("**/to-tell/n_1/phone", lambda route: answer_json(route, json.dumps(found)))
        tab.get_by_role("button", name=re.compile("^待告知")).click()
        tab.locator("#to-tell").get_by_role("button", name="看电话").click()
        expect(tab.get_by_role("link", name="13800000001")).to_have_attribute("href", "tel:13800000001")
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
