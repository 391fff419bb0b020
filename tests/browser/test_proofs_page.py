"""A puzzle on the page: solved without a word and without a pause, beside the page or in slices on it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from service_hall.appointments.puzzles import make_puzzle, payload_of, solved
from service_hall.shared.clock import SHANGHAI
from tests.browser.bookings import NO_FILE
from tests.browser.counter import answer_json, ask, clear, exchange, log, receipt, serve_messages, text_reply
from tests.visit_town import FakeSafe, figures

pytestmark = pytest.mark.browser

NOW = datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
CODE_FORM = {
    "type": "question",
    "text": "验证码已发到138****0001，请回复短信里的6位数字。\n1. 再发一次",
    "form": "booking",
    "node": "proof",
    "kind": "text",
    "options": [{"label": "再发一次", "payload": '/give_details{"node":"proof","value":"again"}', "value": "again"}],
    "fields": [{"name": "code", "label": "验证码", "required": True, "hint": "短信里的6位数字", "kind": "code"}],
    "proof": {"kind": "phone_code", "challenge": None, "phone": "138****0001"},
}


def puzzle(hashes: int = 40_000) -> dict[str, Any]:
    challenge = make_puzzle(FakeSafe(), "request", 1, figures(puzzle_hashes=hashes), NOW)
    return {
        "type": "question",
        "text": "正在确认您不是机器人，马上就好。",
        "form": "booking",
        "node": "proof",
        "kind": "text",
        "options": [],
        "fields": [],
        "proof": {"kind": "puzzle", "challenge": challenge, "phone": ""},
    }


def is_solution(said: dict[str, Any], asked: dict[str, Any]) -> bool:
    name, _, fields = said["payload"].partition("{")
    value = json.loads("{" + fields)
    assert (name, value["node"]) == ("/give_details", "proof")
    payload = payload_of(asked["proof"]["challenge"], value["value"])
    return solved(FakeSafe(), payload, "request", NOW) is not None


@pytest.mark.parametrize("has_workers", [True, False])
def test_the_page_solves_it_by_itself_and_goes_on(page: Page, complaints: list[str], has_workers: bool) -> None:
    if not has_workers:
        page.add_init_script("delete window.Worker")
        page.reload()
    asked, held = puzzle(), list[Route]()
    said_all: list[dict[str, Any]] = []

    def answer(route: Route, said: dict[str, Any]) -> None:
        said_all.append(said)
        if len(said_all) == 1:
            answer_json(route, receipt(text_reply("顺便答您一句。"), asked, outcome="asking"))
        else:
            held.append(route)

    serve_messages(page, answer)
    ask(page, "约明天九点")
    expect(exchange(page, 1)).to_contain_text("正在确认您不是机器人…")
    while not held:
        page.wait_for_timeout(20)
    assert is_solution(said_all[1], asked)
    answer_json(held[0], receipt(text_reply("为您留好了。"), outcome="asking"))
    expect(exchange(page, 1)).to_contain_text("为您留好了。")
    expect(exchange(page, 1)).to_contain_text("顺便答您一句。")
    expect(exchange(page, 1)).not_to_contain_text("机器人")
    expect(log(page).locator(".exchange")).to_have_count(1)
    assert [each for each in complaints if NO_FILE not in each] == []  # the stream that is stood in for


def test_meanwhile_the_page_is_as_quick_as_ever(page: Page) -> None:
    """Frames go on being drawn while the worker is busy."""
    serve_messages(page, lambda route, said: answer_json(route, receipt(puzzle(10_000_000), outcome="asking")))
    ask(page, "约明天九点")
    expect(exchange(page, 1)).to_contain_text("正在确认您不是机器人…")
    frames = """() => new Promise((resolve) => {
        let frames = 0;
        const count = () => (frames += 1) < 10 ? requestAnimationFrame(count) : resolve(frames);
        requestAnimationFrame(count);
    })"""
    assert page.evaluate(frames) == 10
    clear(page)  # whoever gives up is not kept waiting
    expect(log(page).locator(".exchange")).to_have_count(0)


def test_what_cannot_be_solved_leaves_the_words_that_say_where_to_turn(page: Page) -> None:
    unknown = puzzle()
    unknown["proof"]["challenge"]["parameters"]["algorithm"] = "WINDMILLS"
    serve_messages(page, lambda route, said: answer_json(route, receipt(unknown, outcome="asking")))
    ask(page, "约明天九点")
    expect(exchange(page, 1)).to_contain_text("正在确认您不是机器人，马上就好。")


def test_a_code_is_filled_in_and_not_kept_on_the_page(page: Page) -> None:
    said_all: list[dict[str, Any]] = []

    def answer(route: Route, said: dict[str, Any]) -> None:
        said_all.append(said)
        reply = CODE_FORM if len(said_all) == 1 else text_reply("约好了。")
        answer_json(route, receipt(reply, outcome="asking"))

    serve_messages(page, answer)
    ask(page, "确认")
    form = exchange(page, 1).locator("form")
    code = form.get_by_label("验证码")
    expect(code).to_have_attribute("autocomplete", "one-time-code")
    code.fill("12")
    form.get_by_role("button", name="填好了").click()
    expect(form).to_contain_text("验证码是 6 位数字")
    code.fill("123 456")
    form.get_by_role("button", name="填好了").click()
    expect(exchange(page, 2)).to_contain_text("约好了。")
    assert said_all[1]["text"] == "验证码：123 456"
    expect(log(page)).not_to_contain_text("123 456")
