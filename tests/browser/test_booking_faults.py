"""Appointments on the chat page when something goes wrong or is odd; answers of the service are stood in for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.bookings import (
    CODE,
    appointment,
    appointment_reply,
    asking,
    fill_in,
    office_reply,
    opening,
    openings_reply,
    own_visits,
    person_reply,
    serve_visits,
    ticket,
)
from tests.browser.counter import (
    answer_json,
    ask,
    clear,
    exchange,
    log,
    press_switch,
    receipt,
    said_in,
    serve_messages,
    text_reply,
)
from tests.browser.screens import ATTACK, SMALL_TARGETS, SMALL_TEXT

pytestmark = pytest.mark.browser

ID_NUMBER = "11010119900307123X"
FREE, OTHER, TAKEN = "2031-11-26T09:00:00+08:00", "2031-11-26T14:30:00+08:00", "2031-11-27T09:00:00+08:00"


class TestWhatTellsWhoSomebodyIs:
    def test_numbers_and_names_go_out_as_written_and_are_neither_shown_nor_kept(self, page: Page) -> None:
        sent: list[str] = []

        def answer(route: Route, said: dict[str, Any]) -> None:
            sent.append(said["text"])
            answer_json(route, asking(person_reply()) if len(sent) < 4 else receipt(text_reply("好的")))

        serve_messages(page, answer)
        ask(page, f"我的手机是１３９·0000／0001，1️⃣3️⃣9️⃣00000001，一三九零零零零零零零一，身份证{ID_NUMBER}")
        shown = "我的手机是139****0001，139****0001，139****0001，身份证〔身份证号〕"
        expect(exchange(page, 1).locator(".from-citizen")).to_contain_text(shown)
        ask(page, "李晓梅 139-0000-0001")
        expect(exchange(page, 2).locator(".from-citizen")).to_contain_text("〔姓名〕 139****0001")
        expect(exchange(page, 2).get_by_label("姓名")).to_be_visible()
        ask(page, "订单 828000000012")
        expect(exchange(page, 3).locator(".from-citizen")).to_contain_text("订单 828000000012")
        form = exchange(page, 3)
        fill_in(form, "13900000001")
        form.get_by_label("身份证号").fill(ID_NUMBER)
        form.get_by_role("button", name="填好了").click()
        expect(exchange(page, 4)).to_contain_text("好的")
        assert sent[3] == f"姓名：李晓梅\n手机：13900000001\n身份证：{ID_NUMBER}"
        assert f"身份证{ID_NUMBER}" in sent[0]
        kept = page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})") + log(page).inner_text()
        for secret in ("李晓梅", "13900000001", "0000 0001", "0000-0001", ID_NUMBER):
            assert secret not in kept
        assert form.get_by_label("手机号").input_value() == ""

    def test_after_a_failure_they_go_out_again_but_not_after_a_reload(self, page: Page) -> None:
        sent: list[str] = []

        def answer(route: Route, said: dict[str, Any]) -> None:
            sent.append(said["text"])
            route.abort()

        serve_messages(page, answer)
        ask(page, "13900000001")
        exchange(page, 1).get_by_role("button", name="重试").click()
        expect(exchange(page, 1).get_by_role("button", name="重试")).to_be_visible()
        assert sent == ["13900000001"] * 2
        page.reload()
        expect(exchange(page, 1)).to_contain_text("请再填一次")
        expect(exchange(page, 1).get_by_role("button", name="重试")).to_have_count(0)

    def test_where_the_citizen_is_goes_out_once_and_is_not_kept(self, page: Page) -> None:
        sent: list[dict[str, Any]] = []

        def answer(route: Route, said: dict[str, Any]) -> None:
            sent.append(said)
            answer_json(route, asking(office_reply()))

        serve_messages(page, answer)
        page.context.grant_permissions(["geolocation"])
        page.context.set_geolocation({"latitude": 30.0139, "longitude": 110.0248})
        ask(page, "去哪")
        exchange(page, 1).get_by_role("button", name="用我的位置").click()
        expect(exchange(page, 2)).to_contain_text("离我最近的")
        expect(exchange(page, 2).get_by_role("button", name="用我的位置")).to_be_visible()
        assert sent[1]["text"] == "离我最近的"
        assert sent[1]["location"] == {"lat": 30.0139, "lon": 110.0248}
        assert "30.0139" not in page.evaluate("JSON.stringify({...sessionStorage})")
        ask(page, "还有吗")
        expect(exchange(page, 3).get_by_role("button", name="用我的位置")).to_be_visible()
        assert "location" not in sent[2]

    def test_a_place_that_cannot_be_had_is_said_in_one_sentence(self, page: Page) -> None:
        serve_messages(page, lambda route, said: answer_json(route, asking(office_reply())))
        ask(page, "去哪")
        exchange(page, 1).get_by_role("button", name="用我的位置").click()
        expect(exchange(page, 1)).to_contain_text("没能得到您的位置")
        exchange(page, 1).get_by_role("button", name="市民大厅").click()
        expect(exchange(page, 2).locator(".from-citizen")).to_contain_text("市民大厅")


class TestTheForm:
    def test_what_is_plainly_missing_is_told_at_its_field(self, page: Page) -> None:
        sent: list[str] = []

        def answer(route: Route, said: dict[str, Any]) -> None:
            sent.append(said["text"])
            answer_json(route, asking(person_reply()))

        serve_messages(page, answer)
        ask(page, "约")
        form = exchange(page, 1)
        expect(form.locator(".from-hall")).not_to_contain_text("写成这样")
        form.get_by_role("button", name="填好了").click()
        expect(form).to_contain_text("请填写姓名。")
        expect(form.get_by_label("姓名")).to_be_focused()
        expect(form.get_by_label("姓名")).to_have_attribute("aria-invalid", "true")
        fill_in(form, "1390000000")
        form.get_by_label("身份证号").fill("110101")
        form.get_by_label("身份证号").press("Enter")
        expect(form).to_contain_text("手机号是 11 位数字")
        expect(form).to_contain_text("身份证号是 18 位")
        expect(form).not_to_contain_text("请填写姓名。")
        expect(form.get_by_label("手机号")).to_be_focused()
        assert sent == ["约"]

    def test_a_question_in_between_does_not_lose_what_was_typed(self, page: Page) -> None:
        serve_messages(page, lambda route, said: answer_json(route, asking(person_reply())))
        ask(page, "约")
        fill_in(exchange(page, 1), "13900000001")
        ask(page, "要带什么")
        expect(exchange(page, 2).get_by_label("姓名")).to_have_value("李晓梅")
        expect(exchange(page, 2).get_by_label("手机号")).to_have_value("13900000001")
        expect(exchange(page, 1).get_by_label("手机号")).to_be_disabled()
        expect(exchange(page, 1).get_by_label("手机号")).to_have_value("")
        clear(page)
        expect(log(page).locator(".exchange")).to_have_count(0)
        ask(page, "再约")
        expect(exchange(page, 1).get_by_label("手机号")).to_have_value("")


class TestTheTimes:
    def test_a_full_day_and_a_full_time_say_so_and_cannot_be_taken(self, page: Page) -> None:
        sent: list[dict[str, Any]] = []

        def answer(route: Route, said: dict[str, Any]) -> None:
            sent.append(said)
            answer_json(route, asking(openings_reply(opening(FREE, 2), opening(OTHER, 0), opening(TAKEN, 0))))

        serve_messages(page, answer)
        ask(page, "约")
        times = exchange(page, 1)
        expect(times.locator(".from-hall")).not_to_contain_text("1. 9:00")
        expect(times.get_by_role("tab")).to_have_text(["11月26日 周三 余2", "11月27日 周四 约满"])
        full = times.get_by_role("button", name="14:30")
        expect(full).to_contain_text("约满")
        full.click(force=True)
        times.get_by_role("tab", name="11月27日").click()
        times.get_by_role("tabpanel").get_by_role("button", name="9:00").click(force=True)
        assert len(sent) == 1
        times.get_by_role("tab", name="11月26日").click()
        times.get_by_role("button", name="9:00").dblclick()
        expect(exchange(page, 2).locator(".from-citizen")).to_contain_text("11月26日 周三 9:00")
        expect(log(page).locator(".exchange")).to_have_count(2)
        assert json.loads(sent[1]["payload"].removeprefix("/give_details"))["value"] == FREE

    def test_the_chosen_time_is_marked_after_a_reload(self, page: Page) -> None:
        later = opening("2031-11-27T10:00:00+08:00", 1)
        serve_messages(page, lambda route, said: answer_json(route, asking(openings_reply(opening(FREE, 2), later))))
        ask(page, "约")
        exchange(page, 1).get_by_role("tab").last.click()
        exchange(page, 1).get_by_role("button", name="10:00").click()
        expect(exchange(page, 2).get_by_role("tablist")).to_be_visible()
        page.reload()
        chosen = exchange(page, 1).get_by_role("button", name="10:00")
        expect(chosen).to_be_visible()
        expect(chosen).to_contain_text("已选")
        expect(chosen).to_have_attribute("aria-disabled", "true")

    def test_a_new_time_that_was_taken_meanwhile_gives_others(self, page: Page) -> None:
        tries: list[str] = []
        alternatives = [{"office_id": "x", "starts_at": OTHER, "left": 1}]

        def move(route: Route) -> None:
            tries.append(said_in(route.request)["starts_at"])
            if len(tries) == 1:
                refusal = {"error": "slot_full", "message": "这个时段刚刚约满了。", "alternatives": alternatives}
                answer_json(route, json.dumps(refusal), status=409)
            else:
                answer_json(route, json.dumps(appointment(starts_at=tries[-1])))

        serve_visits(page, appointment(starts_at=TAKEN))
        found = json.dumps({"openings": [{"starts_at": FREE, "left": 1}]})
        page.route("**/api/appointments/openings?*", lambda route: answer_json(route, found))
        page.route("**/reschedule", move)
        card = own_visits(page).get_by_role("article")
        card.get_by_role("button", name="改时间").click()
        card.get_by_role("button", name="9:00").click()
        card.get_by_role("button", name="改到").click()
        expect(card).to_contain_text("刚刚约满")
        card.get_by_role("button", name="14:30").click()
        card.get_by_role("button", name="改到").click()
        expect(card).to_contain_text("改好了：11月26日 周三 14:30")
        assert tries == [FREE, OTHER]


class TestThePanel:
    def test_a_newcomer_is_invited_to_book(self, page: Page) -> None:
        panel = own_visits(page)
        expect(panel).to_contain_text("您还没有预约")
        expect(panel.get_by_role("button", name="预约办事")).to_be_visible()

    def test_what_cannot_be_fetched_can_be_tried_again(self, page: Page) -> None:
        tries = 0

        def answer(route: Route) -> None:
            nonlocal tries
            tries += 1
            if tries == 1:
                route.abort()
            else:
                answer_json(route, json.dumps({"appointments": [appointment()]}))

        serve_visits(page)
        page.route("**/api/appointments", answer)
        panel = own_visits(page)
        panel.get_by_role("button", name="重试").click()
        expect(panel.get_by_role("article")).to_have_count(1)

    def test_what_was_refused_is_told_beside_the_buttons(self, page: Page) -> None:
        def answer(route: Route) -> None:
            refusal = '{"error": "not_allowed", "message": "这个预约已经不能取消了；有事请联系大厅。"}'
            answer_json(route, refusal if route.request.method == "DELETE" else "{}", status=409)

        serve_visits(page, appointment())
        page.route(f"**/api/appointments/{CODE}", answer)
        card = own_visits(page).get_by_role("article")
        card.get_by_role("button", name="取消预约").click()
        card.get_by_role("button", name="确定取消").click()
        expect(card).to_contain_text("已经不能取消了")
        expect(card).to_contain_text("已预约")

    def test_nothing_in_an_appointment_can_bring_markup_or_scripts(self, page: Page, complaints: list[str]) -> None:
        item = {"name": ATTACK, "detail": ATTACK, "required": False, "ticked": False, "change": "new"}
        evil = appointment(
            guide_name=ATTACK, address=ATTACK, counter=ATTACK, pack={"items": [item], "dropped": [ATTACK]}
        )
        serve_visits(page, evil)
        panel = own_visits(page)
        expect(panel.get_by_role("heading", name=ATTACK)).to_be_visible()
        expect(panel.locator("img[src=x]")).to_have_count(0)
        expect(page).to_have_title("问办 · 政务服务问答")
        assert complaints == []


@pytest.mark.parametrize(("switches", "least_target", "least_text"), [((), 44, 12), (("长辈版", "特大字"), 60, 20)])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_everything_is_large_enough_and_nothing_sticks_out(
    page: Page, switches: tuple[str, ...], least_target: int, least_text: int, width: int
) -> None:
    replies = [asking(office_reply()), asking(openings_reply(opening(FREE, 2), opening(OTHER, 0)))]
    replies += [asking(person_reply()), receipt(appointment_reply(), outcome="done"), receipt(ticket("called"))]
    serve_messages(page, lambda route, said: answer_json(route, replies[int(said["text"])]))
    rated = appointment(status="finished", code="B", can={"rate": True})
    appealed = appointment(status="missed", code="C", can={"appeal": True})
    serve_visits(page, appointment(needs_new_time=True), rated, appealed)
    page.route("**/ticket", lambda route: answer_json(route, json.dumps({"ticket": ticket("called")})))
    page.set_viewport_size({"width": width, "height": 844})
    for switch in switches:
        press_switch(page, switch)
    targets = SMALL_TARGETS.replace(
        "button, a, select, input", "button, select, summary, .tick, input[type=text], input[type=tel]"
    )
    for number in range(len(replies)):
        ask(page, str(number))
        expect(exchange(page, -1).locator(".from-hall:not(.waiting), article, .ticket").first).to_be_visible()
        assert page.evaluate(targets, least_target) == []
    assert page.evaluate(SMALL_TEXT, least_text) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    panel = own_visits(page)
    panel.get_by_role("article").first.get_by_role("button", name="取消预约").click()
    for summary in panel.locator("article summary").all():
        if not summary.evaluate("each => each.parentElement.open"):
            summary.click()
    assert page.evaluate(targets, least_target) == []
    assert page.evaluate(SMALL_TEXT, least_text) == []
    assert panel.evaluate("each => each.scrollWidth - each.clientWidth") <= 0
