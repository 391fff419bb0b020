"""The widget on another site: nothing of the site reaches the conversation, nothing of the conversation the site."""

from __future__ import annotations

from contextlib import closing

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.counter import answer_json, ask, exchange, field, log, open_an_answer, receipt, text_reply
from tests.browser.screens import ATTACK
from tests.browser.widget_site import (
    DESK,
    HOSTILE,
    Guest,
    Site,
    inside,
    launcher,
    open_widget,
    panel,
    tag,
    widget,
)

pytestmark = pytest.mark.browser

NOT_OPEN = "没有打开，请检查网络后再试。"
MOVES_WHAT_IS_FIXED = (
    "transform: scale(0.8)",
    "filter: grayscale(1)",
    "perspective: 900px",
    "contain: strict; height: 4000px",
    "will-change: transform",
    "container-type: size; height: 100vh",
    "opacity: 0.2; clip-path: inset(0 50% 0 0)",
)


def forward_without_cookies(page: Page) -> list[dict[str, str]]:
    """A browser that keeps none of ours; what it sent."""
    sent: list[dict[str, str]] = []

    def forward(route: Route) -> None:
        asked = route.request
        sent.append(asked.headers)
        answer = httpx.request(asked.method, asked.url, headers=asked.headers, content=asked.post_data_buffer)
        route.fulfill(status=answer.status_code, body=answer.content, content_type="application/json")

    page.context.route("**/api/chat/messages*", forward)
    return sent


