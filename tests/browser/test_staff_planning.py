"""Staff close and open hours, and call whom no door reaches: two tabs at the counter, before the real service."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bookings import OWN_PAGE
from tests.browser.counter import answer_json
from tests.browser.screens import ATTACK, SMALL_TARGETS
from tests.browser.staff_tab import VISIT, Place, book_by_staff, find

pytestmark = pytest.mark.browser


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
