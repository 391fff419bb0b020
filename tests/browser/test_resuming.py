"""The conversation comes back from the service: in a second tab, after a reload that cut an answer off, once."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.counter import (
    answer_json,
    ask,
    exchange,
    field,
    log,
    open_an_answer,
    receipt,
    said_in,
    serve_messages,
    text_reply,
)

pytestmark = pytest.mark.browser


def test_a_second_tab_goes_on_where_the_first_is_and_the_first_learns_of_it(page: Page) -> None:
    said = open_an_answer(page).locator(".from-citizen p").inner_text()
    second = page.context.new_page()
    second.goto("/chat")
    expect(exchange(second, 1).locator(".from-citizen p")).to_have_text(said)
    expect(exchange(second, 1).get_by_role("region", name="依据")).to_be_visible()
    ask(second, "要多少钱？")
    expect(exchange(second, 2)).to_contain_text("40")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(exchange(page, 2)).to_contain_text("要多少钱？")
    expect(log(page).locator(".exchange")).to_have_count(2)


def test_a_repeated_message_is_answered_once(page: Page) -> None:
    """The answer gets lost on its way; what is sent again gets the same one."""
    lost: list[dict[str, Any]] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            route.fetch()
            lost.append(said_in(route.request))
            route.abort()
        else:
            route.continue_()

    page.route("**/api/chat/messages", lose_the_first)
    ask(page, "身份证丢了怎么补办？")
    with page.expect_request("**/api/chat/messages") as again:
        exchange(page, 1).get_by_role("button", name="重试").click()
    assert said_in(again.value)["client_message_id"] == lost[0]["client_message_id"]
    assert re.fullmatch("[0-9a-f]{32}", lost[0]["client_message_id"])
    expect(exchange(page, 1).get_by_role("region", name="依据")).to_be_visible()
    second = page.context.new_page()
    second.goto("/chat")
    expect(exchange(second, 1).get_by_role("region", name="依据")).to_be_visible()
    expect(log(second).locator(".exchange")).to_have_count(1)


def test_a_reload_during_an_answer_loses_nothing(page: Page) -> None:
    open_an_answer(page)
    page.route("**/api/chat/messages", lambda route: None)
    ask(page, "要带什么？")
    expect(exchange(page, 2)).to_contain_text("正在查办事指南…")
    page.unroute("**/api/chat/messages")
    page.reload()
    expect(exchange(page, 2)).to_contain_text("户口簿")
    expect(log(page).locator(".exchange")).to_have_count(2)


def test_what_was_cleared_in_one_tab_is_gone_in_the_other(page: Page) -> None:
    open_an_answer(page)
    page.route("**/api/chat/messages?*", lambda route: answer_json(route, '{"messages": []}'))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(log(page).locator(".exchange")).to_have_count(0)
    expect(field(page)).to_be_visible()


def test_a_tap_is_shown_by_what_stood_on_the_button_and_a_solved_puzzle_not_at_all(page: Page) -> None:
    option = {"label": "租房提取住房公积金", "payload": '/ask_overview{"guide_id":"x"}'}
    choices = {"type": "choices", "text": "您问的是哪一个？", "options": [option]}
    puzzle = {"type": "question", "text": "正在确认您不是机器人", "form": "booking", "node": "proof", "kind": "text"}
    solved = '/give_details{"node":"proof","value":"17.0123456789abcdef0123456789abcdef"}'
    told: list[dict[str, Any]] = [
        {"message_id": "m1", "who": "citizen", "text": "公积金"},
        {"message_id": "m1", "who": "assistant", "reply": choices},
        {"message_id": "m2", "who": "citizen", "text": option["label"], "payload": option["payload"]},
        {"message_id": "m2", "who": "assistant", "reply": {**puzzle, "proof": {"kind": "puzzle"}}},
        {"message_id": "m3", "who": "citizen", "payload": solved},
        {"message_id": "m3", "who": "assistant", "reply": text_reply("为您留好了。")},
        {"message_id": None, "who": "notice", "reply": {"type": "notice", "kind": "x", "text": "明天见。"}},
    ]
    serve_messages(page, lambda route, said: answer_json(route, receipt(text_reply("好的"))))
    ask(page, "你好")
    expect(exchange(page, 1)).to_contain_text("好的")
    kept = {"messages": [{"id": place, "door": "web", **each} for place, each in enumerate(told, start=1)]}
    page.route("**/api/chat/messages?*", lambda route: answer_json(route, json.dumps(kept)))
    page.evaluate("sessionStorage.clear()")
    page.reload()
    expect(log(page).locator(".from-citizen")).to_have_text(["您说：公积金", "您说：租房提取住房公积金"])
    expect(exchange(page, 1).get_by_role("button", name="租房提取住房公积金")).to_contain_text("已选")
    expect(exchange(page, 2)).to_contain_text("为您留好了。")
    expect(exchange(page, 3)).to_contain_text("明天见。")
    expect(log(page)).not_to_contain_text("机器人")
