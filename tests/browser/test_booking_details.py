"""What a booking shows for its owner to check; answers of the service are stood in for."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bookings import appointment, appointment_reply, asking, own_visits, serve_visits
from tests.browser.counter import answer_json, ask, exchange, log, receipt, said_in, serve_messages

pytestmark = pytest.mark.browser

ID_NUMBER = "11010119900307123X"


def test_who_typed_name_and_numbers_sees_them_whole_until_the_talk_goes_on(page: Page) -> None:
    whole = {"name": "李晓梅", "phone": "13900000001", "id_number": ID_NUMBER}
    summary = {
        "type": "question",
        "text": "请核对：\n时间：周三9:00\n办事人：李*梅，139****0001\n没问题就回“确认”：",
        "form": "booking",
        "node": "confirm",
        "kind": "single",
        "options": [{"label": "确认预约", "payload": "/give_details{}", "value": "yes"}],
        "private": whole,
    }
    serve_messages(page, lambda route, said: answer_json(route, asking(summary)))
    ask(page, "填好了")
    shown = exchange(page, 1)
    for value in whole.values():
        expect(shown.get_by_text(re.compile("".join(f"{sign}\\s*" for sign in value)))).to_be_visible()
    expect(shown).not_to_contain_text("李*梅")
    kept = page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    assert not any(value in kept for value in whole.values())
    shown.get_by_role("button", name="确认预约").click()
    expect(shown).to_contain_text("办事人：李*梅，139****0001")
    expect(shown).not_to_contain_text("李晓梅")
    page.reload()
    expect(exchange(page, 1)).to_contain_text("办事人：李*梅，139****0001")
    expect(log(page)).not_to_contain_text("李晓梅")


@pytest.mark.parametrize("happened", ["约好了", "已改好"])
def test_what_has_happened_is_seen_above_the_card(page: Page, happened: str) -> None:
    reply = {**appointment_reply(), "text": f"{happened}：居民身份证丢失补领\n时间：周三"}
    serve_messages(page, lambda route, said: answer_json(route, receipt(reply, outcome="done")))
    ask(page, "确认")
    expect(exchange(page, 1).locator(".happened")).to_have_text(happened)
    expect(exchange(page, 1).locator(".happened")).to_be_visible()


def test_a_time_breaks_between_its_parts_alone(page: Page) -> None:
    serve_visits(page, appointment())
    page.set_viewport_size({"width": 320, "height": 700})
    moment = own_visits(page).locator(".moment")
    expect(moment).to_have_text("11月26日 周三 9:00—9:30")
    heights = moment.locator("span").evaluate_all("all => all.map(each => each.getClientRects().length)")
    assert heights == [1, 1, 1]


def test_what_the_window_gives_is_told_apart_and_not_counted(page: Page) -> None:
    given = {
        "name": "居民身份证申领登记表",
        "detail": "",
        "required": True,
        "ticked": False,
        "change": "",
        "given_at_counter": True,
    }
    own = appointment()["pack"]["items"]
    serve_visits(page, appointment(pack={"items": [*own, given], "dropped": []}))
    page.route("**/pack", lambda route: answer_json(route, json.dumps(appointment())))
    pack = own_visits(page).locator(".pack")
    pack.locator("summary").click()
    expect(pack).to_contain_text("已备 0，共 1")
    expect(pack).to_contain_text("窗口会给，不用带：居民身份证申领登记表。")
    expect(pack.get_by_role("checkbox")).to_have_count(1)
    with page.expect_request("**/pack") as sent:
        pack.get_by_role("checkbox").check()
    expect(pack).to_contain_text("已备 1，共 1")
    assert said_in(sent.value) == {"ticked": ["户口簿"]}


def test_when_where_and_who_have_room_for_their_words_in_every_size_of_type(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    serve_visits(page, appointment())
    panel = own_visits(page)
    for text in ("", "large", "extra"):
        page.evaluate("text => { document.documentElement.dataset.text = text }", text)
        told = panel.locator(".visit-facts dd")
        expect(told.last).to_contain_text("139****0001")
        for room in told.evaluate_all(
            "all => all.map(each => each.clientWidth / parseFloat(getComputedStyle(each).fontSize))"
        ):
            assert room >= 8, text
