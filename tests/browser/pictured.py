"""Every state of the pages that is pictured, and what somebody does to come there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.bookings import book, go_to_the_times, own_visits, ticket
from tests.browser.counter import answer_json, ask, exchange, press_switch, receipt, serve_messages
from tests.browser.kiosk_reader import ask as ask_at_kiosk
from tests.browser.kiosk_reader import find, open_guide, walk
from tests.browser.screens import LANDSCAPE, PORTRAIT
from tests.browser.widget_site import inside, launcher
from tests.running_hall import ADMIN_PASSWORD

PHONE, SMALL_PHONE, DESK = (390, 844), (360, 740), (1280, 800)
TALL_KIOSK, WIDE_KIOSK = (768, 1024), (1024, 768)
_MOST_QUESTIONS = 15
Steps = Callable[[Page], Any]


@dataclass(frozen=True)
class State:
    name: str
    path: str
    size: tuple[int, int]
    steps: Steps = lambda page: None
    options: tuple[tuple[str, Any], ...] = ()
    in_docs: bool = False


def site_elder(page: Page) -> None:
    page.get_by_text("显示", exact=True).click()
    page.get_by_role("button", name="长辈版").click()
    page.keyboard.press("Escape")


def talk(page: Page) -> None:
    ask(page, "身份证丢了怎么补办")
    expect(exchange(page, 1).get_by_role("button", name="有用")).to_be_visible()


def choices(page: Page) -> None:
    ask(page, "公积金")
    expect(exchange(page, 1).get_by_role("list", name="请选一个")).to_be_visible()


def elder(page: Page) -> None:
    press_switch(page, "长辈版")
    talk(page)


def high_contrast(page: Page) -> None:
    press_switch(page, "高对比")
    talk(page)


def checklist(page: Page) -> None:
    ask(page, "我失业了，都要办什么")
    for number in range(1, _MOST_QUESTIONS):
        last = exchange(page, number)
        card = last.locator("article.checklist")
        form = last.locator("form.options")
        expect(card.or_(last.locator(".options")).first).to_be_visible()
        if card.count():
            card.scroll_into_view_if_needed()
            return
        if form.count():
            field = form.locator("input").first
            if field.get_attribute("type") in ("checkbox", "radio"):
                field.check()
            else:
                field.fill("2026-11-02" if field.get_attribute("type") == "date" else "3")
            form.get_by_role("button", name="选好了").click()
        else:
            last.locator(".options button").first.click()


def openings(page: Page) -> None:
    ask(page, "我要预约补办身份证")
    expect(go_to_the_times(page).get_by_role("tablist")).to_be_visible()


def appointment(page: Page) -> None:
    book(page)
    page.reload()
    expect(own_visits(page).get_by_role("button", name="改时间")).to_be_visible()


def number(page: Page) -> None:
    serve_messages(page, lambda route, _: answer_json(route, receipt(ticket())))
    page.route("**/api/appointments/*", lambda route: route.abort())
    ask(page, "到我了吗")
    expect(exchange(page, 1)).to_contain_text("A012")


def offline(page: Page) -> None:
    talk(page)
    page.context.set_offline(True)
    expect(page.locator("#connection")).to_contain_text("网络断了")


def choose_office(page: Page) -> None:
    """With the script of its page, without which a button does nothing."""
    page.get_by_role("link").first.click()
    page.wait_for_url("**/kiosk?office=*")


def kiosk_number(page: Page) -> None:
    choose_office(page)
    page.get_by_role("button", name="现场取号").click()


def kiosk_start(page: Page) -> None:
    choose_office(page)
    expect(page.get_by_role("button", name="现场取号")).to_be_visible()


def kiosk_find(page: Page) -> None:
    choose_office(page)
    find(page)


def kiosk_guide(page: Page) -> None:
    kiosk_find(page)
    open_guide(page)


def kiosk_answer(page: Page) -> None:
    kiosk_find(page)
    ask_at_kiosk(page, "身份证丢了怎么补")


def kiosk_elder(page: Page) -> None:
    kiosk_find(page)
    page.get_by_role("button", name="长辈版").click()
    ask_at_kiosk(page, "身份证丢了怎么补")


def kiosk_walk(page: Page) -> None:
    kiosk_find(page)
    page.get_by_role("button", name="一件事一次办").click()
    page.get_by_role("list", name="一件事一次办").get_by_role("button", name="我失业了").click()
    expect(page.locator("#told .said")).to_be_visible()


def kiosk_list(page: Page) -> None:
    kiosk_find(page)
    walk(page)


def kiosk_code(page: Page) -> None:
    kiosk_guide(page)
    page.get_by_role("button", name="扫码带走").click()
    expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()


def kiosk_english(page: Page) -> None:
    choose_office(page)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Ask and find")).to_be_visible()


def kiosk_paper(page: Page) -> None:
    """As the printer has it: 80 mm."""
    page.add_init_script("window.print = () => {}")
    choose_office(page)
    page.goto(page.url + "&printer=yes")
    find(page)
    open_guide(page)
    page.get_by_role("button", name="打印", exact=True).click()
    expect(page.locator("#slip img")).to_be_attached()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 272, "height": 1400})


def list_page(page: Page) -> None:
    checklist(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="打印").first.click()
    page.goto(opened.value.url + "?lang=en")


def queue(page: Page) -> None:
    """Somebody was just called, others wait."""

    def answer(route: Route) -> None:
        told = route.fetch().json()
        called = {"number": "A012", "counter": "3", "at": told["as_of"], "calls": 1}
        told.update(waiting=5, called=[called, {**called, "number": "B007", "counter": "8"}])
        told["counters"][2].update(serving="A012", state="called")
        told["counters"][7].update(serving="B007", state="serving")
        told["lines"][0].update(waiting=5, ahead=5, estimated_wait_minutes=25)
        answer_json(route, json.dumps(told))

    page.route("**/api/queue/*", answer)
    page.reload()
    expect(page.locator("#newest")).to_contain_text("A012")


def sign_in(page: Page) -> None:
    page.get_by_label("账号").fill("admin")
    page.get_by_label("密码").fill(os.environ.get("WENBAN_ADMIN_PASSWORD", ADMIN_PASSWORD))
    page.keyboard.press("Enter")
    expect(page.locator("#main h1, #place").first).to_be_visible()


def counter(page: Page) -> None:
    sign_in(page)
    page.get_by_role("combobox", name="网点").select_option("yunhe-city-hall")
    page.get_by_role("button", name="进入工作台").click()
    expect(page.locator("#current .number")).to_be_visible()


def counter_booking(page: Page) -> None:
    counter(page)
    page.get_by_role("button", name="代约", exact=True).click()


def widget_elder(page: Page) -> None:
    launcher(page).click()
    frame = inside(page)
    frame.get_by_role("button", name="长辈版").click()
    ask(frame, "身份证丢了怎么补办")
    expect(exchange(frame, 1).get_by_role("button", name="有用")).to_be_visible()


CONSOLE = {
    "home": "",
    "asked": "knowledge/asked",
    "guides": "knowledge/guides",
    "guide": "knowledge/guides/id-card-lost",
    "questions": "knowledge/questions",
    "drafts": "knowledge/drafts",
    "reviews": "knowledge/reviews",
    "testing": "knowledge/testing",
    "scenarios": "scenarios",
    "scenario": "scenarios/have-a-baby",
    "rates": "rates",
    "exchange": "knowledge/exchange",
    "conversations": "conversations",
    "figures": "figures",
    "orders": "orders",
    "offices": "offices",
    "office": "offices/yunhe-city-hall",
    "facts": "facts",
    "staff": "staff",
    "audit": "audit",
    "account": "account",
}
DARK = (("color_scheme", "dark"),)
STATES = [
    State("portal-phone", "/", PHONE),
    State("portal-desktop", "/", DESK, in_docs=True),
    State("portal-elder", "/", PHONE, site_elder),
    State("portal-dark", "/", DESK, options=DARK),
    State("portal-english", "/?lang=en", DESK),
    State("portal-traditional", "/?lang=zh-Hant", PHONE),
    State("guide-phone", "/guides/id-card-lost#fee", PHONE),
    State("guide-desktop", "/guides/id-card-lost", DESK, in_docs=True),
    State("guides", "/guides", DESK),
    State("scenarios", "/scenarios", PHONE),
    State("scenario", "/scenarios/have-a-baby", DESK),
    State("search", "/search?q=身份证丢了", PHONE),
    State("not-found", "/nothing", PHONE),
    State("chat-new", "/chat", PHONE),
    State("chat-phone", "/chat", PHONE, talk, in_docs=True),
    State("chat-desktop", "/chat", DESK, talk, in_docs=True),
    State("chat-choices", "/chat", PHONE, choices),
    State("chat-elder", "/chat", PHONE, elder, in_docs=True),
    State("chat-dark", "/chat", PHONE, talk, DARK),
    State("chat-contrast", "/chat", PHONE, high_contrast),
    State("chat-english", "/chat?lang=en", PHONE),
    State("checklist", "/chat", PHONE, checklist),
    State("openings", "/chat", PHONE, openings),
    State("appointment", "/chat", PHONE, appointment),
    State("ticket", "/chat", PHONE, number),
    State("offline", "/chat", PHONE, offline),
    State("chat-small-phone", "/chat", SMALL_PHONE, talk),
    State("chat-small-choices", "/chat", SMALL_PHONE, choices),
    State("chat-small-elder", "/chat", SMALL_PHONE, elder),
    State("chat-small-dark", "/chat", SMALL_PHONE, talk, DARK),
    State("widget-small-elder", "/", SMALL_PHONE, widget_elder),
    State("list-english", "/chat", PHONE, list_page),
    State("kiosk-768", "/kiosk", TALL_KIOSK, kiosk_start, in_docs=True),
    State("kiosk-1024", "/kiosk", WIDE_KIOSK, kiosk_start),
    State("kiosk-number", "/kiosk", TALL_KIOSK, kiosk_number),
    State("kiosk-find", "/kiosk", WIDE_KIOSK, kiosk_find),
    State("kiosk-guide", "/kiosk", TALL_KIOSK, kiosk_guide),
    State("kiosk-answer", "/kiosk", WIDE_KIOSK, kiosk_answer),
    State("kiosk-elder", "/kiosk", TALL_KIOSK, kiosk_elder),
    State("kiosk-walk", "/kiosk", TALL_KIOSK, kiosk_walk),
    State("kiosk-list", "/kiosk", PORTRAIT, kiosk_list),
    State("kiosk-code", "/kiosk", LANDSCAPE, kiosk_code),
    State("kiosk-english", "/kiosk", WIDE_KIOSK, kiosk_english),
    State("kiosk-paper", "/kiosk", TALL_KIOSK, kiosk_paper),
    State("board", "/board/yunhe-city-hall", LANDSCAPE),
    State("board-calls", "/board/yunhe-city-hall", LANDSCAPE, queue),
    State("board-phone", "/board/yunhe-city-hall", PHONE, queue),
    State("board-english", "/board/yunhe-city-hall?lang=en", LANDSCAPE),
    State("board-english-calls", "/board/yunhe-city-hall?lang=en", LANDSCAPE, queue),
    State("counter", "/counter", DESK, counter),
    State("counter-small", "/counter", WIDE_KIOSK, counter),
    State("counter-booking", "/counter", DESK, counter_booking),
    *(
        State(f"console-{name}{kind}", f"/console/{path}".rstrip("/"), size, sign_in)
        for name, path in CONSOLE.items()
        for kind, size in (("", DESK), ("-phone", PHONE))
    ),
]