class TestOnAnotherSite:
    def test_it_works_under_a_strict_policy_and_hostile_styles(self, site: Site, guest: Guest) -> None:
        site.css = HOSTILE
        page = guest.visit()
        expect(launcher(page)).to_be_visible()
        box = launcher(page).bounding_box()
        assert box is not None and box["height"] >= 44 and box["x"] > 1000 and box["y"] > 700
        assert launcher(page).evaluate("each => getComputedStyle(each).color") == "rgb(255, 255, 255)"
        frame = open_widget(page)
        shown = widget(page).locator("iframe").bounding_box()
        assert shown is not None and shown["width"] >= 390 and shown["height"] >= 600
        answer = open_an_answer(frame)
        assert answer.evaluate("each => getComputedStyle(each).direction") == "ltr"
        assert guest.complaints == []

    @pytest.mark.parametrize("element", ["html", "body"])
    @pytest.mark.parametrize("style", MOVES_WHAT_IS_FIXED)
    def test_it_keeps_its_place_whatever_the_site_does_to_its_whole_page(
        self, site: Site, guest: Guest, element: str, style: str
    ) -> None:
        site.css = f"{element} {{ {style} }} main {{ height: 4000px }}"
        page = guest.visit()
        page.evaluate("scrollTo(0, 700)")
        width, height = DESK
        box = launcher(page).bounding_box()
        assert box is not None
        assert (box["x"] + box["width"], box["y"] + box["height"], box["height"]) == (width - 16, height - 16, 56)
        launcher(page).click()
        expect(field(inside(page))).to_be_visible()
        assert panel(page).bounding_box() == {"x": width - 416, "y": height - 696, "width": 400, "height": 680}
        panel(page).get_by_role("button", name="关闭问办").click()
        expect(launcher(page)).to_be_focused()
        assert launcher(page).bounding_box() == box

    def test_where_the_browser_has_no_top_layer_it_stands_as_it_did(self, site: Site, guest: Guest) -> None:
        guest.context.add_init_script("delete HTMLElement.prototype.togglePopover")
        page = guest.visit()
        frame = open_widget(page)
        panel(page).get_by_role("button", name="关闭问办").click()
        expect(launcher(page)).to_be_focused()
        expect(field(frame)).to_be_hidden()
        box = launcher(page).bounding_box()
        assert box is not None and (box["x"] + box["width"], box["y"] + box["height"]) == (DESK[0] - 16, DESK[1] - 16)

    def test_the_first_that_was_given_out_still_works(self, site: Site, guest: Guest) -> None:
        page = guest.visit(f'<script async src="{site.service}/widget/1/wenban.js"></script>')
        open_widget(page)
        assert guest.complaints == []

    def test_it_asks_nothing_of_the_service_but_its_loader_until_it_is_opened(self, guest: Guest) -> None:
        page = guest.visit()
        expect(launcher(page)).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert widget(page).locator("iframe").count() == 0
        assert (
            page.evaluate(
                "performance.getEntriesByType('resource').map(each => each.name).filter(each => each.includes('127.0.0.1')).length"
            )
            == 1
        )

    def test_title_colour_region_and_side_are_as_the_tag_says(self, site: Site, guest: Guest) -> None:
        page = guest.visit(tag(site.service, title="云禾帮办", color="#ffd400", region="990102", position="left"))
        expect(launcher(page)).to_have_text("云禾帮办")
        box = launcher(page).bounding_box()
        assert box is not None and box["x"] < 50
        frame = open_widget(page)
        expect(panel(page)).to_have_accessible_name("云禾帮办")
        expect(frame.get_by_role("heading", level=1)).to_have_text("云禾帮办")
        expect(frame.locator("#region")).to_have_value("990102")
        # White letters would not be read on yellow: it is made as dark as they need.
        ground = launcher(page).evaluate("each => getComputedStyle(each).backgroundColor")
        assert frame.locator("html").evaluate("each => getComputedStyle(each).getPropertyValue('--brand')") != "#ffd400"
        assert contrast_with_white(ground) >= 4.5

    def test_without_a_title_it_has_its_name_in_the_language_that_is_chosen(self, guest: Guest) -> None:
        page = guest.visit()
        frame = open_widget(page)
        expect(frame.get_by_role("heading", level=1)).to_have_text("问办")
        frame.get_by_role("button", name="设置").click()
        frame.get_by_role("link", name="繁體").click()
        expect(frame.get_by_role("heading", level=1)).to_have_text("問辦")

    def test_a_site_that_isolates_itself_shows_the_conversation(self, site: Site, guest: Guest) -> None:
        site.headers = {
            "cross-origin-embedder-policy": "require-corp",
            "cross-origin-opener-policy": "same-origin",
        }
        page = guest.visit()
        assert page.evaluate("crossOriginIsolated")
        open_widget(page)
        assert guest.complaints == []

    def test_a_site_that_is_not_named_shows_no_conversation_and_says_so(
        self, browser: Browser, page_address: str
    ) -> None:
        with closing(Site(page_address, "127.0.0.2")) as unnamed:
            guest = Guest(browser, unnamed)
            page = guest.visit()
            launcher(page).click()
            expect(inside(page).get_by_role("heading", name="这里打不开")).to_be_visible()
            expect(inside(page).locator("main")).to_contain_text("这个网站没有获准显示问办")
            expect(inside(page).get_by_role("link", name="打开问办")).to_have_attribute("href", "/chat")
            expect(inside(page).get_by_role("textbox")).to_have_count(0)
            expect(panel(page).get_by_role("status")).to_have_text("")
            assert guest.complaints == []
            panel(page).get_by_role("button", name="关闭问办").click()
            expect(panel(page)).to_be_hidden()
            guest.context.close()

    def test_who_gives_the_name_of_another_site_is_refused_by_the_browser(
        self, browser: Browser, page_address: str
    ) -> None:
        with closing(Site(page_address, "127.0.0.2")) as unnamed:
            guest = Guest(browser, unnamed)
            page = guest.visit()
            page.clock.install()
            asked = "**/widget/chat?*"
            page.route(asked, lambda route: route.continue_(url=route.request.url.partition("?")[0]))
            with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
                launcher(page).click()
            page.clock.fast_forward(16_000)
            expect(panel(page)).to_contain_text(NOT_OPEN)
            guest.context.close()

    def test_what_opens_late_is_shown_after_all(self, guest: Guest) -> None:
        page = guest.visit()
        page.clock.install()
        held: list[Route] = []
        page.route("**/widget/chat*", lambda route: held.append(route))
        launcher(page).click()
        expect(panel(page)).to_contain_text("正在打开…")
        page.clock.fast_forward(16_000)
        expect(panel(page)).to_contain_text(NOT_OPEN)
        held[0].continue_()
        expect(field(inside(page))).to_be_visible()
        expect(panel(page).get_by_role("status")).to_have_text("")
        expect(panel(page).get_by_role("button", name="再试一次")).to_be_hidden()

    def test_what_did_not_open_opens_at_the_next_try(self, guest: Guest) -> None:
        page = guest.visit()
        page.clock.install()
        page.route("**/widget/chat*", lambda route: route.abort())
        launcher(page).click()
        page.clock.fast_forward(16_000)
        expect(panel(page)).to_contain_text(NOT_OPEN)
        page.unroute("**/widget/chat*")
        panel(page).get_by_role("button", name="再试一次").click()
        expect(field(inside(page))).to_be_visible()

    def test_nothing_that_is_said_reaches_the_site(self, guest: Guest) -> None:
        page = guest.visit()
        page.evaluate(
            "() => { window.heard = []; addEventListener('message', event => heard.push(JSON.stringify(event.data))); }"
        )
        frame = open_widget(page)
        open_an_answer(frame)
        page.keyboard.press("Escape")
        expect(launcher(page)).to_be_focused()
        assert page.evaluate("heard") == ['{"isReady":true}', '{"isLarge":false}', '{"wantsToClose":true}']
        assert page.evaluate("document.cookie") == ""
        with pytest.raises(Exception, match="cross-origin"):
            page.evaluate(
                "document.querySelector('wenban-widget').shadowRoot.querySelector('iframe').contentWindow.document"
            )

    def test_what_others_post_is_not_heard(self, site: Site, guest: Guest) -> None:
        page = guest.visit()
        frame = open_widget(page)
        launcher_now = launcher(page)
        # The site itself, in the widget's name; and a frame of the site's, to ours.
        page.evaluate("postMessage({ wantsToClose: true, unread: 9 }, '*')")
        page.evaluate(
            """() => new Promise(done => {
                const other = document.body.appendChild(document.createElement("iframe"));
                const ours = document.querySelector("wenban-widget").shadowRoot.querySelector("iframe").contentWindow;
                other.contentWindow.Function;
                ours.postMessage({ isOpen: "no" }, "*");
                setTimeout(done, 50);
            })"""
        )
        expect(field(frame)).to_be_visible()
        expect(launcher_now).to_be_hidden()

    def test_an_answer_cannot_bring_markup_or_scripts(self, guest: Guest) -> None:
        page = guest.visit()
        reply = {
            "type": "checklist", "text": ATTACK, "checklist_id": "abc", "scenario_id": "x", "title": ATTACK, "notes": [ATTACK],
            "steps": [{"order": 1, "guide_name": ATTACK, "reason": ATTACK, "fee": ATTACK, "says": [ATTACK], "done": False, "options": [{"label": ATTACK, "payload": "/x"}]}],
            "materials": [{"name": ATTACK, "form": ATTACK, "copies": 0}], "totals": {"fee": ATTACK, "amount": "", "days": 0},
            "page_url": "javascript:alert(1)", "sources": [{"title": ATTACK, "article": "", "url": "javascript:alert(1)", "checked_on": ""}],
        }  # fmt: skip
        handover = {"type": "handover", "text": ATTACK, "status": ATTACK, "ahead": 1}
        case = {
            "type": "case",
            "text": ATTACK,
            "case_number": ATTACK,
            "guide_id": "x",
            "status": ATTACK,
            "history": [{"at": ATTACK, "text": ATTACK}],
        }
        body = receipt({**text_reply(ATTACK)}, reply, handover, case)
        page.context.route("**/api/chat/messages", lambda route: answer_json(route, body))
        frame = open_widget(page)
        ask(frame, "你好")
        expect(exchange(frame, 1)).to_contain_text("onerror")
        expect(log(frame).locator("img, script, [href^=javascript]")).to_have_count(0)
        assert [each for each in guest.complaints if "401" not in each] == []


