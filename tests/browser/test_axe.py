"""axe-core finds nothing of moderate weight or more, on any page, in the usual and in the elder mode."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import exchange, make_list, open_an_answer
from tests.browser.screens import Opens
from tests.browser.signed_in import SignedIn

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
WEIGHTY = {"moderate", "serious", "critical"}
CONSOLE = [
    "/console/staff/new",
    "/console/figures",
    "/console/conversations",
    "/console/account",
    "/console/audit",
    "/console/orders",
    "/console/facts",
    "/console/scenarios/have-a-baby",
    "/console/scenarios/have-a-baby/try",
]
PAGES = [
    "/",
    "/chat?lang=en",
    "/guides?theme=户籍身份&lang=zh-Hant",
    "/guides/residence-permit-apply",
    "/search?q=身份证",
    "/scenarios",
    "/scenarios/have-a-baby",
    "/nothing-here",
    "/widget/chat",
    "/kiosk",
    "/board",
]


def findings(page: Page) -> list[str]:
    found: list[str] = []
    for text in ("", "large"):
        page.evaluate("text => text && (document.documentElement.dataset.text = text)", text)
        page.evaluate(AXE)
        told: dict[str, Any] = page.evaluate("axe.run({ resultTypes: ['violations'] })")
        for each in told["violations"]:
            if each["impact"] in WEIGHTY:
                found += [f"{text or 'usual'}: {each['id']}: {node['html'][:200]}" for node in each["nodes"]]
    return found


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_barrier(page: Page, path: str) -> None:
    page.goto(path)
    assert findings(page) == []


@pytest.mark.parametrize("colours", ["dark", "high"])
def test_nor_in_other_colours(page: Page, colours: str) -> None:
    if colours == "dark":
        page.emulate_media(color_scheme="dark")
    for path in ("/", "/chat", "/guides/residence-permit-apply"):
        page.goto(path)
        if colours == "high":
            page.evaluate("document.documentElement.dataset.contrast = 'high'")
        assert findings(page) == [], path


def test_the_conversation_has_none(page: Page) -> None:
    open_an_answer(page)
    exchange(page, 1).get_by_role("button", name="没用").click()
    exchange(page, 1).get_by_text("看详细办法").click()
    expect(exchange(page, 1).get_by_role("textbox", name="哪里没答好")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("button", name="我的预约").click()
    expect(page.get_by_role("dialog", name="我的预约")).to_be_visible()
    assert findings(page) == []


def test_a_kept_list_has_none(page: Page) -> None:
    page.goto(make_list(page))
    assert findings(page) == []


def test_the_counter_has_none(opens: Opens, signed_in: SignedIn) -> None:
    for desk in (opens("/counter"), opens("/counter", state=signed_in.state())):
        desk.wait_for_load_state("networkidle")
        assert findings(desk) == []


def test_the_console_has_none(opens: Opens, signed_in: SignedIn) -> None:
    assert findings(opens("/console/sign-in")) == []
    page = opens("/console", state=signed_in.state())
    for colours, paths in (("light", CONSOLE), ("dark", CONSOLE[:2])):
        page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
        for path in paths:
            page.goto(path)
            assert findings(page) == [], (path, colours)
