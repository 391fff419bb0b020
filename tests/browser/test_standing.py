"""Replies that say how things stand, as a service would tell them: a hand-over, a case, a line that is broken."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.counter import answer_json, ask, exchange, field, receipt, serve_messages, text_reply

pytestmark = pytest.mark.browser

LOST = "网络断了，正在重新连接。写好的内容不会丢。"


def told(page: Page, reply: dict[str, Any]) -> None:
    serve_messages(page, lambda route, said: answer_json(route, receipt(reply)))
    ask(page, "到哪一步了")


@pytest.mark.parametrize(
    ("status", "ahead", "shown"),
    [("waiting", 2, "等人工接听"), ("connected", 0, "人工已接通"), ("closed", 0, "人工服务")],
)
def test_a_hand_over_says_how_far_it_is(page: Page, status: str, ahead: int, shown: str) -> None:
    told(page, {"type": "handover", "text": "请稍等。", "status": status, "ahead": ahead})
    expect(exchange(page, 1).locator(".badge")).to_have_text(shown)
    expect(exchange(page, 1)).to_contain_text("请稍等。")
    expect(exchange(page, 1).get_by_text("前面还有 2 位")).to_have_count(int(ahead > 0))


def test_a_case_shows_its_number_how_it_stands_and_how_it_went(page: Page) -> None:
    told(
        page,
        {
            "type": "case",
            "text": "正在审查，预计12月3日前办完。",
            "case_number": "YH202611290012",
            "guide_id": "x",
            "status": "reviewing",
            "history": [
                {"at": "2026-11-26T10:00:00+08:00", "status": "received"},
                {"at": "2026-11-27T10:00:00+08:00", "text": "材料齐全，已受理"},
            ],
        },
    )
    case = exchange(page, 1)
    expect(case).to_contain_text("YH202611290012")
    expect(case.locator(".badge")).to_have_text("审查中")
    went = case.get_by_role("list", name="办理经过").get_by_role("listitem")
    expect(went).to_have_text(["11月26日 已收件", "11月27日 材料齐全，已受理"])


def test_a_broken_line_is_said_and_the_sign_goes_away_with_what_was_written_still_there(page: Page) -> None:
    serve_messages(page, lambda route, said: answer_json(route, receipt(text_reply("您好"))))
    ask(page, "你好")
    expect(exchange(page, 1)).to_contain_text("您好")
    field(page).fill("身份证")
    page.context.set_offline(True)
    expect(page.locator("#connection")).to_have_text(LOST)
    expect(page.locator(".voice")).to_have_text(LOST)
    page.context.set_offline(False)
    expect(page.locator("#connection")).to_be_hidden()
    expect(field(page)).to_have_value("身份证")


def test_a_service_that_does_not_answer_twice_is_a_broken_line_and_one_that_refuses_is_not(page: Page) -> None:
    serve_messages(page, lambda route, said: answer_json(route, receipt(text_reply("您好"))))
    tries: list[Route] = []

    def stream(route: Route) -> None:
        tries.append(route)
        if len(tries) <= 2:
            route.abort()
        else:
            route.fulfill(status=429, headers={"retry-after": "60"}, body="{}")

    page.route("**/api/chat/stream", stream)
    page.clock.install()
    page.reload()
    ask(page, "你好")
    expect(exchange(page, 1)).to_contain_text("您好")
    page.clock.run_for(5_000)
    expect(page.locator("#connection")).to_have_text(LOST)
    page.clock.run_for(20_000)
    expect(page.locator("#connection")).to_be_hidden()
