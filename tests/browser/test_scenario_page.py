"""A scenario on the page: several options at once, a day, and the list with its own page."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import answer_json, ask, exchange, receipt, serve_messages

pytestmark = pytest.mark.browser

OPTIONS = [
    {"label": label, "value": value, "payload": f'/give_details{{"node":"answer","value":"also.{value}"}}'}
    for label, value in (("带它去图书馆", "reads"), ("夜市卖狗粮", "sells"), ("都没有", "none"))
]


def question(kind: str, **stated: Any) -> dict[str, Any]:
    return {"type": "question", "text": "还打算做什么？", "form": "", "scenario_id": "keep-a-dog", "node": "also", "kind": kind,
            "options": [], "fields": [], "progress": {"step": 2, "of": 4}, **stated}  # fmt: skip


def said_to(page: Page, *replies: dict[str, Any]) -> list[dict[str, Any]]:
    """Serves these one after the other; what the page sends."""
    sent: list[dict[str, Any]] = []
    waiting = list(replies)

    def serve(route: Any, said: dict[str, Any]) -> None:
        sent.append(said)
        answer_json(route, receipt(waiting.pop(0)))

    serve_messages(page, serve)
    return sent


def test_several_options_are_picked_and_sent_together(page: Page) -> None:
    sent = said_to(page, question("multi", options=OPTIONS), {"type": "text", "text": "好。"})
    ask(page, "养狗")
    shown = exchange(page, 1)
    shown.get_by_label("都没有").check()
    shown.get_by_label("带它去图书馆").check()
    expect(shown.get_by_label("都没有")).not_to_be_checked()
    shown.get_by_label("夜市卖狗粮").check()
    shown.get_by_role("button", name="选好了").click()
    expect(exchange(page, 2)).to_contain_text("好。")
    assert sent[1]["text"] == "带它去图书馆、夜市卖狗粮"
    expect(shown.get_by_label("夜市卖狗粮")).to_be_disabled()


def test_a_day_can_be_picked(page: Page) -> None:
    sent = said_to(page, question("date"), {"type": "text", "text": "好。"})
    ask(page, "养狗")
    shown = exchange(page, 1)
    shown.get_by_label("日期").fill("2026-05-20")
    shown.get_by_role("button", name="选好了").click()
    expect(exchange(page, 2)).to_contain_text("好。")
    assert sent[1]["text"] == "2026-05-20"


def test_the_list_leads_to_its_page_and_on(page: Page) -> None:
    checklist = {
        "type": "checklist",
        "text": "【养狗】您的办事清单\n1. 犬只登记：要办。",
        "checklist_id": "abc",
        "scenario_id": "keep-a-dog",
        "title": "养狗",
        "steps": [],
        "materials": [],
        "totals": {"fee": "", "amount": "", "days": 0},
        "notes": [],
        "page_url": "/checklists/abcdefgh",
        "options": [{"label": "约第1件：犬只登记", "payload": '/checklist{"code":"abc","value":"book.1"}'}],
    }
    sent = said_to(page, checklist, {"type": "text", "text": "好。"})
    ask(page, "养狗")
    shown = exchange(page, 1)
    expect(shown.get_by_role("link", name="打印或分享这份清单")).to_have_attribute("href", "/checklists/abcdefgh")
    shown.get_by_role("button", name="约第1件").click()
    expect(exchange(page, 2)).to_contain_text("好。")
    assert sent[1]["payload"] == '/checklist{"code":"abc","value":"book.1"}'
