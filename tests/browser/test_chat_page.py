"""The chat page before the real service: what citizens come for."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import ask, exchange, field, log, open_an_answer, press_switch, said_in

pytestmark = pytest.mark.browser


def test_a_citizen_asks_and_gets_an_answer_with_its_source(page: Page, complaints: list[str]) -> None:
    ask(page, "身份证丢了怎么补办，要多少钱？")
    expect(exchange(page, 1)).to_contain_text("40")
    source = exchange(page, 1).get_by_role("region", name="依据")
    source.get_by_text(re.compile(r"还有 \d+ 份依据")).click()
    expect(source).to_contain_text("《中华人民共和国居民身份证法》")
    expect(source).to_contain_text(re.compile(r"核对于 \d{4}-\d{2}-\d{2}"))
    link = source.get_by_role("link").first
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("target", "_blank")

    ask(page, "那要带什么？")
    expect(exchange(page, 2)).to_contain_text("户口簿")
    assert complaints == []


def test_a_question_with_several_meanings_is_settled_by_a_button(page: Page) -> None:
    ask(page, "公积金")
    options = exchange(page, 1).get_by_role("list", name="请选一个")
    chosen = options.get_by_role("button", name="租房提取住房公积金")
    # What it would answer stands on the button, and nowhere else.
    expect(chosen).to_contain_text("付房租")
    expect(exchange(page, 1).locator(".bubble.from-hall")).not_to_contain_text("付房租")
    chosen.click()
    expect(exchange(page, 2).get_by_role("heading", name="租房提取住房公积金")).to_be_visible()
    for button in options.get_by_role("button").all():
        expect(button).to_have_attribute("aria-disabled", "true")
    expect(chosen).to_contain_text("已选")
    chosen.click(force=True)
    expect(log(page).locator(".exchange")).to_have_count(2)


def test_a_popular_item_and_a_suggestion_lead_from_answer_to_answer(page: Page) -> None:
    popular = page.get_by_role("list", name="常问的事").get_by_role("button")
    expect(popular).to_have_count(4)
    popular.first.click()
    suggestion = exchange(page, 1).get_by_role("list", name="接着问").get_by_role("button").first
    asked = suggestion.inner_text()
    suggestion.click()
    expect(exchange(page, 2)).to_contain_text(asked)
    expect(exchange(page, 2).get_by_role("region", name="依据")).to_be_visible()


def test_another_region_gives_its_own_answer(page: Page) -> None:
    ask(page, "身份证丢了，补办要多久？")
    expect(exchange(page, 1)).to_contain_text("20个工作日")
    page.get_by_label("按哪个地区回答").select_option(label="北屏区（示例）")
    expect(log(page)).to_contain_text("后面的回答按北屏区（示例）的规定。")
    ask(page, "身份证丢了，补办要多久？")
    expect(exchange(page, -1)).to_contain_text("15个工作日")


def test_the_region_shown_follows_what_the_citizen_says(page: Page) -> None:
    ask(page, "身份证丢了，在北屏区补办要多久？")
    expect(exchange(page, 1)).to_contain_text("15个工作日")
    expect(page.get_by_label("按哪个地区回答").locator("option:checked")).to_have_text("北屏区（示例）")
    ask(page, "要带什么？")
    expect(exchange(page, 2)).to_contain_text("适用地区：北屏区")


def test_what_is_typed_is_shown_as_text_and_never_run(page: Page, complaints: list[str]) -> None:
    attack = "<img src=x onerror=\"document.title='坏'\"><script>document.title='坏'</script>"
    ask(page, attack)
    expect(exchange(page, 1).locator(".from-citizen")).to_contain_text(attack)
    expect(exchange(page, 1).locator(".from-hall:not(.waiting)")).to_be_visible()
    expect(log(page).locator("img, script")).to_have_count(0)
    expect(page).to_have_title("问办 · 政务服务问答")
    assert complaints == []


def test_suggestions_help_while_typing(page: Page) -> None:
    field(page).press_sequentially("身份证丢")
    options = page.get_by_role("listbox", name="猜您想问").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    field(page).press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    wanted = options.first.inner_text()
    field(page).press("Enter")
    expect(exchange(page, 1).locator(".from-citizen")).to_contain_text(wanted)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page: Page) -> None:
    field(page).press_sequentially("身份证")
    expect(page.get_by_role("listbox", name="猜您想问")).to_be_visible()
    field(page).press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field(page)).to_have_value("身份证")
    expect(field(page)).to_have_attribute("aria-expanded", "false")


def test_the_conversation_survives_a_reload(page: Page) -> None:
    answer = open_an_answer(page)
    said = answer.locator(".bubble p:not(:has(a))").all_inner_texts()
    answer.get_by_role("button", name="有用").click()
    expect(answer).to_contain_text("谢谢，已记下。")
    page.reload()
    for sentence in said:
        expect(answer).to_contain_text(sentence)
    expect(answer.get_by_role("button", name="有用")).to_have_attribute("aria-pressed", "true")
    ask(page, "要多少钱？")
    expect(exchange(page, 2)).to_contain_text("40")


def test_a_citizen_says_that_an_answer_was_no_use_and_why(page: Page) -> None:
    answer = open_an_answer(page)
    useless = answer.get_by_role("button", name="没用")
    useless.click()
    expect(useless).to_have_attribute("aria-pressed", "true")
    answer.get_by_role("textbox", name="哪里没答好").fill("没说孩子怎么办")
    with page.expect_request("**/api/chat/feedback") as sent:
        answer.get_by_role("button", name="提交").click()
    assert said_in(sent.value)["comment"] == "没说孩子怎么办"
    assert sent.value.headers["x-wenban-page"] == "1"
    expect(answer).to_contain_text("谢谢，已记下。")


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_has_nothing_to_scroll_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    ask(page, "身份证丢了怎么补办，要多少钱？")
    expect(exchange(page, 1).get_by_role("region", name="依据")).to_be_visible()
    ask(page, "公积金")
    expect(exchange(page, 2).get_by_role("list", name="请选一个")).to_be_visible()
    for switch in ("长辈版", "特大字"):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        press_switch(page, switch)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
