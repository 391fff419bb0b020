"""The chat page when the service is slow, refuses, or says something odd; answers of the service are stood in for."""

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
    receipt,
    said_in,
    serve_messages,
    text_reply,
)

pytestmark = pytest.mark.browser


def test_messages_said_in_haste_go_out_in_order_one_at_a_time(page: Page) -> None:
    held: list[Route] = []
    serve_messages(page, lambda route, said: held.append(route))
    for text in ("第一句", "第二句", "第三句"):
        ask(page, text)
    expect(log(page).locator(".from-citizen")).to_have_text(["您说：第一句", "您说：第二句", "您说：第三句"])
    expect(exchange(page, 1)).to_contain_text("正在查办事指南…")
    expect(exchange(page, 2)).to_contain_text("前一条答完就发这条")
    for number, text in enumerate(("第一句", "第二句", "第三句"), start=1):
        expect(exchange(page, number)).to_contain_text("正在查办事指南…")
        assert len(held) == number
        assert said_in(held[-1].request)["text"] == text
        answer_json(held[-1], receipt(text_reply(f"答{text}")))
        expect(exchange(page, number)).to_contain_text(f"答{text}")


def test_a_choice_pressed_twice_is_sent_once(page: Page) -> None:
    sent: list[dict[str, Any]] = []

    def answer(route: Route, said: dict[str, Any]) -> None:
        sent.append(said)
        answer_json(route, receipt(text_reply("好的")))

    serve_messages(page, answer)
    page.get_by_role("list", name="常问的事").get_by_role("button").first.dblclick()
    expect(exchange(page, 1)).to_contain_text("好的")
    expect(log(page).locator(".exchange")).to_have_count(1)
    assert len(sent) == 1
    assert sent[0]["payload"].startswith("/ask_overview{")


def test_after_a_failure_the_citizen_can_try_again(page: Page) -> None:
    tries = 0

    def answer(route: Route, said: dict[str, Any]) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            route.abort()
        elif tries == 2:
            answer_json(route, '{"error": "not_ready", "message": "系统正在启动，请稍等片刻再试。"}', status=503)
        else:
            answer_json(route, receipt(text_reply("现在好了")))

    serve_messages(page, answer)
    ask(page, "身份证")
    expect(exchange(page, 1)).to_contain_text("网络不通")
    exchange(page, 1).get_by_role("button", name="重试").click()
    expect(exchange(page, 1)).to_contain_text("系统正在启动")
    page.reload()
    exchange(page, 1).get_by_role("button", name="重试").click()
    expect(exchange(page, 1)).to_contain_text("现在好了")
    expect(exchange(page, 1).get_by_role("button", name="重试")).to_have_count(0)


def test_a_silent_service_is_given_up_after_its_time_limit(page: Page) -> None:
    page.clock.install()
    serve_messages(page, lambda route, said: None)
    ask(page, "身份证")
    expect(exchange(page, 1)).to_contain_text("正在查办事指南…")
    page.clock.fast_forward(14_000)
    expect(exchange(page, 1)).to_contain_text("正在查办事指南…")
    page.clock.fast_forward(2_000)
    expect(exchange(page, 1)).to_contain_text("等了 15 秒还没有回音")
    expect(exchange(page, 1).get_by_role("button", name="重试")).to_be_visible()


@pytest.mark.parametrize(
    ("status", "sentence"), [(429, "您发得太快了，请过20秒再试。"), (503, "现在来问的人很多，请过20秒再发一次。")]
)
def test_what_is_asked_to_come_again_is_counted_down_and_then_sent_again(
    page: Page, status: int, sentence: str
) -> None:
    page.clock.install()
    tries = 0

    def answer(route: Route, said: dict[str, Any]) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            refusal = f'{{"error": "some_code", "message": "{sentence}"}}'
            answer_json(route, refusal, status=status, headers={"retry-after": "20"})
        else:
            answer_json(route, receipt(text_reply("轮到您了")))

    serve_messages(page, answer)
    ask(page, "身份证")
    expect(exchange(page, 1)).to_contain_text(sentence)
    page.clock.fast_forward(15_000)
    expect(exchange(page, 1)).to_contain_text("秒后自动重发")
    page.clock.fast_forward(10_000)
    expect(exchange(page, 1)).to_contain_text("轮到您了")


def test_a_refused_credential_is_tried_once_more(page: Page) -> None:
    headers: list[str | None] = []

    def answer(route: Route, said: dict[str, Any]) -> None:
        headers.append(route.request.headers.get("x-wenban-page"))
        if len(headers) == 1:
            answer_json(route, '{"error": "invalid_token", "message": "访客凭证无效"}', status=401)
        else:
            answer_json(route, receipt(text_reply("您好")))

    serve_messages(page, answer)
    ask(page, "你好")
    expect(exchange(page, 1)).to_contain_text("您好")
    assert headers == ["1", "1"]


def test_a_degraded_answer_says_so(page: Page) -> None:
    serve_messages(page, lambda route, said: answer_json(route, receipt(text_reply("先这样答"), outcome="degraded")))
    ask(page, "身份证")
    expect(exchange(page, 1)).to_contain_text("线路繁忙，由指南检索直接作答。")


