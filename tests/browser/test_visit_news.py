"""Cards of a visit show how it stands now, wherever it was changed; answers of the service are stood in for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.bookings import CODE, appointment, appointment_reply, own_visits, ticket
from tests.browser.counter import answer_json, ask, exchange, receipt, serve_messages

pytestmark = pytest.mark.browser

NOBODY_CAN = {"cancel": False, "reschedule": False, "check_in": False, "rate": False, "appeal": False}
CAN_CHECK_IN = {**NOBODY_CAN, "cancel": True, "reschedule": True, "check_in": True}


class Visit:
    """As the service has it now; `asked`: how often it was asked for all of them."""

    def __init__(self, page: Page) -> None:
        self.now = appointment(can=CAN_CHECK_IN)
        self.asked = 0
        page.route("**/api/appointments", self._list)
        page.route(f"**/api/appointments/{CODE}", self._one)
        page.route("**/api/appointments/waiting-list", lambda route: answer_json(route, '{"wishes": []}'))
        page.route("**/qr.svg", lambda route: route.fulfill(body="<svg xmlns='http://www.w3.org/2000/svg'/>"))
        page.route("**/check-in", self._check_in)
        page.route("**/ticket", lambda route: answer_json(route, json.dumps({"ticket": ticket(self.now["status"])})))

    def becomes(self, status: str, **can: bool) -> None:
        self.now = appointment(status=status, can={**NOBODY_CAN, **can})

    def _list(self, route: Route) -> None:
        self.asked += 1
        answer_json(route, json.dumps({"appointments": [self.now]}))

    def _one(self, route: Route) -> None:
        if route.request.method == "DELETE":
            self.becomes("cancelled")
        answer_json(route, json.dumps(self.now))

    def _check_in(self, route: Route) -> None:
        self.becomes("checked_in", cancel=True)
        answer_json(route, json.dumps({"ticket": ticket("checked_in")}))


@pytest.fixture
def visit(page: Page) -> Visit:
    return Visit(page)


def card_in_the_talk(page: Page) -> Locator:
    """Its first card; whatever is said afterwards is answered in words."""
    replies: list[dict[str, Any]] = [appointment_reply()]
    said_later = {"type": "text", "text": "好的。"}
    serve_messages(
        page, lambda route, said: answer_json(route, receipt(replies.pop() if replies else said_later, outcome="done"))
    )
    ask(page, "确认")
    card = exchange(page, 1).get_by_role("article")
    expect(card.get_by_role("button", name="报到取号")).to_be_visible()
    return card


def come_back(page: Page) -> None:
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_card_in_the_talk_follows_what_is_done_in_the_panel(page: Page, visit: Visit) -> None:
    card = card_in_the_talk(page)
    panel = own_visits(page)
    panel.get_by_role("article").get_by_role("button", name="报到取号").click()
    expect(panel.get_by_role("article")).to_contain_text("报到好了")
    expect(card.locator(".badge").first).to_have_text("已报到")
    expect(card.get_by_role("group", name="排队号", include_hidden=True)).to_have_count(1)
    expect(card.get_by_role("button", name="改时间", include_hidden=True)).to_have_count(0)
    expect(card.get_by_role("button", name="报到取号", include_hidden=True)).to_have_count(0)


def test_coming_back_to_the_page_shows_how_it_stands_now(page: Page, visit: Visit) -> None:
    card = card_in_the_talk(page)
    for status, said in (("checked_in", "已报到"), ("serving", "正在办理"), ("finished", "已办完")):
        visit.becomes(status)
        come_back(page)
        expect(card.locator(".badge").first).to_have_text(said)
    expect(card.locator(".visit-actions")).to_have_count(0)
    asked = visit.asked
    come_back(page)
    ask(page, "谢谢")
    expect(exchange(page, 2)).to_contain_text("好的。")
    assert visit.asked == asked, "nothing more can become of it"


def test_what_was_done_in_the_talk_is_seen_on_an_earlier_card(page: Page, visit: Visit) -> None:
    card = card_in_the_talk(page)
    visit.becomes("cancelled")
    ask(page, "取消预约")
    expect(card.locator(".badge").first).to_have_text("已取消")
    expect(card.get_by_role("button")).to_have_count(0)


def test_a_pushed_reply_makes_the_cards_look_again(page: Page, visit: Visit) -> None:
    card = card_in_the_talk(page)
    pushed = json.dumps({"type": "notice", "kind": "finished", "text": "办完了。"})
    page.unroute("**/api/chat/stream")
    page.route(
        "**/api/chat/stream",
        lambda route: route.fulfill(
            headers={"content-type": "text/event-stream"}, body=f"id: 7\nevent: reply\ndata: {pushed}\n\n"
        ),
    )
    visit.becomes("finished")
    ask(page, "好的")
    expect(page.get_by_text("办完了。")).to_be_visible()
    expect(card.locator(".badge").first).to_have_text("已办完")


def test_after_a_reload_all_cards_are_asked_for_at_once(page: Page, visit: Visit) -> None:
    card_in_the_talk(page)
    visit.becomes("finished")
    visit.asked = 0
    page.reload()
    expect(exchange(page, 1).locator(".badge").first).to_have_text("已办完")
    assert visit.asked == 1


def test_a_question_that_stands_open_is_not_closed_by_news_of_the_same_state(page: Page, visit: Visit) -> None:
    card = card_in_the_talk(page)
    card.get_by_role("button", name="取消预约").click()
    visit.now = {**visit.now, "counter": "5号窗口"}
    with page.expect_response("**/api/appointments"):
        come_back(page)
    expect(card.get_by_role("button", name="确定取消")).to_be_visible()
    card.get_by_role("button", name="先不取消").click()
    field = page.get_by_role("combobox", name="说说要办的事")
    field.focus()
    expect(card).to_contain_text("5号窗口")


def test_a_second_tap_does_not_press_what_has_come_under_the_finger(page: Page, visit: Visit) -> None:
    page.clock.install()
    page.reload()
    panel = own_visits(page)
    card = panel.get_by_role("article")
    take, cancel = (card.get_by_role("button", name=name) for name in ("报到取号", "取消预约"))
    expect(take).to_be_visible()
    page.clock.pause_at(page.evaluate("Date.now()") + 10_000)
    x, y = middle_of(take)
    page.mouse.click(x, y)
    expect(card).to_contain_text("前面还有 3 位")
    # The worst case: it has moved there by itself.
    put_at(panel, cancel, x, y)
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('button')?.textContent", [x, y])
    page.mouse.click(x, y)
    expect(card.get_by_role("button", name="确定取消")).to_have_count(0)
    page.clock.run_for(1000)
    page.mouse.click(x, y)
    expect(card.get_by_role("button", name="确定取消")).to_be_visible()


def middle_of(button: Locator) -> tuple[float, float]:
    box = button.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def put_at(panel: Locator, button: Locator, x: float, y: float) -> None:
    there_x, there_y = middle_of(button)
    panel.evaluate("(each, [x, y]) => (each.style.transform = `translate(${x}px, ${y}px)`)", [x - there_x, y - there_y])