class TestComingBack:
    def test_it_goes_on_after_a_reload_on_another_page_and_in_another_tab(self, guest: Guest) -> None:
        page = guest.visit()
        frame = open_widget(page)
        said = open_an_answer(frame).locator(".from-citizen p").inner_text()
        field(frame).fill("还要带")
        page.reload()
        # As it was on the page before, and it does not take the keyboard.
        expect(exchange(inside(page), 1).get_by_role("region", name="依据")).to_be_visible()
        expect(field(inside(page))).to_have_value("还要带")
        assert page.evaluate("document.activeElement === document.body")
        page.goto(page.url + "news")
        expect(exchange(inside(page), 1)).to_contain_text(said)
        second = guest.visit(path="/other")
        expect(exchange(open_widget(second), 1)).to_contain_text(said)

    def test_where_the_browser_refuses_the_cookie_the_conversation_still_goes_on(self, guest: Guest) -> None:
        page = guest.visit()
        sent = forward_without_cookies(page)
        frame = open_widget(page)
        open_an_answer(frame)
        ask(frame, "要多少钱？")
        expect(exchange(frame, 2)).to_contain_text("40")
        assert "authorization" not in sent[0] and sent[-1]["authorization"].startswith("Bearer ")
        assert page.context.cookies() == []

    def test_two_widgets_of_a_page_do_not_mix(self, site: Site, guest: Guest) -> None:
        page = guest.visit(tag(site.service, title="甲"), tag(site.service, title="乙", position="left"))
        one, other = open_widget(page, 1), open_widget(page, 2)
        said = open_an_answer(one).locator(".from-citizen p").inner_text()
        ask(other, "要多少钱？")
        expect(exchange(other, 1)).not_to_contain_text("40元")
        expect(log(other).locator(".exchange")).to_have_count(1)
        page.reload()
        expect(exchange(inside(page, 1), 1)).to_contain_text(said)
        expect(exchange(inside(page, 2), 1)).to_contain_text("要多少钱？")
        expect(log(inside(page, 2)).locator(".from-citizen")).to_have_text(["您说：要多少钱？"])

    def test_which_one_it_is_says_its_place_on_the_page_and_not_the_line(self, site: Site, guest: Guest) -> None:
        held: list[Route] = []
        guest.context.route("**/wenban.js?first", lambda route: held.append(route))
        first = tag(site.service).replace("wenban.js", "wenban.js?first")
        page = guest.visit(first, tag(site.service, position="left"), until="commit")
        expect(launcher(page, 2)).to_be_visible()
        held[0].continue_()
        expect(launcher(page, 1)).to_be_visible()
        for number, side in ((1, "right"), (2, "left")):
            open_widget(page, number)
            expect(widget(page, number)).to_have_attribute("side", side)

    def test_on_our_own_pages_it_is_the_same_visitor_as_the_page(self, page: Page, page_address: str) -> None:
        said = open_an_answer(page).locator(".from-citizen p").inner_text()
        # A page of ours that may show frames.
        body = f"<!doctype html><title>门户</title>{tag(page_address)}"
        page.route(
            "**/portal-of-tests", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8")
        )
        page.goto("/portal-of-tests")
        expect(exchange(open_widget(page), 1)).to_contain_text(said)


def contrast_with_white(ground: str) -> float:
    """`ground`: as browsers write it, rgb(…)."""
    parts = [int(part) / 255 for part in ground.removeprefix("rgb(").rstrip(")").split(",")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
