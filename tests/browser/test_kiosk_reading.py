"""The touch screen asks and finds: by touch alone, in words, through a life event, onto paper and onto a telephone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.counter import answer_json, receipt, said_in
from tests.browser.kiosk_reader import ask, find, open_finding, open_guide, told, walk
from tests.browser.screens import (
    ATTACK,
    LANDSCAPE,
    PORTRAIT,
    SMALL_TARGETS,
    SMALL_TEXT,
    Opens,
    any_office,
    give_tickets,
)
from tests.browser.test_axe import findings

pytestmark = pytest.mark.browser

SIZES = [(768, 1024), (1024, 768), PORTRAIT, LANDSCAPE]
CODE = "A2B3C4D5E6"


class TestByTouchAlone:
    def test_a_theme_leads_to_an_item_and_its_guide(self, opens: Opens) -> None:
        page = open_finding(opens)
        said = open_guide(page)
        for heading in ("要带什么材料", "去哪里办", "要多少钱", "要多久"):
            assert heading in said
        assert "40元" in said and "适用地区" in said
        page.get_by_role("button", name="上一步").click()
        expect(page.get_by_role("heading", name="户籍身份")).to_be_visible()
        page.get_by_role("button", name="上一步").click()
        expect(page.get_by_role("heading", name="按主题找")).to_be_visible()

    def test_what_the_page_does_not_say_is_asked_by_a_button(self, opens: Opens) -> None:
        page = open_finding(opens)
        open_guide(page)
        page.get_by_role("list", name="接着问").get_by_role("button", name="能代办吗").click()
        expect(page.get_by_role("heading", name="您说：居民身份证丢失补领 能代办吗")).to_be_visible()
        expect(told(page)).to_contain_text("本人")
        page.get_by_role("button", name="上一步").click()
        expect(page.get_by_role("heading", name="居民身份证丢失补领")).to_be_visible()

    def test_a_number_for_it_is_taken_where_the_hall_gives_one(self, opens: Opens) -> None:
        page = open_finding(opens)
        lines = page.request.get(f"/api/kiosk/{any_office(opens)}").json()["lines"]
        item = next(line["items"][0] for line in lines if line["items"])
        sent = give_tickets(page)
        page.route("**/api/kiosk/find?*", lambda route: route.abort())
        page.route(
            "**/api/kiosk/find",
            lambda route: answer_json(route, json.dumps({"popular": [item], "themes": [], "scenarios": []})),
        )
        page.get_by_role("button", name="结束").click()
        find(page)
        page.get_by_role("list", name="常问的事").get_by_role("button").click()
        page.get_by_role("button", name="在这里取号办这件事").click()
        expect(page.get_by_text("您的号是")).to_be_visible()
        expect(page.locator("#ticket-number")).to_have_text("A007")
        assert sent == [{"guide_id": item["guide_id"]}]

    def test_a_life_event_is_walked_to_its_list_and_a_step_back(self, opens: Opens) -> None:
        page = open_finding(opens, (768, 1024))
        page.get_by_role("button", name="一件事一次办").click()
        page.get_by_role("list", name="一件事一次办").get_by_role("button", name="我失业了").click()
        first = told(page).locator(".said")
        expect(first).to_be_visible()
        question = first.inner_text().splitlines()[-1]
        told(page).locator(".tile").first.click()
        expect(page.get_by_text("第 2 步")).to_be_visible()
        page.get_by_role("button", name="上一步").click()
        expect(page.get_by_text("第 1 步")).to_be_visible()
        expect(told(page)).to_contain_text(question)
        page.get_by_role("button", name="上一步").click()
        expect(page.get_by_role("list", name="一件事一次办")).to_be_visible()
        page.get_by_role("button", name="结束").click()
        find(page)
        walk(page)
        expect(told(page).get_by_role("heading", name="要带的材料")).to_be_visible()


class TestInWords:
    def test_the_same_door_answers_as_on_the_web(self, opens: Opens) -> None:
        page = open_finding(opens)
        with page.expect_request("**/api/chat/messages") as sent:
            ask(page, "身份证丢了怎么补")
        assert said_in(sent.value)["region"] == page.locator("body").get_attribute("data-region")
        expect(told(page).get_by_role("heading", name="居民身份证丢失补领")).to_be_visible()
        ask(page, "那多少钱", "接着问")
        expect(told(page)).to_contain_text("40元")
        told(page).get_by_role("button", name="看办事指南").click()
        expect(page.get_by_role("heading", name="居民身份证丢失补领")).to_be_visible()

    def test_what_others_ask_stands_below_the_field_as_buttons(self, opens: Opens) -> None:
        page = open_finding(opens)
        page.get_by_role("textbox", name="说说要办的事").press_sequentially("护照")
        page.get_by_role("list", name="猜您想问").get_by_role("button").first.click()
        expect(page.get_by_role("heading", name="您说：")).to_contain_text("护照")

    def test_a_code_that_is_scanned_into_the_field_checks_in(self, opens: Opens) -> None:
        page = open_finding(opens)
        sent = give_tickets(page)
        field = page.get_by_role("textbox", name="说说要办的事")
        field.click()
        page.keyboard.type(f"WENBAN:{CODE}")
        page.keyboard.press("Enter")
        expect(page.locator("#ticket-number")).to_have_text("A007")
        assert sent == [{"code": CODE}]

    def test_elder_mode_asks_for_shorter_answers(self, opens: Opens) -> None:
        page = open_finding(opens)
        page.get_by_role("button", name="长辈版").click()
        with page.expect_request("**/api/chat/messages") as sent:
            ask(page, "身份证丢了怎么补")
        assert said_in(sent.value)["style"] == "elder"

    def test_a_broken_line_is_told_and_tried_again_as_the_same_message(self, opens: Opens) -> None:
        page = open_finding(opens)
        keys: list[str] = []

        def answer(route: Route) -> None:
            keys.append(said_in(route.request)["client_message_id"])
            route.abort() if len(keys) == 1 else route.continue_()

        page.route("**/api/chat/messages", answer)
        ask(page, "身份证丢了怎么补")
        expect(page.get_by_role("alert")).to_contain_text("网络不通")
        page.get_by_role("button", name="再试一次").click()
        expect(told(page).get_by_role("heading", name="居民身份证丢失补领")).to_be_visible()
        assert len(keys) == 2 and keys[0] == keys[1]


def test_a_guide_goes_along_by_its_code(opens: Opens) -> None:
    page = open_finding(opens)
    open_guide(page)
    page.get_by_role("button", name="扫码带走").click()
    code = page.get_by_role("dialog", name="居民身份证丢失补领").get_by_role("img")
    expect(code).to_be_visible()
    page.wait_for_function("each => each.naturalWidth > 0", arg=code.element_handle())
    page.get_by_role("button", name="扫好了").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("size", SIZES)
def test_on_every_size_all_is_large_enough_and_without_barriers(opens: Opens, size: tuple[int, int]) -> None:
    complaints: list[str] = []
    page = open_finding(opens, size)
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )

    def check() -> None:
        for text in ("", "large"):
            page.evaluate(
                "text => text ? (document.documentElement.dataset.text = text) : delete document.documentElement.dataset.text",
                text,
            )
            assert page.evaluate(SMALL_TARGETS.replace('input")', 'input, summary")'), 60) == []
            assert page.evaluate(SMALL_TEXT, 20) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        page.evaluate("delete document.documentElement.dataset.text")

    check()
    assert findings(page) == []
    page.evaluate("delete document.documentElement.dataset.text")
    open_guide(page)
    check()
    assert findings(page) == []
    page.evaluate("delete document.documentElement.dataset.text")
    page.get_by_role("button", name="结束").click()
    find(page)
    walk(page)
    check()
    assert findings(page) == []
    assert complaints == []


def test_no_word_of_a_guide_or_a_reply_becomes_markup(opens: Opens) -> None:
    page = open_finding(opens)
    line = {"name": ATTACK, "says": ATTACK + "x", "when": ATTACK, "details": ATTACK, "mark": ATTACK}
    office = {"office_id": "x", "name": ATTACK, "address": ATTACK, "phone": ATTACK, "hours": ATTACK}
    guide = {
        "guide_id": "x",
        "guide_name": ATTACK,
        "summary": ATTACK,
        "region_name": ATTACK,
        "minded": [ATTACK],
        "sections": [{"aspect": "fee", "heading": ATTACK, "lines": [line], "offices": [office]}],
        "more": [{"label": ATTACK, "payload": "x"}],
        "sources": [ATTACK],
        "path": "javascript:alert(1)",
        "qr_url": "javascript:alert(1)",
    }
    page.route("**/api/kiosk/guides/*", lambda route: answer_json(route, json.dumps(guide)))
    page.get_by_role("list", name="常问的事").get_by_role("button").first.click()
    expect(page.locator("#guide-body")).to_contain_text("onerror")
    option = {"label": ATTACK, "payload": ATTACK}
    step = {
        "order": 1,
        "guide_id": "x",
        "guide_name": ATTACK,
        "reason": ATTACK,
        "online": True,
        "fee": ATTACK,
        "says": [ATTACK],
    }
    replies: list[dict[str, Any]] = [
        {"type": "answer", "text": ATTACK + "https://elsewhere.example/", "guide_id": "x", "guide_name": ATTACK, "lead": 3, "details_end": 9, "suggestions": [option]},
        {"type": "question", "text": ATTACK, "scenario_id": "x", "kind": "multi", "options": [option, option]},
        {"type": "openings", "text": ATTACK, "openings": [{"starts_at": "2026-12-01T09:00:00+08:00", "left": 1, "payload": "x"}]},
        {"type": "appointment", "text": ATTACK, "code": ATTACK, "qr_url": "https://elsewhere.example/x"},
        {"type": "checklist", "text": ATTACK, "title": ATTACK, "steps": [step], "materials": [{"name": ATTACK, "form": ATTACK, "copies": 1}], "notes": [ATTACK], "page_url": "javascript:x"},
        {"type": "nothing known", "text": ATTACK},
    ]  # fmt: skip
    page.route("**/api/chat/messages", lambda route: answer_json(route, receipt(*replies)))
    page.get_by_role("list", name="接着问").get_by_role("button").first.click()
    expect(told(page)).to_contain_text("onerror")
    expect(page.locator("main").locator("script, img[onerror], [href], [onclick]")).to_have_count(0)
    assert page.title() != "坏"


class TestInOtherLanguages:
    @pytest.mark.parametrize(
        ("name", "heading", "button", "popular"),
        [
            ("繁體", "您好，要辦什麼？", "我要問事", "常問的事"),
            ("English", "Hello, what do you need?", "Ask and find", "Often asked"),
        ],
    )
    def test_the_screen_speaks_them_until_the_citizen_leaves(
        self, opens: Opens, name: str, heading: str, button: str, popular: str
    ) -> None:
        page = opens(f"/kiosk?office={any_office(opens)}")
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        page.get_by_role("button", name=button).click()
        page.get_by_role("list", name=popular).get_by_role("button").first.click()
        expect(page.locator("#guide-body")).to_contain_text({"繁體": "要帶什麼材料", "English": "What to bring"}[name])
        page.locator("#end").click()
        expect(page.get_by_role("heading", name="您好，要办什么？")).to_be_visible()
        assert "lang" not in page.url

    def test_the_board_in_english(self, opens: Opens) -> None:
        page = opens(f"/board/{any_office(opens)}?lang=en")
        expect(page.get_by_role("heading", name="Counters")).to_be_visible()
        expect(page.get_by_role("list", name="Counters").get_by_role("listitem").first).to_contain_text("counter 1")