def test_an_answer_cannot_bring_markup_or_scripts(page: Page, complaints: list[str]) -> None:
    attack = "<img src=x onerror=\"document.title='坏'\">"
    reply = {
        "type": "answer",
        "text": f"{attack}\n1. {attack}",
        "answer_id": "a_1",
        "guide_id": "x",
        "guide_name": attack,
        "aspect": "fee",
        "region": "990100",
        "sources": [
            {
                "title": attack,
                "article": "第一条",
                "url": "javascript:alert(1)",
                "checked_on": "2026-01-01",
                "unverified": False,
            },
            {"title": "某办法", "article": "", "url": "", "checked_on": "2026-01-01", "unverified": True},
        ],
        "suggestions": [{"label": attack, "payload": "/ask_fee{}"}],
    }
    serve_messages(page, lambda route, said: answer_json(route, receipt(reply)))
    ask(page, "身份证")
    expect(exchange(page, 1).get_by_role("heading")).to_have_text(attack)
    expect(exchange(page, 1).get_by_text("未核原文")).to_be_visible()
    expect(log(page).locator("img, script, a[href^=javascript]")).to_have_count(0)
    expect(page).to_have_title("问办 · 政务服务问答")
    assert [each for each in complaints if "401" not in each] == []


def test_sources_stand_once_below_the_answer_with_the_parts_that_bear_it(page: Page) -> None:
    law = {"title": "中华人民共和国居民身份证法", "url": "https://flk.npc.gov.cn/", "checked_on": "2026-01-01"}
    reply = {
        "type": "answer",
        "text": "每证40元。\n依据：《居民身份证法》第十一条、第十二条等。适用地区：云禾市。",
        "answer_id": "a_1",
        "guide_id": "x",
        "guide_name": "补领身份证",
        "aspect": "fee",
        "region": "990100",
        "sources": [
            {**law, "article": "第十一条"},
            {**law, "article": "第十二条"},
            {"title": "某服务指南", "article": "办理时限", "url": "", "checked_on": "2026-01-01"},
            {"title": "云禾市办事指南（示例数据）", "article": "", "url": "", "checked_on": "2026-01-01", "own": True},
        ],
    }
    serve_messages(page, lambda route, said: answer_json(route, receipt(reply)))
    ask(page, "身份证")
    shown = exchange(page, 1).get_by_role("region", name="依据")
    expect(shown).to_contain_text("依据（适用地区：云禾市）")
    expect(shown.get_by_role("listitem")).to_have_text(
        [
            re.compile("^《中华人民共和国居民身份证法》第十一条、第十二条"),
            re.compile("^《某服务指南》“办理时限”"),
            re.compile("^云禾市办事指南（示例数据）"),
        ]
    )
    expect(exchange(page, 1).get_by_text("等。适用地区")).to_have_count(0)


def test_a_reply_type_unknown_to_the_page_is_shown_by_its_text(page: Page) -> None:
    reply = {"type": "ticket", "text": "您的号是A012，前面还有3人。", "number": "A012", "ahead": 3}
    serve_messages(page, lambda route, said: answer_json(route, receipt(reply, outcome="done")))
    ask(page, "取号")
    expect(exchange(page, 1)).to_contain_text("您的号是A012，前面还有3人。")


def test_pushed_replies_are_shown_once_and_the_stream_resumes_after_them(page: Page) -> None:
    resumed_after: list[str | None] = []

    def push(route: Route) -> None:
        assert route.request.headers["x-wenban-page"] == "1"
        resumed_after.append(route.request.headers.get("last-event-id"))
        events = [(7, "工作人员：请带上旧证。"), (8, "工作人员：三号窗口。")][: len(resumed_after)]
        body = ": ping\r\n\r\n" + "".join(
            f"id: {number}\r\nevent: reply\r\ndata: {json.dumps(text_reply(text), ensure_ascii=False)}\r\n\r\n"
            for number, text in events
        )
        route.fulfill(status=200, body=body, headers={"content-type": "text/event-stream"})

    serve_messages(page, lambda route, said: answer_json(route, receipt(text_reply("已转达"))))
    page.route("**/api/chat/stream", push)
    ask(page, "要带旧证吗")
    expect(log(page)).to_contain_text("工作人员：三号窗口。")
    expect(log(page).get_by_text("工作人员：请带上旧证。")).to_have_count(1)
    assert resumed_after[:2] == [None, "7"]


def test_the_stream_is_not_opened_before_the_first_message(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    serve_messages(page, lambda route, said: answer_json(route, receipt(text_reply("您好"))))
    page.reload()
    expect(field(page)).to_be_visible()
    assert not any("/api/chat/" in url for url in asked)
    with page.expect_request("**/api/chat/stream"):
        ask(page, "你好")


def test_the_stream_rests_while_the_page_is_hidden_for_long(page: Page) -> None:
    page.clock.install()
    page.reload()
    with page.expect_request("**/api/chat/stream"):
        ask(page, "你好")
    _show(page, hidden=True)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/api/chat/stream")):
        page.clock.fast_forward("05:01")
    with page.expect_request("**/api/chat/stream"):
        _show(page, hidden=False)


def _show(page: Page, *, hidden: bool) -> None:
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )
