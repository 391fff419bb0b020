"""A scenario on the page: several options at once, a day, and the list with its own page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import answer_json, ask, exchange, log, receipt, serve_messages

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


def test_options_whose_names_have_commas_are_said_by_their_numbers(page: Page) -> None:
    """年纪偏大，不好找 was heard as two, and asked again."""
    options = [{**OPTIONS[0], "label": "年纪偏大，不好找"}, *OPTIONS[1:]]
    sent = said_to(page, question("multi", options=options), {"type": "text", "text": "好。"})
    ask(page, "养狗")
    for label in ("年纪偏大，不好找", "夜市卖狗粮"):
        exchange(page, 1).get_by_label(label).check()
    exchange(page, 1).get_by_role("button", name="选好了").click()
    expect(exchange(page, 2)).to_contain_text("好。")
    assert sent[1]["text"] == "1、2"
    # Who ticked words reads words, after a reload too.
    for _ in range(2):
        expect(exchange(page, 2).locator(".from-citizen p")).to_have_text("年纪偏大，不好找；夜市卖狗粮")
        page.reload()


def test_the_number_of_a_chosen_option_stands_whole_beside_a_long_label(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    options = [{**OPTIONS[0], "label": "被裁、被辞退、合同到期没续、单位关门，或者别的不是自己愿意走的"}, *OPTIONS[1:]]
    said_to(page, question("single", options=options), {"type": "text", "text": "好。"})
    ask(page, "养狗")
    exchange(page, 1).get_by_role("button", name="被裁").click()
    chosen = exchange(page, 1).locator(".chosen")
    expect(chosen).to_be_visible()
    [number, line] = chosen.locator(".place").evaluate(
        "each => [each.getBoundingClientRect().height, parseFloat(getComputedStyle(each).lineHeight)]"
    )
    assert number <= line * 1.2


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


def test_a_number_has_a_field_of_its_own(page: Page) -> None:
    unsure = {"label": "不知道", "value": "unsure", "payload": '/give_details{"node":"answer","value":"area.unsure"}'}
    sent = said_to(page, question("number", options=[unsure]), {"type": "text", "text": "好。"})
    ask(page, "开餐馆")
    shown = exchange(page, 1)
    expect(shown.get_by_role("button", name="不知道")).to_be_visible()
    shown.get_by_role("textbox", name="数字").fill("80")
    shown.get_by_role("button", name="选好了").click()
    expect(exchange(page, 2)).to_contain_text("好。")
    assert sent[1]["text"] == "80"


def kept_list(*done: int) -> dict[str, Any]:
    """Of two things, those that are done ticked."""
    steps = [
        {
            "order": order,
            "after": [1] if order == 2 else [],
            "step_id": f"s{order}",
            "guide_id": f"g{order}",
            "guide_name": name,
            "reason": "先有这个。",
            "who": "",
            "urgent": order == 1,
            "online": True,
            "fee": "免费",
            "amount": f"第{order}件每月补20元。",
            "days": 3,
            "says": [],
            "done": order in done,
            "options": [
                {"label": "约窗口", "payload": f'/checklist{{"code":"abcdefgh","value":"book.s{order}"}}'},
                {"label": "办好了", "payload": untick_of(order) if order in done else tick_of(order)},
            ],
        }
        for order, name in ((1, "犬只登记"), (2, "狂犬疫苗接种"))
    ]
    return {
        "type": "checklist",
        "text": "【养狗】您的办事清单",
        "checklist_id": "abcdefgh",
        "scenario_id": "keep-a-dog",
        "title": "养狗",
        "steps": steps,
        "materials": [{"name": "身份证", "form": "", "copies": 1, "steps": [1], "only_when": [], "have": False}],
        "totals": {"fee": "都不收费。", "amount": "", "days": 4},
        "notes": [],
        "page_url": "/checklists/abcdefgh",
        "options": [
            {"label": "约第1件：犬只登记", "payload": '/checklist{"code":"abcdefgh","value":"book.s1"}'},
            {"label": "删掉这份清单", "payload": '/checklist{"code":"abcdefgh","value":"drop"}'},
        ],
    }


def tick_of(order: int) -> str:
    return f'/checklist{{"code":"abcdefgh","value":"done.s{order}"}}'


def untick_of(order: int) -> str:
    return tick_of(order).replace("done", "undone")


def test_a_step_is_ticked_where_it_stands_and_nothing_new_is_said(page: Page) -> None:
    told = {"type": "text", "text": "记下了：第1件办好了，还有1件。"}
    sent: list[dict[str, Any]] = []

    def serve(route: Any, said: dict[str, Any]) -> None:
        sent.append(said)
        answer_json(route, receipt(kept_list()) if len(sent) == 1 else receipt(told, kept_list(1)))

    serve_messages(page, serve)
    ask(page, "我的清单")
    shown = exchange(page, 1)
    # What stands at its step is not offered once more below.
    expect(shown.get_by_role("button", name="约第1件")).to_have_count(0)
    expect(shown.get_by_role("button", name="删掉这份清单")).to_be_visible()
    box = shown.get_by_role("checkbox", name="1. 犬只登记")
    box.focus()
    page.keyboard.press("Space")
    expect(shown).to_contain_text("还有1件。")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    expect(shown.get_by_role("checkbox", name="2. 狂犬疫苗接种")).not_to_be_checked()
    expect(log(page).locator(".exchange")).to_have_count(1)
    assert sent[1]["payload"] == tick_of(1) and sent[1]["client_message_id"]


def test_a_tick_that_was_refused_is_taken_back_with_the_reason(page: Page) -> None:
    said = said_to(page, kept_list(), {"type": "text", "text": "这份清单已经删掉了。"})
    ask(page, "我的清单")
    box = exchange(page, 1).get_by_role("checkbox", name="1. 犬只登记")
    box.click()
    expect(exchange(page, 1)).to_contain_text("这份清单已经删掉了。")
    expect(box).not_to_be_checked()
    assert len(said) == 2


@pytest.mark.parametrize("payload", ["done.s1", "tick.1"])
def test_ticks_come_back_in_the_list_they_were_made_in(page: Page, payload: str) -> None:
    serve_messages(page, lambda route, said: answer_json(route, receipt({"type": "text", "text": "好"})))
    ask(page, "你好")
    expect(exchange(page, 1)).to_contain_text("好")
    told: list[dict[str, Any]] = [
        {"message_id": "m1", "who": "citizen", "text": "我的清单"},
        {"message_id": "m1", "who": "assistant", "reply": kept_list()},
        {"message_id": "m2", "who": "citizen", "text": "", "payload": tick_of(1).replace("done.s1", payload)},
        {"message_id": "m2", "who": "assistant", "reply": {"type": "text", "text": "记下了。"}},
        {"message_id": "m2", "who": "assistant", "reply": kept_list(1)},
        {"message_id": "m3", "who": "citizen", "text": "谢谢"},
    ]
    kept = {"messages": [{"id": place, "door": "web", **each} for place, each in enumerate(told, start=1)]}
    page.route("**/api/chat/messages?*", lambda route: answer_json(route, json.dumps(kept)))
    page.evaluate("sessionStorage.clear()")
    page.reload()
    expect(log(page).locator(".from-citizen")).to_have_text(["您说：我的清单", "您说：谢谢"])
    expect(exchange(page, 1).get_by_role("checkbox", name="1. 犬只登记")).to_be_checked()
    expect(exchange(page, 1).get_by_text("第1件每月补20元。", exact=True)).to_be_visible()
