"""What staff and citizens do at the screens of the hall, and what a service would answer there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, Route, StorageState, expect

from tests.browser.bookings import OWN_PAGE
from tests.browser.counter import answer_json, said_in

PORTRAIT, LANDSCAPE, DESK = (1080, 1920), (1920, 1080), (1280, 800)
ATTACK = "<img src=x onerror=\"document.title='坏'\">"
CODE = "A2B3C4D5E6"
Opens = Callable[..., Page]
SMALL_TARGETS = """least => [...document.querySelectorAll("button, a, select, input")]
    .filter(each => each.getClientRects().length)
    .filter(each => each.getBoundingClientRect().height < least || each.getBoundingClientRect().width < least)
    .map(each => each.outerHTML)"""
SMALL_TEXT = """least => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = [];
    while (texts.nextNode()) {
        const text = texts.currentNode.nodeValue.trim(), around = texts.currentNode.parentElement;
        if (!text || !around.getClientRects().length || around.closest("noscript")) continue;
        if (parseFloat(getComputedStyle(around).fontSize) < least) small.push(text);
    }
    return small;
}"""


def login(page: Page, password: str) -> None:
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", name="您在哪个窗口？")).to_be_visible()


def open_desk(opens: Opens, state: StorageState, line: dict[str, Any], counter: str) -> Page:
    desk = opens("/counter", state=state)
    desk.get_by_role("combobox", name="网点").select_option(line["office_id"])
    desk.get_by_role("combobox", name="窗口").select_option(counter)
    desk.get_by_role("button", name="进入工作台").click()
    free(desk)
    return desk


def move(desk: Page, name: str) -> Locator:
    return desk.locator("#moves").get_by_role("button", name=name)


def number_at(desk: Page) -> Locator:
    return desk.locator("#current .number")


def free(desk: Page) -> None:
    """Serves and finishes whoever is at the counter."""
    expect(number_at(desk)).to_be_visible()
    if desk.locator("#current .state.called").count():
        move(desk, "开始办理").click()
        expect(desk.locator("#current .state.serving")).to_be_visible()
    if desk.locator("#current .state.serving").count():
        move(desk, "办完").click()
    expect(number_at(desk)).to_have_text("现在没有人")


def call_until(desk: Page, number: str) -> None:
    """Others may wait before."""
    for _ in range(60):
        move(desk, "叫下一位").click()
        expect(desk.locator("#current .state.called")).to_be_visible()
        if number_at(desk).inner_text() == number:
            return
        free(desk)
    raise AssertionError(f"{number} was never called")


def take_number(opens: Opens, line: dict[str, Any]) -> str:
    kiosk = opens(f"/kiosk?office={line['office_id']}", PORTRAIT)
    kiosk.get_by_role("button", name="现场取号").click()
    kiosk.get_by_role("list", name="业务").get_by_role("button", name=line["name"]).click()
    kiosk.get_by_role("list", name="事项").get_by_role("button").first.click()
    number = kiosk.locator("#ticket-number")
    expect(number).to_have_text(re.compile(rf"^{line['letter']}\d{{3,}}$"))
    return number.inner_text()


def queue_of(*, number: str = "A012", as_of: str = "2026-11-25T10:00:00+08:00") -> dict[str, Any]:
    return {
        "office_id": "x",
        "office_name": "x",
        "counters": [{"counter": "3", "line": "户籍", "serving": number, "state": "called"}],
        "waiting": 2,
        "lines": [
            {
                "line_id": "l",
                "name": ATTACK,
                "letter": "A",
                "waiting": 2,
                "early": 0,
                "ahead": 2,
                "estimated_wait_minutes": 9,
            }
        ],
        "called": [{"number": number, "counter": "3", "at": as_of}],
        "as_of": as_of,
    }


def as_if_open(office: dict[str, Any]) -> str:
    """What `/api/kiosk/{office_id}` would answer, were all its lines open."""
    lines = [{**line, "open": True, "opens_at": None} for line in office["lines"]]
    return json.dumps({**office, "open": True, "opens_at": None, "lines": lines})


def set_up_kiosk(page: Page, key: str) -> None:
    """Without the page, as it would: the browser keeps what the service gives for the key."""
    answer = page.request.post("/api/kiosk/key", data={"key": key}, headers=OWN_PAGE)
    assert answer.ok, answer.text()


def ticket(number: str = "A007") -> dict[str, Any]:
    return {
        "type": "ticket",
        "text": "",
        "code": CODE,
        "number": number,
        "office_id": "x",
        "office_name": "x",
        "counter": "",
        "ahead": 2,
        "estimated_wait_minutes": 12,
        "status": "checked_in",
    }


def any_office(opens: Opens) -> str:
    """The first that is offered to choose from."""
    first = opens("/kiosk").get_by_role("link").first
    return str(first.get_attribute("href")).partition("=")[2]


def give_tickets(page: Page) -> list[dict[str, Any]]:
    """Stands in for the check-in and for numbers without a booking; what was sent."""
    sent: list[dict[str, Any]] = []

    def answer(route: Route) -> None:
        sent.append(said_in(route.request))
        answer_json(route, json.dumps({"ticket": ticket()}))

    for way in ("check-in", "tickets"):
        page.route(f"**/api/kiosk/*/{way}", answer)
    return sent
