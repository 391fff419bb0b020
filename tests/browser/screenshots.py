"""`make screenshots`: every state of the pages as a picture in var/screenshots, to be looked at; `--docs`: those of the
READMEs anew. Against a service of its own, or the one at WENBAN_TEST_ADDRESS."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from server.settings import ROOT
from tests.browser.bookings import book, go_to_the_times, own_visits, ticket
from tests.browser.conftest import FLAGS, PROGRAMS
from tests.browser.counter import answer_json, ask, exchange, open_an_answer, press_switch, receipt, serve_messages
from tests.browser.kiosk_reader import ask as ask_at_kiosk
from tests.browser.kiosk_reader import find, open_guide, walk
from tests.browser.screens import LANDSCAPE, PORTRAIT, set_up_kiosk
from tests.browser.widget_site import Site, inside, launcher, open_widget
from tests.running_hall import KIOSK_KEY, running_hall

PHONE, SMALL_PHONE, DESK = (390, 844), (360, 740), (1280, 800)
TALL_KIOSK, WIDE_KIOSK = (768, 1024), (1024, 768)
OUT, DOCS = ROOT / "var" / "screenshots", ROOT / "docs" / "images"
_MOST_QUESTIONS = 15
_COLOURS = 96
"""Flat pages need no more, and the pictures are a third as large."""
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


def widget_elder(page: Page) -> None:
    launcher(page).click()
    frame = inside(page)
    frame.get_by_role("button", name="长辈版").click()
    ask(frame, "身份证丢了怎么补办")
    expect(exchange(frame, 1).get_by_role("button", name="有用")).to_be_visible()


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
    State("chat-choices", "/chat", SMALL_PHONE, choices),
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
    State("board-english", "/board/yunhe-city-hall?lang=en", LANDSCAPE),
]


def main() -> None:
    options = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    options.add_argument("--docs", action="store_true")
    options.add_argument("--only", default="", help="the beginning of a name")
    chosen = options.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    with service() as address, browser() as opened:
        for state in STATES:
            if state.name.startswith(chosen.only):
                take(opened, address, state)
        if "widget".startswith(chosen.only) or chosen.only.startswith("widget"):
            take_widget(opened, address)
    if chosen.docs:
        for name in [*(state.name for state in STATES if state.in_docs), "widget-desktop"]:
            if (taken := OUT / f"{name}.png").exists():
                shutil.copyfile(taken, DOCS / taken.name)
    print(f"{OUT}: {len(list(OUT.glob('*.png')))}")


@contextmanager
def service() -> Iterator[str]:
    if address := os.environ.get("WENBAN_TEST_ADDRESS"):
        yield address
        return
    with TemporaryDirectory(prefix="wenban-") as folder, running_hall(Path(folder)) as stack:
        yield stack.url


@contextmanager
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()


def take(opened: Browser, address: str, state: State) -> None:
    context = opened.new_context(
        base_url=address,
        viewport={"width": state.size[0], "height": state.size[1]},
        reduced_motion="reduce",
        locale="zh-CN",
        **dict(state.options),
    )
    page = context.new_page()
    if state.path.startswith("/kiosk"):
        set_up_kiosk(page, os.environ.get("WENBAN_KIOSK_KEY", KIOSK_KEY))
    page.goto(state.path)
    state.steps(page)
    keep(page, state.name)
    context.close()


def take_widget(opened: Browser, address: str) -> None:
    with closing(Site(address)) as site:
        site.tags = (f'<script async src="{address}/widget/1/wenban.js" data-title="政务服务问答"></script>',)
        for name, size in (("widget-desktop", DESK), ("widget-phone", PHONE)):
            context = opened.new_context(
                viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", locale="zh-CN"
            )
            page = context.new_page()
            page.goto(site.origin)
            open_an_answer(open_widget(page))
            keep(page, name)
            context.close()


def keep(page: Page, name: str) -> None:
    page.wait_for_timeout(400)  # what is drawn after the last word
    path = OUT / f"{name}.png"
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(_COLOURS).save(path, optimize=True)
    print(name, flush=True)


if __name__ == "__main__":
    main()
