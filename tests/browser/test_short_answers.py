"""An answer whose first sentences answer: the details folded below them, for eyes, ears and paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.counter import answer_json, ask, exchange, press_switch, receipt, serve_messages

pytestmark = pytest.mark.browser

LEAD = "补领身份证要交工本费40元。𠮷"  # the last letter is two units of JavaScript, and one character
REST = "1. 到公安窗口说明丢失，采集人像和指纹。\n2. 核对登记表并签名，缴费，拿好领取凭证。\n3. 二十个工作日内凭领取凭证到受理窗口领取。\n丢失的旧证同时作废，找到了也不能再用。"
SOURCES = [
    {"title": title, "article": article, "url": "", "checked_on": "2026-11-01", "unverified": False}
    for title, article in (
        ("中华人民共和国居民身份证法", "第二十条"),
        ("《国家发展改革委关于居民身份证收费标准的通知》（发改价格〔2003〕2322号）", ""),
    )
]


def answer(**stated: Any) -> dict[str, Any]:
    return {
        "type": "answer",
        "text": f"{LEAD}\n{REST}\n依据：中华人民共和国居民身份证法。",
        "lead": len(LEAD),
        "answer_id": "a_1",
        "guide_id": "x",
        "guide_name": "居民身份证丢失补领",
        "aspect": "fee",
        "region": "990100",
        "sources": SOURCES,
        "suggestions": [],
        **stated,
    }


def asked(page: Page, **stated: Any) -> Locator:
    serve_messages(page, lambda route, said: answer_json(route, receipt(answer(**stated))))
    ask(page, "多少钱")
    shown = exchange(page, 1)
    expect(shown).to_contain_text(LEAD)
    return shown


def test_a_source_without_a_day_tells_none(page: Page) -> None:
    shown = asked(
        page, sources=[{**SOURCES[0], "title": "大厅公布的信息（示例数据）", "article": "", "checked_on": ""}]
    )
    expect(shown.get_by_role("region", name="依据")).to_contain_text("示例数据")
    expect(shown.get_by_text("核对于")).to_have_count(0)


def test_of_many_sources_two_stand_open(page: Page) -> None:
    shown = asked(page, sources=[{**SOURCES[0], "title": f"{number}号规定"} for number in range(1, 6)])
    expect(shown.get_by_text("《2号规定》")).to_be_visible()
    expect(shown.get_by_text("《3号规定》")).to_be_hidden()
    shown.get_by_text("还有 3 份依据").click()
    expect(shown.get_by_text("《5号规定》")).to_be_visible()


def test_the_details_open_by_mouse_and_keyboard(page: Page) -> None:
    shown = asked(page)
    details, more = shown.get_by_text("到公安窗口说明丢失"), shown.get_by_text("看详细办法")
    expect(details).to_be_hidden()
    expect(shown.get_by_role("region", name="依据")).to_be_visible()
    more.click()
    expect(details).to_be_visible()
    expect(shown.get_by_role("list").filter(has_text="二十个工作日")).to_be_visible()
    shown.get_by_text("收起").click()
    expect(details).to_be_hidden()
    shown.locator("summary").press("Enter")
    expect(details).to_be_visible()


def test_all_of_it_is_copied_read_aloud_and_printed(page: Page) -> None:
    page.add_init_script(
        """window.heard = [];
        speechSynthesis.speak = (each) => heard.push(each.text);
        Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => (window.copied = text) } });"""
    )
    page.reload()
    shown = asked(page)
    shown.get_by_role("button", name="复制").click()
    shown.get_by_role("button", name="朗读").click()
    for told in (page.evaluate("window.copied"), "".join(page.evaluate("window.heard"))):
        assert told.index("工本费40元") < told.index("到公安窗口说明丢失") < told.index("找到了也不能再用")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(shown.get_by_text("到公安窗口说明丢失")).to_be_visible()


def test_elder_mode_shows_the_answer_alone_with_one_large_button(page: Page) -> None:
    press_switch(page, "长辈版")
    shown = asked(page)
    expect(shown.get_by_role("region", name="依据")).to_be_hidden()
    more = shown.locator("summary")
    box = more.bounding_box()
    assert box is not None and box["height"] >= 60
    more.click()
    expect(shown.get_by_role("region", name="依据")).to_be_visible()


@pytest.mark.parametrize("stated", [{"lead": 0}, {"text": f"{LEAD}\n不收别的费。"}], ids=["no lead", "little more"])
def test_what_is_short_is_shown_whole(page: Page, stated: dict[str, Any]) -> None:
    shown = asked(page, **stated)
    expect(shown.locator("details")).to_have_count(0)
    expect(shown.get_by_text("到公安窗口说明丢失" if "lead" in stated else "不收别的费")).to_be_visible()


def test_a_title_gets_its_marks_once(page: Page) -> None:
    sources = asked(page).get_by_role("region", name="依据")
    expect(sources).to_contain_text("《中华人民共和国居民身份证法》第二十条")
    expect(sources).not_to_contain_text("《《")
    expect(sources).to_contain_text("《国家发展改革委关于居民身份证收费标准的通知》（发改价格〔2003〕2322号）")
