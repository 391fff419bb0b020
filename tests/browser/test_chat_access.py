"""The chat page for everybody: keyboard, input methods, large text, contrast, touch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import ask, exchange, field, log, press_switch

pytestmark = pytest.mark.browser

TOKENS = Path(__file__).parents[2] / "channels" / "web" / "static" / "tokens.css"
_SMALL_TARGETS = """least => [...document.querySelectorAll("button, select, textarea, .hotline")]
    .filter(each => each.getClientRects().length)
    .filter(each => each.getBoundingClientRect().height < least || each.getBoundingClientRect().width < least)
    .map(each => each.outerHTML)"""
_SMALL_TEXT = """least => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = [];
    while (texts.nextNode()) {
        const text = texts.currentNode.nodeValue.trim(), around = texts.currentNode.parentElement;
        if (!text || !around.getClientRects().length || around.closest("noscript")) continue;
        if (parseFloat(getComputedStyle(around).fontSize) < least) small.push(text);
    }
    return small;
}"""


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到输入框")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.type("公积金")
    page.keyboard.press("Enter")
    option = exchange(page, 1).get_by_role("button", name="租房提取住房公积金")
    expect(option).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if option.evaluate("each => each === document.activeElement"):
            break
    expect(option).to_be_focused()
    page.keyboard.press("Enter")
    useful = exchange(page, 2).get_by_role("button", name="有用")
    expect(useful).to_be_visible()
    expect(option).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Tab")
        if useful.evaluate("each => each === document.activeElement"):
            break
    expect(useful).to_be_focused()
    assert useful.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    page.keyboard.press("Space")
    expect(useful).to_have_attribute("aria-pressed", "true")


def test_enter_while_the_input_method_composes_does_not_send(page: Page) -> None:
    field(page).focus()
    keyboard = page.context.new_cdp_session(page)
    enter = {"key": "Enter", "code": "Enter"}
    keyboard.send("Input.imeSetComposition", {"text": "shenfenzheng", "selectionStart": 12, "selectionEnd": 12})
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 13, **enter})
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, **enter})
    keyboard.send("Input.insertText", {"text": "身份证"})
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, **enter})
    expect(field(page)).to_have_value("身份证")
    expect(log(page).locator(".exchange")).to_have_count(0)
    field(page).press("Enter")
    expect(exchange(page, 1).locator(".from-citizen")).to_contain_text("身份证")


def test_shift_and_enter_make_a_new_line(page: Page) -> None:
    field(page).fill("身份证丢了")
    height = field(page).evaluate("each => each.offsetHeight")
    field(page).press("Shift+Enter")
    field(page).press_sequentially("要带什么")
    expect(field(page)).to_have_value("身份证丢了\n要带什么")
    assert field(page).evaluate("each => each.offsetHeight") > height
    expect(log(page).locator(".exchange")).to_have_count(0)


def test_nothing_empty_and_nothing_too_long_can_be_sent(page: Page) -> None:
    send = page.get_by_role("button", name="发送")
    expect(send).to_be_disabled()
    field(page).fill("   ")
    expect(send).to_be_disabled()
    field(page).fill("办" * 950)
    expect(page.get_by_text("还能写 50 字")).to_be_visible()
    expect(send).to_be_enabled()
    field(page).fill("办" * 1003)
    expect(page.get_by_text("超出 3 字")).to_be_visible()
    expect(send).to_be_disabled()
    field(page).press("Enter")
    expect(log(page).locator(".exchange")).to_have_count(0)


@pytest.mark.parametrize(
    ("switches", "least_target", "least_text"), [((), 44, 12), (("长辈版",), 60, 18), (("长辈版", "特大字"), 60, 20)]
)
@pytest.mark.parametrize("width", [1280, 390])
def test_text_and_targets_are_large_enough(
    page: Page, switches: tuple[str, ...], least_target: int, least_text: int, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for switch in switches:
        press_switch(page, switch)
    ask(page, "公积金")
    exchange(page, 1).get_by_role("button", name="租房提取住房公积金").click()
    exchange(page, 2).get_by_role("button", name="没用").click()
    expect(exchange(page, 2).get_by_role("textbox", name="哪里没答好")).to_be_visible()
    assert page.evaluate(_SMALL_TARGETS, least_target) == []
    assert page.evaluate(_SMALL_TEXT, least_text) == []


def test_elder_mode_and_high_contrast_persist_after_a_reload(page: Page) -> None:
    page.get_by_role("button", name="长辈版").click()
    page.get_by_role("button", name="特大字").click()
    page.get_by_role("button", name="高对比").click()
    page.reload()
    for switch in ("长辈版", "特大字", "高对比"):
        expect(page.get_by_role("button", name=switch)).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    page.get_by_role("button", name="长辈版").click()
    page.reload()
    expect(page.get_by_role("button", name="特大字")).to_be_hidden()


@pytest.mark.parametrize("size", [(360, 640), (390, 844)])
@pytest.mark.parametrize("switches", [(), ("长辈版",), ("长辈版", "特大字")], ids=["usual", "elder", "extra"])
def test_the_header_leaves_a_phone_to_the_conversation(
    page: Page, size: tuple[int, int], switches: tuple[str, ...]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for switch in switches:
        press_switch(page, switch)
    assert page.locator(".top").evaluate("each => each.offsetHeight") <= 0.15 * size[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for button in page.locator(".top-row > button").all():
        expect(button).to_be_in_viewport(ratio=1)


def test_the_settings_of_a_phone_open_and_close_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opener, region = page.get_by_role("button", name="设置"), page.get_by_label("按哪个地区回答")
    expect(region).to_be_hidden()
    opener.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(region).to_be_focused()
    page.keyboard.press("Escape")
    expect(region).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    page.get_by_text("常问的事").click()
    expect(region).to_be_hidden()


def test_the_way_to_the_newest_covers_nothing(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for number in range(1, 4):
        ask(page, "身份证丢了怎么补办，要多少钱？")
        expect(exchange(page, number).get_by_role("region", name="依据")).to_be_visible()
    page.mouse.wheel(0, -3000)
    newest = page.get_by_role("button", name="到最新消息")
    expect(newest).to_be_visible()
    inside, box = newest.bounding_box(), page.locator(".box").bounding_box()
    assert inside is not None and box is not None
    assert box["y"] <= inside["y"] and inside["y"] + inside["height"] <= box["y"] + box["height"]
    newest.click()
    expect(newest).to_be_hidden()


def test_the_log_is_the_one_polite_announcer(page: Page) -> None:
    """An emergency is none, and no part of the conversation."""
    expect(log(page)).to_have_attribute("aria-live", "polite")
    expect(page.locator("[role=status], [role=alert]:not(.emergency), [aria-live=assertive]")).to_have_count(0)


def test_without_scripts_the_hotline_is_named(page: Page, page_address: str) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(base_url=page_address, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/chat")
    expect(plain.get_by_role("link", name="政务服务热线 12345")).to_be_visible()
    expect(plain.get_by_role("button")).to_have_count(0)
    # Chromium driven by Playwright does not render <noscript>: read the page as it was sent.
    sent = re.search(r"<noscript>(.*?)</noscript>", context.request.get("/chat").text(), re.DOTALL)
    assert sent is not None and 'href="tel:12345"' in sent[1]
    context.close()


@pytest.mark.parametrize("theme", [":root {", ":root:not([data-contrast]) {", ':root[data-contrast="high"] {'])
def test_every_text_colour_stands_out_from_its_ground(theme: str) -> None:
    colours = _colours_of(theme)
    pairs = [(text, ground) for text in ("ink", "ink-soft", "link") for ground in ("paper", "sheet", "tint")]
    pairs += [
        ("on-brand", "brand"),
        ("on-brand", "brand-strong"),
        ("warm-ink", "warm"),
        ("warm-ink", "paper"),
        ("ink-soft", "idle"),
    ]
    for text, ground in pairs:
        assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for edge in ("edge", "focus"):
        for ground in ("paper", "sheet"):
            assert _contrast(colours[edge], colours[ground]) >= 3, (edge, ground)


def _colours_of(theme: str) -> dict[str, str]:
    css = TOKENS.read_text("utf-8")
    block = css[css.index(theme) :].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def _contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two #rrggbb colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
