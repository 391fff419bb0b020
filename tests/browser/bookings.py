"""Bookings at the chat page: made quickly through the contract, or as a service would tell of them."""

from __future__ import annotations

import json
import secrets
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.counter import answer_json, exchange, receipt

OWN_PAGE = {"X-Wenban-Page": "1"}
GUIDE, GUIDE_NAME = "id-card-lost", "居民身份证丢失补领"
NAME = "李晓梅"
CODE = "7K3QMX9D2W"
NO_FILE = "401"
"""A newcomer's first look at 我的预约 is refused, and browsers write that down."""


def new_phone() -> str:
    """A person may book an item once: everybody here has a number of their own."""
    return f"139{secrets.randbelow(10**8):08d}"


def become_known(page: Page) -> None:
    """The visitor's cookie comes with the first message."""
    assert page.request.post("/api/chat/messages", data={"text": "你好"}, headers=OWN_PAGE).ok


def book(page: Page, number: int = 0) -> dict[str, Any]:
    """The visitor's own appointment, at the nth opening from now."""
    become_known(page)
    offices = page.request.get(f"/api/offices?guide_id={GUIDE}").json()["offices"]
    office_id = next(office["office_id"] for office in offices if office["bookable"])
    asked = f"/api/appointments/openings?guide_id={GUIDE}&office_id={office_id}"
    opening = page.request.get(asked).json()["openings"][number]
    wanted = {"guide_id": GUIDE, "office_id": office_id, "starts_at": opening["starts_at"]}
    phone = new_phone()
    answer = page.request.post(
        "/api/appointments",
        data={**wanted, "name": NAME, "phone": phone},
        headers={**OWN_PAGE, "Idempotency-Key": phone},
    )
    assert answer.status == 201, answer.text()
    booked = answer.json()
    assert isinstance(booked, dict)
    return booked


def own_visits(page: Page) -> Locator:
    """Opens 我的预约."""
    page.get_by_role("button", name="我的预约").click()
    panel = page.get_by_role("dialog", name="我的预约")
    expect(panel.locator("#visit-list")).to_have_attribute("aria-busy", "false")
    return panel


def go_to_the_times(page: Page) -> Locator:
    """From the question for the item to the openings, by the first choice each time. Returns the last exchange."""
    for _ in range(3):
        last = exchange(page, -1)
        choice = last.get_by_role("list", name="请选一个").get_by_role("button").first
        expect(last.get_by_role("tablist").or_(choice).first).to_be_visible()
        if last.get_by_role("tablist").count():
            break
        choice.click()
    return exchange(page, -1)


def fill_in(form: Locator, phone: str) -> None:
    form.get_by_label("姓名").fill(NAME)
    form.get_by_label("手机号").fill(phone)


# What a service would answer


def opening(starts_at: str, left: int) -> dict[str, Any]:
    payload = f"/give_details{json.dumps({'node': 'when', 'value': starts_at})}" if left else ""
    return {"starts_at": starts_at, "left": left, "payload": payload}


def openings_reply(*openings: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "openings",
        "text": "选个时间：\n11月26日：1. 9:00  2. 9:30\n也可以说：换个网点",
        "guide_id": GUIDE,
        "guide_name": GUIDE_NAME,
        "office_id": "x",
        "office_name": "大厅",
        "openings": list(openings),
        "options": [{"label": "换个网点", "payload": '/give_details{"node":"when","value":"other_office"}'}],
        "form": "booking",
        "node": "when",
        "progress": {"step": 3, "of": 5},
    }


def person_reply() -> dict[str, Any]:
    fields = [
        ("name", "姓名", True, "text"),
        ("phone", "手机号", True, "tel"),
        ("id_number", "身份证号", False, "id_number"),
    ]
    return {
        "type": "question",
        "text": "请告诉我办事人的姓名和手机号。写成这样就行：\n姓名：王小明",
        "form": "booking",
        "node": "person",
        "kind": "text",
        "options": [],
        "fields": [
            {"name": name, "label": label, "required": required, "hint": "", "kind": kind}
            for name, label, required, kind in fields
        ],
    }


def office_reply() -> dict[str, Any]:
    options = [{"label": "市民大厅", "payload": '/give_details{"node":"office","value":"x"}', "value": "x"}]
    return {
        "type": "question",
        "text": "去哪个？",
        "form": "booking",
        "node": "office",
        "kind": "single",
        "options": options,
    }


def appointment(**changes: Any) -> dict[str, Any]:
    return {
        "code": CODE,
        "guide_id": GUIDE,
        "guide_name": GUIDE_NAME,
        "office_id": "x",
        "office_name": "大厅",
        "address": "人民路1号",
        "counter": "1—4号窗口",
        "starts_at": "2031-11-26T09:00:00+08:00",
        "ends_at": "2031-11-26T09:30:00+08:00",
        "status": "booked",
        "qr_url": f"/api/appointments/{CODE}/qr.svg",
        "calendar_url": f"/api/appointments/{CODE}/calendar.ics",
        "person": {"name": "王*明", "phone": "139****0001", "id_number": ""},
        "needs_new_time": False,
        "held_until": None,
        "can": {"cancel": True, "reschedule": True, "check_in": False, "rate": False, "appeal": False},
        "share_with_clerk": False,
        "pack": {
            "items": [{"name": "户口簿", "detail": "原件1份", "required": True, "ticked": False, "change": ""}],
            "dropped": [],
        },
        "rated": None,
        **changes,
    }


def appointment_reply() -> dict[str, Any]:
    said = appointment()
    for name in ("can", "pack", "rated", "held_until", "share_with_clerk"):
        del said[name]
    return {
        "type": "appointment",
        "text": f"约好了：{GUIDE_NAME}",
        **said,
        "person": "王*明 139****0001",
        "options": [],
    }


def ticket(status: str = "checked_in", ahead: int = 3) -> dict[str, Any]:
    return {
        "type": "ticket",
        "text": "您的号是A012。",
        "code": CODE,
        "number": "A012",
        "office_id": "x",
        "office_name": "大厅",
        "counter": "3" if status in {"called", "serving"} else "",
        "ahead": ahead,
        "estimated_wait_minutes": 25,
        "status": status,
        "called_at": "2031-11-26T10:00:00+08:00" if status == "called" else None,
        "calls": int(status == "called"),
    }


def asking(*replies: dict[str, Any]) -> str:
    return receipt(*replies, outcome="asking")


def serve_visits(page: Page, *visits: dict[str, Any]) -> None:
    page.route("**/api/appointments", lambda route: answer_json(route, json.dumps({"appointments": visits})))
    page.route("**/api/appointments/waiting-list", lambda route: answer_json(route, '{"wishes": []}'))
    page.route("**/qr.svg", lambda route: route.fulfill(body="<svg xmlns='http://www.w3.org/2000/svg'/>"))
    for each in visits:
        serve_visit(page, each)


def serve_visit(page: Page, visit: dict[str, Any]) -> None:
    page.route(f"**/api/appointments/{visit['code']}", lambda route: answer_json(route, json.dumps(visit)))
