"""Two citizens at one kiosk: of the first nothing is there for the second, on the screen, on paper or at the service."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Request, Route, expect

from tests.browser.counter import answer_json, receipt
from tests.browser.kiosk_reader import ask, find, open_finding, open_guide, told, walk
from tests.browser.screens import Opens, any_office

pytestmark = pytest.mark.browser


class TestOneAfterTheOther:
    """Nothing of the first is there for the second."""

    def test_the_second_finds_no_word_of_the_first(self, opens: Opens) -> None:
        page = open_finding(opens)
        deleted: list[Request] = []
        page.on("request", lambda request: deleted.append(request) if request.method == "DELETE" else None)
        ask(page, "身份证丢了怎么补，我叫王小二")
        page.get_by_role("textbox", name="接着问").fill("我的电话是")
        with page.expect_response(lambda response: response.request.method == "DELETE") as gone:
            page.get_by_role("button", name="结束").click()
        assert gone.value.ok
        first = deleted[0].headers["authorization"]
        assert "王小二" not in page.content()
        assert page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]
        assert [each["name"] for each in page.context.cookies()] == ["wenban_kiosk"]
        kept = page.request.get("/api/chat/messages", headers={"Authorization": first})
        assert kept.status == 401
        find(page)
        expect(page.get_by_role("textbox", name="说说要办的事")).to_have_value("")
        with page.expect_request("**/api/chat/messages") as sent:
            ask(page, "那多少钱")
        assert "authorization" not in sent.value.headers
        expect(told(page)).to_contain_text("您想问的是哪件事？")

    def test_in_another_language_the_screen_stays_until_the_service_has_heard_it(self, opens: Opens) -> None:
        """The question is on its way still: what it brings is given back before the page goes."""
        page = opens("/kiosk")
        page.goto(f"/kiosk?office={any_office(opens)}&lang=en")
        page.get_by_role("button", name="Ask and find").click()
        held: list[Route] = []
        page.route("**/api/chat/messages", lambda route: held.append(route))
        field = page.locator("#find-words")
        field.fill("身份证丢了怎么补")
        with page.expect_request("**/api/chat/messages"):
            field.press("Enter")
        page.locator("#end").click()
        expect(page.locator("#home")).to_be_visible()
        assert "lang" in page.url
        with page.expect_response(lambda response: response.request.method == "DELETE") as gone:
            held[0].continue_()
        assert gone.value.ok
        page.wait_for_url(lambda address: "lang" not in address)

    def test_whoever_walks_away_is_counted_out_in_sight_and_forgotten(self, opens: Opens) -> None:
        page = opens("/kiosk")
        page.clock.install()
        page.goto(f"/kiosk?office={any_office(opens)}&idle=30")
        find(page)
        ask(page, "身份证丢了怎么补")
        expect(told(page).get_by_role("heading", name="居民身份证丢失补领")).to_be_visible()
        page.clock.run_for(31_000)
        dialog, counted = page.get_by_role("dialog"), re.compile(r"(\d+) 秒后清空刚才的内容")
        expect(dialog).to_contain_text(counted)
        before = int(counted.findall(dialog.inner_text())[0])
        page.clock.run_for(5_000)
        assert int(counted.findall(dialog.inner_text())[0]) <= before - 5
        with page.expect_response(lambda response: response.request.method == "DELETE"):
            page.clock.run_for(16_000)
        expect(page.locator("#home")).to_be_visible()
        assert "居民身份证丢失补领" not in page.locator("#told, #asked").all_inner_texts()

    def test_a_page_that_comes_back_as_it_was_left_is_wiped(self, opens: Opens) -> None:
        """Another address and back: the browser may show what it kept, script and all."""
        page = open_finding(opens)
        page.get_by_role("button", name="长辈版").click()
        ask(page, "身份证丢了怎么补，我叫王小二")
        page.get_by_role("textbox", name="接着问").fill("我的电话是")
        page.get_by_role("button", name="看办事指南").click()
        page.get_by_role("button", name="扫码带走").click()
        with page.expect_response(lambda response: response.request.method == "DELETE"):
            page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        expect(page.locator("#home")).to_be_visible()
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.get_by_role("button", name="长辈版")).to_have_attribute("aria-pressed", "false")
        left = page.evaluate(
            """() => [...document.querySelectorAll("input")].map(each => each.value).join("")
            + ["#told", "#asked", "#guide-body", "#slip", "#taking-title", "#code"].map(each => document.querySelector(each).textContent).join("|")"""
        )
        assert not re.search("王小二|电话|身份证|户口", left), left

    def test_whoever_stands_behind_reads_no_name_and_no_number(self, opens: Opens) -> None:
        page = open_finding(opens)
        question = {
            "type": "question",
            "text": "姓名和手机号？",
            "kind": "text",
            "fields": [{"name": "name", "label": "姓名"}],
        }
        page.route("**/api/chat/messages", lambda route: answer_json(route, receipt(question, outcome="asking")))
        ask(page, "我要预约补办身份证")
        ask(page, "王小二 13800138000", "接着问")
        expect(page.locator("#asked")).to_have_text("您说：〔姓名〕 138****8000")

    def test_an_answer_that_comes_too_late_is_nobody_s(self, opens: Opens) -> None:
        page = open_finding(opens)
        waiting: list[Route] = []
        page.route("**/api/chat/messages", lambda route: waiting.append(route))
        page.get_by_role("textbox", name="说说要办的事").fill("身份证丢了怎么补")
        page.keyboard.press("Enter")
        expect(page.get_by_text("正在查")).to_be_visible()
        page.get_by_role("button", name="结束").click()
        with page.expect_request(lambda request: request.method == "DELETE") as deleted:
            answer_json(waiting[0], receipt({"type": "text", "text": "给第一位的话"}))
        assert deleted.value.headers["authorization"] == "Bearer t"
        find(page)
        assert "给第一位的话" not in page.content()

    def test_a_list_outlives_whoever_scanned_it_and_no_other(self, opens: Opens) -> None:
        page = open_finding(opens)
        for takes_it in (True, False):
            with page.expect_response("**/api/chat/messages"):
                walk(page)
            # The last answer of the walk holds the list's address.
            page.get_by_role("button", name="扫码带走这张清单").click()
            source = str(page.get_by_role("dialog").get_by_role("img").get_attribute("src"))
            address = source.partition("path=")[2].replace("%2F", "/")
            page.get_by_role("button", name="扫好了").click()
            assert page.request.get(address).ok
            if not takes_it:
                page.reload()  # as if it had not been scanned: the page is left before
            else:
                with page.expect_response(lambda response: response.request.method == "DELETE"):
                    page.get_by_role("button", name="结束").click()
                assert page.request.get(address).ok
                find(page)

    def test_every_screen_has_the_way_out(self, opens: Opens) -> None:
        page = open_finding(opens)
        end = page.get_by_role("button", name="结束")
        expect(end).to_be_in_viewport(ratio=1)
        page.get_by_role("button", name="一件事一次办").click()
        page.get_by_role("list", name="一件事一次办").get_by_role("button").last.scroll_into_view_if_needed()
        expect(end).to_be_in_viewport(ratio=1)
        end.click()
        expect(page.locator("#home")).to_be_visible()
        expect(end).to_be_hidden()


PRINTS = "window.print = () => (document.documentElement.dataset.printed = 'yes')"


class TestOnPaper:
    def test_a_guide_is_printed_as_a_narrow_slip_and_gone_from_the_page(self, opens: Opens) -> None:
        page = open_finding(opens, rest="&printer=yes", init=PRINTS)
        open_guide(page)
        page.get_by_role("button", name="打印", exact=True).click()
        expect(page.locator("html")).to_have_attribute("data-printed", "yes")
        page.emulate_media(media="print")
        slip = page.locator("#slip")
        expect(slip).to_be_visible()
        for told_on_it in ("居民身份证丢失补领", "居民户口簿", "40元", "适用地区：云禾市", "打印时间"):
            expect(slip).to_contain_text(told_on_it)
        expect(slip.locator("img")).to_be_visible()
        for each in (".top", "#guide", ".ticket", ".bottom"):
            expect(page.locator(each)).to_be_hidden()
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        expect(slip).to_be_empty()
        expect(page.locator("#guide")).to_be_hidden()

    def test_the_list_of_a_life_event_is_printed_and_nothing_of_it_stays(self, opens: Opens) -> None:
        page = open_finding(opens, rest="&printer=yes", init=PRINTS)
        walk(page, "我要结婚")
        # Whoever only wants it on paper need not read it here first.
        for name in ("打印这张清单", "扫码带走这张清单"):
            expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
        page.get_by_role("button", name="打印这张清单").click()
        expect(page.locator("html")).to_have_attribute("data-printed", "yes")
        slip = page.locator("#slip")
        for told_on_it in ("要带的材料", "件事", "到窗口办，免费", "青桥区政务服务中心：", "打印时间 20", "月"):
            expect(slip).to_contain_text(told_on_it)
        assert re.search(r"打印时间 20\d\d年\d{1,2}月\d{1,2}日", slip.inner_text())
        page.get_by_role("button", name="结束").click()
        expect(page.locator("#slip")).to_be_empty()

    def test_where_the_offices_cannot_be_had_the_rest_is_printed(self, opens: Opens) -> None:
        page = open_finding(opens, rest="&printer=yes", init=PRINTS)
        walk(page, "我要结婚")
        page.route("**/api/offices", lambda route: route.abort())
        page.get_by_role("button", name="打印这张清单").click()
        expect(page.locator("#slip")).to_contain_text("到窗口办，免费")

    def test_who_leaves_while_it_is_put_together_leaves_no_slip(self, opens: Opens) -> None:
        page = open_finding(opens, rest="&printer=yes", init=PRINTS)
        walk(page, "我要结婚")
        held: list[Route] = []
        page.route("**/api/offices", lambda route: held.append(route))
        page.get_by_role("button", name="打印这张清单").click()
        page.wait_for_timeout(100)
        page.get_by_role("button", name="结束").click()
        held[0].continue_()
        page.wait_for_load_state("networkidle")
        expect(page.locator("#slip")).to_be_empty()
        assert page.locator("html").get_attribute("data-printed") is None

    def test_without_a_printer_no_button_offers_it(self, opens: Opens) -> None:
        page = open_finding(opens)
        open_guide(page)
        expect(page.get_by_role("button", name="打印", exact=True)).to_be_hidden()
