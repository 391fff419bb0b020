"""A ticket on the citizen's page: where it stands, and being called; answers of the service are stood in for."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.bookings import ticket
from tests.browser.counter import answer_json, ask, exchange, receipt, serve_messages

pytestmark = pytest.mark.browser

# Stands in for what rings, shakes and notifies.
WATCHED = """
window.noticed = { rung: 0, shaken: 0, notified: [] };
window.asked = 0;
window.AudioContext = class {
    currentTime = 0;
    close() {}
};
window.OscillatorNode = class {
    connect() {}
    start() { noticed.rung += 1; }
    stop() {}
    addEventListener() {}
};
Object.defineProperty(navigator, "vibrate", { value: () => (noticed.shaken += 1) });
window.Notification = class {
    static permission = "default";
    static async requestPermission() { asked += 1; return (this.permission = "granted"); }
};
const worker = {
    async showNotification(sentence) { noticed.notified.push(sentence); },
    async getNotifications() { return []; },
};
Object.defineProperty(navigator, "serviceWorker", {
    value: { register: async (address) => (window.worker = address), getRegistration: async () => worker },
});
"""


def test_a_call_is_noticed_by_whoever_looks_elsewhere_and_told_once(page: Page) -> None:
    status, asked = "checked_in", 0

    def place(route: Route) -> None:
        nonlocal asked
        asked += 1
        answer_json(route, json.dumps({"ticket": ticket(status)}))

    page.clock.install()
    page.add_init_script(WATCHED)
    page.reload()
    serve_messages(page, lambda route, said: answer_json(route, receipt(ticket(), outcome="done")))
    page.route("**/ticket", place)
    ask(page, "取号")
    shown = exchange(page, 1).get_by_role("group", name="排队号 A012")
    expect(shown).to_contain_text("前面还有 3 位")
    assert page.evaluate("window.asked") == 0
    shown.get_by_role("button", name="叫到我时弹通知").click()
    expect(shown).to_contain_text("叫到您时会弹通知")
    assert page.request.get(page.evaluate("window.worker")).ok
    _show(page, hidden=True)
    asked_before, status = asked, "called"
    page.clock.run_for(30_000)
    expect(page.locator(".call-banner")).to_contain_text("A012 号，请到3号窗口。")
    assert asked > asked_before, "it goes on asking while nobody looks"
    noticed = page.evaluate("window.noticed")
    assert noticed == {"rung": 2, "shaken": 1, "notified": ["A012 号，请到3号窗口。"]}
    _show(page, hidden=False)
    page.clock.run_for(200)
    expect(shown).to_contain_text("请到 3号窗口")
    expect(page).to_have_title("请到3号窗口 · 问办")
    spoken = page.locator("[aria-live=assertive]")
    page.clock.run_for(200)
    expect(spoken).to_have_text("A012 号，请到3号窗口。")
    spoken.evaluate("each => (each.textContent = '')")
    page.clock.fast_forward(6000)
    page.clock.run_for(200)
    expect(spoken).to_have_text("")
    page.reload()
    page.clock.run_for(6000)
    expect(page.locator(".call-banner")).to_be_visible()
    assert page.evaluate("window.noticed") == {"rung": 0, "shaken": 0, "notified": []}, "it was told before"
    page.get_by_role("button", name="知道了").click()
    expect(page.locator(".call-banner")).to_be_hidden()
    status = "serving"
    page.clock.run_for(6000)
    expect(page.locator(".call-banner")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('wenban.told')") is None


def test_a_second_call_of_the_same_number_is_noticed_again_and_told_once(page: Page) -> None:
    called = {**ticket("called"), "called_at": "2031-11-26T10:00:00+08:00", "calls": 1}
    page.clock.install()
    page.add_init_script(WATCHED + "Notification.permission = 'granted';")
    page.reload()
    serve_messages(page, lambda route, said: answer_json(route, receipt(called, outcome="done")))
    page.route("**/ticket", lambda route: answer_json(route, json.dumps({"ticket": called})))
    ask(page, "我的号")
    banner = page.locator(".call-banner")
    expect(banner).to_contain_text("A012 号，请到3号窗口。")
    assert page.evaluate("noticed.rung") == 2
    page.get_by_role("button", name="知道了").click()
    expect(banner).to_be_hidden()
    _show(page, hidden=True)
    called |= {"called_at": "2031-11-26T10:01:00+08:00", "calls": 2}
    page.clock.run_for(30_000)
    expect(banner).to_be_visible()
    expect(banner).to_have_text("第2次叫您：A012 号，请到3号窗口。知道了")
    noticed = {"rung": 4, "shaken": 2, "notified": ["第2次叫您：A012 号，请到3号窗口。"]}
    assert page.evaluate("window.noticed") == noticed
    called |= {"ahead": 1}  # something else of it is another: no call
    page.clock.run_for(30_000)
    assert page.evaluate("window.noticed") == noticed


def test_a_missed_citizen_who_is_back_waits_again(page: Page) -> None:
    status = "missed"

    def check_in(route: Route) -> None:
        nonlocal status
        status = "checked_in"
        answer_json(route, json.dumps({"ticket": ticket(ahead=5)}))

    serve_messages(page, lambda route, said: answer_json(route, receipt(ticket("missed"), outcome="done")))
    page.route("**/ticket", lambda route: answer_json(route, json.dumps({"ticket": ticket(status)})))
    page.route("**/check-in", check_in)
    ask(page, "我的号")
    back = exchange(page, 1).get_by_role("button", name="我回来了")
    expect(back).to_be_visible()
    back.click()
    expect(exchange(page, 1).get_by_role("group", name="排队号")).to_contain_text("前面还有")
    expect(back).to_be_hidden()


def test_an_early_bird_is_told_its_time_and_never_that_it_is_next(page: Page) -> None:
    early = {**ticket(ahead=0), "first_from": "2031-11-26T10:30:00+08:00", "estimated_wait_minutes": 0}
    serve_messages(page, lambda route, said: answer_json(route, receipt(early, outcome="done")))
    page.route("**/ticket", lambda route: answer_json(route, json.dumps({"ticket": early})))
    ask(page, "取号")
    shown = exchange(page, 1).get_by_role("group", name="排队号")
    expect(shown).to_contain_text("您约的是 10:30，到点优先叫")
    expect(shown).not_to_contain_text("下一位")
    expect(shown).not_to_contain_text("马上")


def _show(page: Page, *, hidden: bool) -> None:
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )
