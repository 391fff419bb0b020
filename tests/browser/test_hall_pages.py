"""The screens of the hall before the real service: taking a number, being called, being served."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.bookings import OWN_PAGE
from tests.browser.counter import answer_json
from tests.browser.screens import (
    ATTACK,
    LANDSCAPE,
    Opens,
    any_office,
    call_until,
    free,
    move,
    number_at,
    open_desk,
    queue_of,
    take_number,
)
from tests.browser.signed_in import SignedIn

pytestmark = pytest.mark.browser


@pytest.fixture(scope="package")
def lines(browser: Browser, page_address: str, signed_in: SignedIn) -> Iterator[dict[str, Any]]:
    """Lines that give numbers now and have two counters, with the office of each; every time another, as long as there
    are more, so that nobody waits there for another test."""
    context = browser.new_context(base_url=page_address, storage_state=signed_in.state(), extra_http_headers=OWN_PAGE)
    found = []
    for office in context.request.get("/api/counter/offices").json()["offices"]:
        with_numbers = context.request.get(f"/api/kiosk/{office['office_id']}").json()["lines"]
        is_open = {each["line_id"] for each in with_numbers if each["open"]}
        of_office = {"office_id": office["office_id"], "office_name": office["name"]}
        found += [
            {**of_office, **line}
            for line in office["lines"]
            if line["line_id"] in is_open and len(line["counters"]) > 1
        ]
    context.close()
    return itertools.cycle(found)


@pytest.fixture
def line(lines: Iterator[dict[str, Any]]) -> dict[str, Any]:
    found = next(lines, None)
    return found or pytest.skip("no line of any office gives numbers at this hour")


@pytest.fixture
def desks(opens: Opens, signed_in: SignedIn, line: dict[str, Any]) -> tuple[Page, Page]:
    """Two counters of the line, both free."""
    first, second = (open_desk(opens, signed_in.state(), line, counter) for counter in line["counters"][:2])
    return first, second


class TestFromNumberToFinish:
    def test_a_walk_in_gets_a_number_and_the_board_shows_it_once_called(
        self, opens: Opens, line: dict[str, Any], desks: tuple[Page, Page]
    ) -> None:
        number = take_number(opens, line)
        board = opens(f"/board/{line['office_id']}", LANDSCAPE)
        expect(board.get_by_role("list", name="等候")).to_contain_text(line["name"])
        call_until(desks[0], number)
        newest = board.locator("#newest")
        expect(newest).to_have_text(re.compile(rf"请\s*{number}\s*到\s*{line['counters'][0]}号窗口"))
        expect(newest).to_have_attribute("role", "status")
        move(desks[0], "开始办理").click()
        tile = board.get_by_role("list", name="窗口").get_by_role("listitem").filter(has_text=number)
        expect(tile).to_contain_text("正在办理")

    def test_two_counters_that_call_at_once_call_different_numbers(
        self, opens: Opens, line: dict[str, Any], desks: tuple[Page, Page]
    ) -> None:
        for _ in range(4):
            take_number(opens, line)
        for _ in range(2):
            for desk in desks:
                expect(move(desk, "叫下一位")).to_be_enabled()
                desk.evaluate("document.querySelector('[data-move=call-next]').click()")
            for desk in desks:
                expect(desk.locator("#current .state.called")).to_be_visible()
            first, second = (number_at(desk).inner_text() for desk in desks)
            assert first != second
            for desk in desks:
                free(desk)

    def test_a_double_click_calls_one_citizen(
        self, opens: Opens, line: dict[str, Any], desks: tuple[Page, Page]
    ) -> None:
        take_number(opens, line)
        calls: list[str] = []
        desks[0].on("request", lambda request: calls.append(request.url) if "call-next" in request.url else None)
        move(desks[0], "叫下一位").dblclick(force=True)
        expect(desks[0].locator("#current .state.called")).to_be_visible()
        assert len(calls) == 1

    def test_a_missed_citizen_is_called_after_all(
        self, opens: Opens, line: dict[str, Any], desks: tuple[Page, Page]
    ) -> None:
        number = take_number(opens, line)
        call_until(desks[0], number)
        desks[0].keyboard.press("m")
        expect(desks[0].get_by_role("alert")).to_contain_text(f"再按一次 M，{number} 就算过号")
        desks[0].keyboard.press("m")
        missed = desks[0].get_by_role("list", name="过号").get_by_role("listitem").filter(has_text=number)
        expect(missed).to_be_visible()
        expect(number_at(desks[0])).to_have_text("现在没有人")
        missed.get_by_role("button", name="重新叫号").click()
        expect(number_at(desks[0])).to_have_text(number)
        expect(missed).to_have_count(0)

    def test_a_transferred_citizen_is_called_by_the_other_counter(
        self, opens: Opens, line: dict[str, Any], desks: tuple[Page, Page]
    ) -> None:
        there = line["counters"][1]
        number = take_number(opens, line)
        call_until(desks[0], number)
        move(desks[0], "转窗口").click()
        desks[0].get_by_role("dialog").get_by_role("button", name=f"{there}号窗口", exact=True).click()
        expect(number_at(desks[0])).to_have_text("现在没有人")
        waiting = desks[1].get_by_role("list", name="等候").get_by_role("listitem").filter(has_text=number)
        expect(waiting).to_contain_text("转到本窗口")
        call_until(desks[1], number)

    def test_a_finished_citizen_counts_for_today(
        self, opens: Opens, line: dict[str, Any], desks: tuple[Page, Page]
    ) -> None:
        call_until(desks[0], take_number(opens, line))
        for key, state in (("r", "called"), ("s", "serving")):
            desks[0].keyboard.press(key)
            expect(desks[0].locator(f"#current .state.{state}")).to_be_visible()
            expect(move(desks[0], "转窗口")).to_be_enabled()
        before = desks[0].locator("#today").inner_text()
        desks[0].keyboard.press("f")
        desks[0].keyboard.press("f")
        expect(number_at(desks[0])).to_have_text("现在没有人")
        expect(desks[0].locator("#today")).not_to_have_text(before)

    def test_a_number_is_given_at_the_counter_too(self, line: dict[str, Any], desks: tuple[Page, Page]) -> None:
        desks[0].get_by_role("button", name="现场取号").click()
        given = desks[0].locator("#given")
        expect(given).to_have_text(re.compile(rf"^{line['letter']}\d+ 号，前面"))
        number = given.inner_text().partition(" ")[0]
        expect(desks[0].get_by_role("list", name="等候")).to_contain_text(number)


class TestCounter:
    def test_a_wrong_password_opens_nothing(self, opens: Opens) -> None:
        page = opens("/counter")
        page.get_by_label("密码").fill("不对的密码")
        page.get_by_role("button", name="登录", exact=True).click()
        expect(page.get_by_role("alert")).not_to_be_empty()
        expect(page.get_by_role("button", name="叫下一位")).to_be_hidden()

    def test_the_counter_is_remembered(self, desks: tuple[Page, Page], line: dict[str, Any]) -> None:
        desks[0].reload()
        expect(desks[0].locator("#where")).to_contain_text(f"{line['office_name']} · {line['counters'][0]}号窗口")
        expect(number_at(desks[0])).to_have_text("现在没有人")

    def test_whoever_was_slower_is_told_and_sees_how_things_stand(
        self, opens: Opens, line: dict[str, Any], desks: tuple[Page, Page]
    ) -> None:
        number = take_number(opens, line)
        call_until(desks[0], number)
        refusal = json.dumps({"error": "moved_already", "message": "x"})
        desks[0].route("**/serve", lambda route: answer_json(route, refusal, status=409))
        move(desks[0], "开始办理").click()
        expect(desks[0].get_by_role("alert")).to_contain_text("别的窗口已经先办了这一步")
        expect(number_at(desks[0])).to_have_text(number)
        expect(move(desks[0], "开始办理")).to_be_enabled()

    def test_a_key_that_cannot_be_taken_back_asks_and_any_other_key_forgets_it(
        self, opens: Opens, line: dict[str, Any], desks: tuple[Page, Page]
    ) -> None:
        desk = desks[0]
        call_until(desk, take_number(opens, line))
        number = number_at(desk).inner_text()
        asked: list[str] = []
        desk.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
        for key in ("m", "x", "m", "Escape", "m"):
            desk.keyboard.press(key)
        expect(desk.get_by_role("alert")).to_contain_text("再按一次 M")
        desk.locator("#today").click()
        expect(desk.get_by_role("alert")).to_be_hidden()
        desk.keyboard.press("m")
        desk.keyboard.press("f")  # nobody is being served: it asks nothing
        expect(desk.get_by_role("alert")).to_be_hidden()
        expect(number_at(desk)).to_have_text(number)
        assert asked == []
        expect(desk.locator("#current")).to_contain_text("叫了 1 次")
        expect(desk.locator("#current .state")).to_have_text(re.compile(r"^已叫号，等人到窗口 · \d\d:\d\d 起$"))

    def test_a_click_that_passes_somebody_over_too_soon_asks_too(
        self, opens: Opens, line: dict[str, Any], desks: tuple[Page, Page]
    ) -> None:
        desk = desks[0]
        call_until(desk, take_number(opens, line))
        number = number_at(desk).inner_text()
        move(desk, "过号").click()
        expect(desk.get_by_role("alert")).to_contain_text(f"再点一次“过号”，{number} 就算过号")
        desk.locator("#today").click()
        expect(desk.get_by_role("alert")).to_be_hidden()
        move(desk, "过号").click()
        expect(desk.get_by_role("alert")).to_be_visible()
        expect(number_at(desk)).to_have_text(number)
        move(desk, "过号").click()
        expect(number_at(desk)).to_have_text("现在没有人")

    def test_whoever_was_called_often_enough_is_passed_over_by_one_click(
        self, opens: Opens, line: dict[str, Any], desks: tuple[Page, Page]
    ) -> None:
        desk = desks[0]
        call_until(desk, take_number(opens, line))
        current = desk.locator("#current")
        move(desk, "再叫一次").click()
        expect(current).to_contain_text("叫了 2 次")
        while "叫了 2 次" in current.inner_text():  # a click that comes at once after the last is the same call
            move(desk, "再叫一次").click()
        expect(current).to_contain_text("叫了 3 次")
        move(desk, "过号").click()
        expect(number_at(desk)).to_have_text("现在没有人")

    def test_the_name_of_a_line_is_not_broken_in_a_narrow_window(
        self, opens: Opens, line: dict[str, Any], desks: tuple[Page, Page]
    ) -> None:
        desk = desks[0]
        desk.set_viewport_size({"width": 1024, "height": 768})
        desk.locator("#where").evaluate("each => (each.textContent = '云禾市政务服务中心 · 1号窗口 · 户籍身份证')")
        where = desk.locator("#where")
        heights = where.evaluate(
            """each => {
                const text = each.firstChild, whole = text.data.lastIndexOf(" ") + 1, range = document.createRange();
                range.setStart(text, whole), range.setEnd(text, text.length);
                return range.getClientRects().length;
            }"""
        )
        assert heights == 1

    def test_letters_typed_into_a_field_press_nothing(self, desks: tuple[Page, Page]) -> None:
        desks[0].locator("#check-in-code").press_sequentially("nnn")
        expect(number_at(desks[0])).to_have_text("现在没有人")
        expect(desks[0].get_by_role("alert")).to_be_hidden()

    def test_a_day_is_closed_after_a_look_at_whom_it_hits_and_opened_again(self, desks: tuple[Page, Page]) -> None:
        desk = desks[0]
        desk.get_by_role("button", name="预约日程").click()
        desk.get_by_role("button", name=re.compile("日 周.停办")).last.click()
        desk.get_by_label("原因").fill("测试停办")
        desk.get_by_role("button", name="看看影响哪些预约").click()
        expect(desk.locator("#closing-hits")).not_to_be_empty()
        desk.locator("#close-and-move").click()
        closure = desk.get_by_role("list", name="已安排").get_by_role("listitem").filter(has_text="测试停办")
        expect(closure).to_have_count(1)
        closure.get_by_role("button", name="撤销").click()
        closure.get_by_role("button", name="确认撤销").click()
        expect(closure).to_have_count(0)


class TestBoard:
    def test_on_a_closed_day_it_says_so_and_nobody_is_free(self, opens: Opens) -> None:
        page = opens("/kiosk", LANDSCAPE)
        counters = [{"counter": "3", "line": "户籍", "serving": None, "state": None, "open": False}]
        closed = {"open": False, "hours_today": [], "opens_at": "2031-06-09T09:00:00+08:00"}
        nobody: dict[str, Any] = {**queue_of(), "counters": counters, "called": [], "waiting": 0, **closed}
        nobody["lines"][0].update(waiting=0, open=False)
        page.route("**/api/queue/*", lambda route: answer_json(route, json.dumps(nobody)))
        page.goto(f"/board/{any_office(opens)}")
        expect(page.locator("#newest")).to_contain_text("今天不上班。6月9日 周一 09:00 开门。")
        expect(page.get_by_role("list", name="窗口")).to_contain_text("休息")
        expect(page.get_by_role("list", name="等候")).to_contain_text("现在不取号")

    def test_a_cut_connection_keeps_the_last_state_and_says_so(self, opens: Opens) -> None:
        page = opens("/kiosk", LANDSCAPE)
        is_cut = False
        page.route(
            "**/api/queue/*", lambda route: route.abort() if is_cut else answer_json(route, json.dumps(queue_of()))
        )
        page.goto(f"/board/{any_office(opens)}")
        expect(page.locator("#newest")).to_contain_text("A012")
        is_cut = True
        expect(page.get_by_text("连接中断，正在重连")).to_be_visible()
        expect(page.locator("#newest")).to_contain_text("A012")
        is_cut = False
        expect(page.get_by_text("连接中断，正在重连")).to_be_hidden()

    def test_nothing_is_read_aloud_until_somebody_asks(self, opens: Opens) -> None:
        page = opens("/kiosk", LANDSCAPE)
        page.add_init_script("window.said = []; speechSynthesis.speak = (each) => window.said.push(each.text);")
        number = "A012"
        page.route("**/api/queue/*", lambda route: answer_json(route, json.dumps(queue_of(number=number))))
        page.goto(f"/board/{any_office(opens)}")
        expect(page.locator("#newest")).to_contain_text("A012")
        assert page.evaluate("window.said") == []
        page.get_by_role("button", name="语音播报").click()
        number = "A013"
        expect(page.locator("#newest")).to_contain_text("A013")
        assert set(page.evaluate("window.said")) == {"请 A 0 1 3 号，到 3号窗口"}

    def test_a_second_call_is_read_aloud_and_shown_and_an_older_one_is_never_new(self, opens: Opens) -> None:
        page = opens("/kiosk", LANDSCAPE)
        page.add_init_script("window.said = []; speechSynthesis.speak = (each) => window.said.push(each.text);")

        def call(number: str, minute: int, calls: int = 1) -> dict[str, Any]:
            return {"number": number, "counter": "3", "at": f"2026-11-25T10:{minute:02}:00+08:00", "calls": calls}

        queue = {**queue_of(), "as_of": "2026-11-25T10:05:00+08:00", "called": [call("A012", 4)]}
        page.route("**/api/queue/*", lambda route: answer_json(route, json.dumps(queue)))
        page.goto(f"/board/{any_office(opens)}")
        page.get_by_role("button", name="语音播报").click()
        expect(page.locator("#newest")).to_contain_text("A012")
        expect(page.locator("#newest")).not_to_contain_text("次叫号")
        queue["called"] = [call("A012", 6, calls=2)]
        expect(page.locator("#newest")).to_contain_text("第 2 次叫号")
        expect(page.locator("#newest")).to_have_attribute("role", "status")
        # Served; one that was called before the board was opened, and one after, come into sight again.
        queue["called"] = [call("A013", 7), call("A009", 3)]
        expect(page.locator("#newest")).to_contain_text("A013")
        queue["called"] = [call("A014", 8)]
        expect(page.locator("#newest")).to_contain_text("A014")
        queue["called"] = [call("A013", 7), call("A009", 3)]
        expect(page.locator("#newest")).to_contain_text("A013")
        numbers = [said[2:9].replace(" ", "") for said in page.evaluate("window.said")]
        assert numbers == [number for number in ("A012", "A013", "A014") for _ in range(2)]

    def test_names_are_text_and_never_markup(self, opens: Opens) -> None:
        page = opens("/kiosk", LANDSCAPE)
        page.route("**/api/queue/*", lambda route: answer_json(route, json.dumps(queue_of(number=ATTACK))))
        page.goto(f"/board/{any_office(opens)}")
        expect(page.locator("#newest")).to_contain_text(ATTACK)
        expect(page.get_by_role("list", name="等候")).to_contain_text(ATTACK)
        expect(page.locator("main img")).to_have_count(0)

    @pytest.mark.parametrize("lang", ["zh-Hans", "en"])
    def test_the_names_of_many_counters_stand_in_the_middle_of_their_tiles(self, opens: Opens, lang: str) -> None:
        page = opens("/kiosk", LANDSCAPE)
        tiles = [
            {"counter": str(each), "line": "户籍", "serving": None, "state": None, "open": True}
            for each in range(1, 37)
        ]
        body = json.dumps({**queue_of(), "counters": tiles})
        page.route("**/api/queue/*", lambda route: answer_json(route, body))
        page.goto(f"/board/{any_office(opens)}?lang={lang}")
        names = page.locator(".counter-tile .counter-name")
        expect(names).to_have_count(36)
        off = names.evaluate_all(
            """all => all.map(each => {
                const range = document.createRange(), tile = each.parentElement.getBoundingClientRect();
                range.selectNodeContents(each);
                return [...range.getClientRects()].map(({ x, width }) => Math.abs(x + width / 2 - tile.x - tile.width / 2));
            }).flat()"""
        )
        assert max(off) < 3

    @pytest.mark.parametrize("width", [390, 320])
    def test_a_phone_has_nothing_to_scroll_sideways(self, opens: Opens, width: int) -> None:
        page = opens(f"/board/{any_office(opens)}", (width, 844))
        expect(page.get_by_role("list", name="窗口").get_by_role("listitem").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
