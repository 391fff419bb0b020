"""What citizens do at the page, and what a service would answer; shared by the tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, Request, Route, expect

MOST_QUESTIONS = 20
"""Of a life event, to its list."""


def field(page: Page | FrameLocator) -> Locator:
    return page.get_by_role("combobox", name="说说要办的事")


def log(page: Page | FrameLocator) -> Locator:
    return page.get_by_role("log")


def exchange(page: Page | FrameLocator, number: int) -> Locator:
    """The nth exchange, from 1; -1 is the last."""
    exchanges = log(page).locator(".exchange")
    return exchanges.last if number < 0 else exchanges.nth(number - 1)


def ask(page: Page | FrameLocator, text: str) -> None:
    field(page).fill(text)
    field(page).press("Enter")


def open_an_answer(page: Page | FrameLocator) -> Locator:
    """The answer to the first popular item; a tapped item needs no search, so it is the same with any knowledge."""
    page.get_by_role("list", name="常问的事").get_by_role("button").first.click()
    answer = exchange(page, 1)
    expect(answer.get_by_role("region", name="依据")).to_be_visible()
    return answer


def press_switch(page: Page, name: str) -> None:
    """One of the display, wherever it stands on a page of this width."""
    switch, opener = page.get_by_role("button", name=name), page.get_by_role("button", name="设置")
    if opener.is_visible() and not switch.is_visible():
        opener.click()
    switch.click()
    page.keyboard.press("Escape")


def clear(page: Page, how: str = "清空对话") -> None:
    page.get_by_role("button", name="清空对话").click()
    page.get_by_role("group").filter(has_text="清空后不能恢复").get_by_role("button", name=how).click()


def make_list(page: Page) -> str:
    """By the first option of each question. The path of the list's own page."""
    said: dict[str, Any] = {"text": "我要租房，帮我列清单"}
    headers: dict[str, str] = {}
    for _ in range(MOST_QUESTIONS):
        told = page.request.post("/api/chat/messages", data=said, headers=headers).json()
        headers = {"Authorization": f"Bearer {told['visitor_token']}"}
        last = told["replies"][-1]
        if last["type"] == "checklist":
            return str(last["page_url"])
        offered = last.get("options") or last.get("suggestions")
        said = {"payload": offered[0]["payload"]} if offered else {"text": "2026-11-01"}
    pytest.fail(f"no list, but {last}")


def text_reply(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def receipt(*replies: dict[str, Any], outcome: str = "answered") -> str:
    body = {"visitor_token": "t", "message_id": "m", "outcome": outcome, "replies": list(replies)}
    return json.dumps(body, ensure_ascii=False)


def serve_messages(page: Page, answer: Callable[[Route, dict[str, Any]], None]) -> None:
    """`answer` stands in for the service at POST /api/chat/messages; pushed replies never come, and what is kept there
    is what the page knows already."""

    def take(route: Route) -> None:
        if route.request.method == "DELETE":
            route.fulfill(status=204)
        else:
            answer(route, said_in(route.request))

    kept = {"messages": [{"id": 1, "who": "citizen", "door": "web", "text": "", "message_id": "m"}]}
    page.route("**/api/chat/stream", lambda route: route.fulfill(status=401, body="{}"))
    page.route("**/api/chat/messages?*", lambda route: answer_json(route, json.dumps(kept)))
    page.route("**/api/chat/messages", take)


def said_in(request: Request) -> dict[str, Any]:
    """The JSON that the page sent."""
    said = request.post_data_json
    assert isinstance(said, dict)
    return said


def answer_json(route: Route, body: str, status: int = 200, headers: dict[str, str] | None = None) -> None:
    route.fulfill(status=status, body=body, headers={"content-type": "application/json", **(headers or {})})
