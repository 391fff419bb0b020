"""What staff do at the counter page where they book for others; shared by the tests of this folder."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.bookings import OWN_PAGE, fill_in, new_phone
from tests.browser.screens import ATTACK

VISIT = {"guide_name": "事项", "person": ATTACK, "code_tail": "D5E6", "starts_at": "2031-11-26T09:00:00+08:00"}


@dataclass(frozen=True)
class Place:
    office_id: str
    counter: str
    guide_id: str
    guide_name: str
    day: str

    def left(self, page: Page) -> dict[str, int]:
        """By the time of day."""
        asked = f"/api/counter/{self.office_id}/openings?guide_id={self.guide_id}&day={self.day}"
        answer = page.request.get(asked, headers=OWN_PAGE)
        openings = answer.json()["openings"] if answer.ok else []
        return {each["starts_at"][11:16]: each["left"] for each in openings}


def enter(page: Page, place: Place) -> None:
    page.get_by_role("combobox", name="网点").select_option(place.office_id)
    page.get_by_role("combobox", name="窗口").select_option(place.counter)
    page.get_by_role("button", name="进入工作台").click()


def form(tab: Page) -> Locator:
    return tab.locator("#booking-form")


def submit(tab: Page) -> Locator:
    return form(tab).get_by_role("button", name="预约")


def fill(tab: Page, place: Place) -> str:
    """All but the optional number. The time that was chosen."""
    form(tab).get_by_label("事项").select_option(place.guide_id)
    form(tab).get_by_label("日期").fill(place.day)
    time = form(tab).get_by_role("button", name=re.compile(r"^\d\d:\d\d 余\d+$")).first
    time.click()
    expect(time).to_have_attribute("aria-pressed", "true")
    fill_in(form(tab), new_phone())
    return time.inner_text()[:5]


def book_by_staff(tab: Page, place: Place) -> str:
    """The code, as it is written for people."""
    fill(tab, place)
    submit(tab).click()
    code = tab.locator("#booked-code").inner_text()
    tab.get_by_role("button", name="再约一个").click()
    return code


def find(tab: Page, code: str) -> Locator:
    tab.get_by_label("代约时给的码").fill(code)
    tab.get_by_role("button", name="查找").click()
    return tab.locator("#slip")
