"""The city's page and the pages around the conversation, as a citizen uses them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.bookings import book
from tests.browser.counter import (
    answer_json,
    ask,
    exchange,
    field,
    log,
    make_list,
    open_an_answer,
    receipt,
    serve_messages,
)
from tests.browser.screens import ATTACK, SMALL_TARGETS, SMALL_TEXT
from tests.browser.widget_site import inside, launcher

pytestmark = pytest.mark.browser

GUIDE, SCENARIO = "/guides/id-card-lost", "/scenarios/have-a-baby"
PAGES = ["/", "/guides", "/guides?theme=户籍身份", GUIDE, "/scenarios", SCENARIO, "/search?q=身份证", "/nothing-here"]
CHECKED = "Failed to load resource: the server responded with a status of 404"
"""What the browser says of a page that there is not."""


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="说说要办的事")


def switch(page: Page, name: str) -> None:
    page.get_by_text("显示", exact=True).click()
    page.get_by_role("button", name=name).click()
    page.keyboard.press("Escape")


def faults(complaints: list[str]) -> list[str]:
    return [each for each in complaints if CHECKED not in each]


class TestTheSearchBox:
    def test_what_is_typed_brings_suggestions_and_enter_asks(self, page: Page) -> None:
        page.goto("/")
        box(page).press_sequentially("身份证")
        expect(page.get_by_role("listbox", name="猜您想问").get_by_role("option").first).to_be_visible()
        box(page).fill("身份证丢了怎么补")
        box(page).press("Enter")
        page.wait_for_url("**/chat")
        expect(exchange(page, 1)).to_contain_text("身份证丢了怎么补")
        expect(exchange(page, 1).get_by_role("region", name="依据")).to_be_visible()
        page.reload()
        expect(exchange(page, 1)).to_be_visible()
        expect(log(page).locator(".exchange")).to_have_count(1)

    def test_a_suggestion_is_taken_by_the_keyboard_alone(self, page: Page) -> None:
        page.goto("/")
        box(page).press_sequentially("护照")
        option = page.get_by_role("option").first
        expect(option).to_be_visible()
        wanted = option.inner_text()
        box(page).press("ArrowDown")
        box(page).press("Enter")
        expect(exchange(page, 1).locator(".from-citizen")).to_contain_text(wanted)

    def test_the_end_of_a_composition_asks_nothing(self, page: Page) -> None:
        page.goto("/")
        box(page).fill("shenfenzheng")
        box(page).dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "bubbles": True})
        expect(page).to_have_url(re.compile("/$"))

    def test_the_button_looks_among_the_guides(self, page: Page) -> None:
        page.goto("/")
        box(page).fill("身份证丢了怎么补")
        page.get_by_role("button", name="查").click()
        page.get_by_role("link", name="居民身份证丢失补领").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("居民身份证丢失补领")


class TestAQuestionThatAnAddressCarries:
    def test_it_is_asked_for_a_newcomer_once(self, page: Page) -> None:
        page.goto("/?q=身份证丢了怎么补")
        expect(exchange(page, 1).get_by_role("region", name="依据")).to_be_visible()
        assert "q=" not in page.url
        page.reload()
        expect(log(page).locator(".exchange")).to_have_count(1)

    def test_whoever_has_a_conversation_sends_it_herself(self, page: Page) -> None:
        """A link from anywhere shall not say 确定 in her name."""
        open_an_answer(page)
        page.goto("/?q=确定")
        expect(field(page)).to_have_value("确定")
        expect(log(page).locator(".exchange")).to_have_count(1)
        field(page).press("Enter")
        expect(exchange(page, 2)).to_contain_text("确定")


class TestWhatIsOnesOwn:
    def test_a_newcomer_is_shown_nothing_and_who_was_here_goes_on(self, page: Page) -> None:
        page.goto("/")
        expect(page.get_by_role("heading", name="按主题找")).to_be_visible()
        expect(page.get_by_role("heading", name="我的")).to_be_hidden()
        page.goto("/chat")
        open_an_answer(page)
        page.goto("/")
        expect(page.get_by_role("heading", name="我的")).to_be_visible()
        page.get_by_role("link", name="接着上次的对话").click()
        expect(exchange(page, 1).get_by_role("region", name="依据")).to_be_visible()

    def test_bookings_and_lists_lead_where_they_stand(self, page: Page) -> None:
        open_an_answer(page)
        visit = {
            "code": "A2B3C4D5E6",
            "guide_name": ATTACK,
            "status": "booked",
            "starts_at": "2026-12-01T09:00:00+08:00",
        }
        checklist = {
            "type": "checklist",
            "title": ATTACK,
            "checklist_id": "a",
            "page_url": "/checklists/abcdefgh",
            "text": "",
        }
        foreign = checklist | {"checklist_id": "b", "page_url": "javascript:alert(1)"}
        kept = [{"id": n, "who": "assistant", "text": "", "reply": each} for n, each in enumerate((checklist, foreign))]
        page.route("**/api/appointments", lambda route: answer_json(route, json.dumps({"appointments": [visit]})))
        page.route("**/api/chat/messages?*", lambda route: answer_json(route, json.dumps({"messages": kept})))
        page.goto("/")
        cards = page.locator("#_mine-list a")
        expect(cards).to_have_count(3)
        assert [each.get_attribute("href") for each in cards.all()] == ["/chat#visits", "/checklists/abcdefgh", "/chat"]
        expect(page.locator("#_mine img")).to_have_count(0)
        cards.first.click()
        expect(page.get_by_role("dialog", name="我的预约")).to_be_visible()


def test_the_widget_of_the_city_s_page_is_the_same_visitor_s(page: Page, complaints: list[str]) -> None:
    said = open_an_answer(page).locator(".from-citizen p").inner_text()
    page.goto("/")
    launcher(page).click()
    expect(exchange(inside(page), 1)).to_contain_text(said)
    # No way out of the frame, and what the tag says stays when the language is changed.
    expect(inside(page).locator(".home")).to_be_hidden()
    assert "title=" in str(inside(page).locator(".languages a").first.get_attribute("href"))
    assert complaints == []


def test_a_kept_list_has_elder_mode_the_languages_paper_and_the_way_home(page: Page) -> None:
    page.add_init_script("window.print = () => (window.printed = true)")
    page.goto(make_list(page))
    switch(page, "长辈版")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 20
    expect(page.get_by_role("link", name="打电话问人工")).to_be_visible()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-text", "large")
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("printed")
    page.emulate_media(media="print")
    for unneeded in (page.locator(".site-top"), page.locator(".call-bar"), page.locator(".deeds")):
        expect(unneeded).to_be_hidden()
    expect(page.get_by_role("columnheader", name="复印件")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_text("显示", exact=True).click()
    page.get_by_role("link", name="繁體").click()
    expect(page.get_by_role("heading", name="要帶的材料")).to_be_visible()
    page.get_by_role("link", name="回到問辦").click()
    expect(page.locator(".hero")).to_be_visible()


def test_an_answer_leads_to_its_very_sentence(page: Page) -> None:
    ask(page, "补身份证多少钱")
    link = exchange(page, 1).get_by_role("link", name="在办事指南里看这一句")
    with page.context.expect_page() as opened:
        link.click()
    guide = opened.value
    anchor = guide.url.partition("#")[2]
    sentence = guide.locator(f"[id='{anchor}']")
    expect(sentence).to_be_in_viewport()
    expect(sentence).to_contain_text("40")


class TestEveryPage:
    @pytest.mark.parametrize("path", PAGES)
    def test_nothing_is_complained_of_and_all_fits_a_small_phone(
        self, page: Page, complaints: list[str], path: str
    ) -> None:
        """320 px is 200 % of 640."""
        page.goto(path)
        for modes in ((), ("长辈版",), ("特大字", "高对比")):
            for name in modes:
                switch(page, name)
            for width, height in ((320, 568), (640, 400), (1280, 800)):
                page.set_viewport_size({"width": width, "height": height})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (modes, width)
        assert faults(complaints) == []

    @pytest.mark.parametrize("path", ["/", GUIDE, SCENARIO])
    @pytest.mark.parametrize("size", [(360, 640), (390, 844)])
    def test_the_header_leaves_a_phone_to_the_page(self, page: Page, path: str, size: tuple[int, int]) -> None:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(path)
        for name, least_target, least_text in (("", 44, 12), ("长辈版", 60, 18), ("特大字", 60, 18)):
            if name:
                switch(page, name)
            assert page.locator(".site-top").evaluate("each => each.offsetHeight") <= 0.15 * size[1]
            small = page.evaluate(
                SMALL_TARGETS.replace('"button, a, select, input"', '"button, nav a, .card, .deed, select, input"'),
                least_target,
            )
            assert small == []
            assert page.evaluate(SMALL_TEXT, least_text) == []

    def test_the_display_holds_on_every_page_and_a_person_is_one_tap_away(self, page: Page) -> None:
        page.goto(GUIDE)
        expect(page.get_by_role("link", name="打电话问人工")).to_be_hidden()
        switch(page, "长辈版")
        for path in ("/", "/scenarios", "/chat"):
            page.goto(path)
            expect(page.locator("html")).to_have_attribute("data-text", "large")
            expect(page.get_by_role("link", name="打电话问人工")).to_have_attribute("href", "tel:12345")

    def test_the_keyboard_reaches_the_content_first_and_closes_the_display(self, page: Page) -> None:
        page.goto(GUIDE)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        opener = page.get_by_text("显示", exact=True)
        opener.press("Enter")
        expect(page.get_by_role("button", name="高对比")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="高对比")).to_be_hidden()
        expect(opener).to_be_focused()

    def test_a_guide_is_whole_without_scripts(self, page: Page, page_address: str) -> None:
        browser = page.context.browser
        assert browser is not None
        context = browser.new_context(base_url=page_address, java_script_enabled=False)
        plain = context.new_page()
        plain.goto(GUIDE)
        expect(plain.get_by_role("heading", name="要多少钱")).to_be_visible()
        plain.get_by_label("按哪个地区看").select_option(label="北屏区")
        plain.get_by_role("button", name="查看").click()
        expect(plain).to_have_url(re.compile("region="))
        expect(plain.get_by_label("按哪个地区看").locator("option:checked")).to_have_text("北屏区")
        context.close()

    def test_it_is_printed_without_what_is_for_the_screen(self, page: Page) -> None:
        page.goto(GUIDE)
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", name="要多少钱")).to_be_visible()
        for each in (".site-top", ".deeds", ".contents", ".region-form"):
            expect(page.locator(each)).to_be_hidden()


class TestInOtherLanguages:
    def test_traditional_characters_hold_from_the_page_to_the_answer(self, page: Page) -> None:
        page.goto("/")
        page.get_by_text("显示", exact=True).click()
        page.get_by_role("link", name="繁體").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("要辦什麼事，說一句就行")
        page.goto("/chat")
        page.get_by_role("combobox", name="說說要辦的事").fill("身份證丟了怎麼補")
        page.get_by_role("button", name="發送").click()
        expect(exchange(page, 1)).to_contain_text("戶口簿")
        # The line of sources is folded into the section below, as in simplified characters.
        basis = exchange(page, 1).get_by_role("region", name="依據")
        expect(basis).to_contain_text("適用地區")
        expect(exchange(page, 1).locator(".bubble").last).not_to_contain_text("適用地區：雲禾市。")
        page.reload()
        expect(exchange(page, 1)).to_contain_text("戶口簿")
        book(page)
        page.reload()
        page.get_by_role("button", name="我的預約").click()
        card = page.get_by_role("dialog").get_by_role("article")
        expect(card).to_contain_text("居民身份證丟失補領")
        card.locator("summary").filter(has_text="要帶的材料").click()
        with page.expect_response("**/pack*") as kept:
            card.get_by_role("checkbox").first.check()
        assert kept.value.json()["pack"]["items"][0]["ticked"]

    def test_english_stands_around_the_chinese_answers_and_says_so(self, page: Page, complaints: list[str]) -> None:
        page.goto("/chat?lang=en")
        expect(page.get_by_text("in Chinese only")).to_be_visible()
        page.get_by_role("list", name="Often asked").get_by_role("button").first.click()
        expect(exchange(page, 1).get_by_role("region", name="Legal basis")).to_be_visible()
        expect(exchange(page, 1)).to_contain_text("身份证")
        expect(page.get_by_role("log")).to_have_attribute("lang", "zh-CN")
        page.get_by_role("button", name="Bookings").click()
        expect(page.get_by_role("dialog", name="Bookings")).to_contain_text("You have no bookings")
        assert complaints == []


@pytest.mark.parametrize("size", [(360, 640), (390, 844)])
def test_english_words_fit_the_header_of_a_phone(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("/chat?lang=en")
    for text in ("", "large", "extra"):
        page.evaluate("text => text && (document.documentElement.dataset.text = text)", text)
        assert page.locator(".top").evaluate("each => each.offsetHeight") <= 0.15 * size[1]
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], text
        boxes = [each.bounding_box() for each in page.locator(".top-row > button:visible").all()]
        edges = [(each["x"], each["x"] + each["width"]) for each in boxes if each]
        assert edges[0][0] >= 0 and edges[-1][1] <= size[0], (text, edges)


def attacked(reply: Any, kept: tuple[str, ...] = ("type", "kind", "status", "starts_at", "ends_at")) -> Any:
    """Every word of it is an attack, but for what says what it is."""
    match reply:
        case str():
            return ATTACK
        case dict():
            return {name: value if name in kept else attacked(value, kept) for name, value in reply.items()}
        case list():
            return [attacked(each, kept) for each in reply]
    return reply


TIME = "2026-12-01T09:00:00+08:00"
SOURCE = {"title": "x", "article": "x", "url": "x", "checked_on": "x"}
CHOICE = {"label": "x", "payload": "x", "value": "x"}
REPLIES: list[dict[str, Any]] = [
    {"type": "text", "text": "x"},
    {
        "type": "answer",
        "text": "x",
        "answer_id": "x",
        "guide_id": "x",
        "guide_name": "x",
        "aspect": "x",
        "region": "x",
        "sources": [SOURCE],
        "suggestions": [CHOICE],
        "fact": {"statement_id": "x", "text": "x", "sources": [SOURCE]},
        "lead": 3,
    },
    {"type": "choices", "text": "x", "options": [CHOICE]},
    *(
        {
            "type": "question",
            "text": "x",
            "scenario_id": "x",
            "form": "x",
            "node": "x",
            "kind": kind,
            "options": [CHOICE, CHOICE],
            "fields": [{"name": "x", "label": "x", "hint": "x", "kind": "text"}],
            "private": {"name": "x", "phone": "x", "id_number": "x"},
            "progress": {"step": 1, "of": 2},
        }
        for kind in ("single", "multi", "date", "number", "text")
    ),
    {"type": "openings", "text": "x", "guide_id": "x", "guide_name": "x", "office_id": "x", "office_name": "x", "openings": [{"starts_at": TIME, "left": 1, "payload": "x"}], "options": [CHOICE]},
    {"type": "appointment", "text": "x", "code": "x", "guide_id": "x", "guide_name": "x", "office_id": "x", "office_name": "x", "address": "x", "counter": "x", "starts_at": TIME, "ends_at": TIME, "status": "booked", "person": "x", "qr_url": "x", "calendar_url": "x", "options": [CHOICE]},
    {"type": "ticket", "text": "x", "code": "x", "number": "x", "office_id": "x", "office_name": "x", "counter": "x", "ahead": 1, "estimated_wait_minutes": 5, "status": "checked_in"},
    {"type": "case", "text": "x", "case_number": "x", "guide_id": "x", "guide_name": "x", "status": "x", "history": [{"at": "x", "status": "x", "text": "x"}]},
    {"type": "handover", "text": "x", "status": "waiting", "ahead": 1},
    {"type": "notice", "text": "x", "kind": "x", "options": [CHOICE], "about": {"code": "x", "guide_name": "x", "office_name": "x"}},
    {"type": "x", "text": "x"},
]  # fmt: skip


def test_no_field_of_any_reply_brings_markup_or_links_of_its_own(page: Page, complaints: list[str]) -> None:
    body = receipt(*(attacked(each) for each in REPLIES))
    serve_messages(page, lambda route, _: answer_json(route, body))
    ask(page, "你好")
    expect(exchange(page, 1)).to_contain_text("onerror")
    expect(log(page).locator("script, img[onerror], [href^='javascript'], [onclick]")).to_have_count(0)
    assert page.title() != "坏"
    # Codes and pictures that there are not: nothing else.
    assert all(each.startswith("Failed to load resource") for each in complaints), complaints
