"""A real browser before the running service."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, StorageState, expect, sync_playwright

from service_hall.shared.clock import SHANGHAI
from tests.browser.bookings import OWN_PAGE
from tests.browser.counter import answer_json
from tests.browser.screens import DESK, Opens, as_if_open, set_up_kiosk
from tests.browser.signed_in import SignedIn
from tests.browser.staff_tab import Place, enter
from tests.browser.widget_site import Guest, Site

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The quickest first: a page of the whole browser takes three times as long to open as one of its shell."""
PATIENCE_MS = 20_000
"""How long a page may take to show what is expected of it. Other tests use the same cores."""
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def page_address(request: pytest.FixtureRequest) -> str:
    """WENBAN_TEST_ADDRESS points at a service that runs already, while a page is being written."""
    return os.environ.get("WENBAN_TEST_ADDRESS") or request.getfixturevalue("running_service")


@pytest.fixture(scope="session")
def staff_password(request: pytest.FixtureRequest) -> str:
    """Of the service that WENBAN_TEST_ADDRESS points at, or of the one that the tests started."""
    if "WENBAN_TEST_ADDRESS" in os.environ:
        return os.environ["WENBAN_ADMIN_PASSWORD"]
    return str(request.getfixturevalue("running_stack_of_both").settings.admin_password)


@pytest.fixture(scope="session")
def kiosk_key(request: pytest.FixtureRequest) -> str:
    """Of the same service."""
    if "WENBAN_TEST_ADDRESS" in os.environ:
        return os.environ["WENBAN_KIOSK_KEY"]
    return str(request.getfixturevalue("running_stack_of_both").settings.kiosk_key)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Closed after the last test of this folder: while Playwright runs, no other may have an event loop."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        try:
            # None: Playwright's own Chromium, where one was installed.
            opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        except Error as fault:
            pytest.skip(f"no Chromium to be found: {fault.message.splitlines()[0]}")
        expect.set_options(timeout=PATIENCE_MS)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def signed_in(browser: Browser, page_address: str, staff_password: str) -> SignedIn:
    return SignedIn(browser, page_address, staff_password)


@pytest.fixture(scope="session")
def closed_halls(page_address: str) -> dict[str, str]:
    """What a kiosk would be told of the offices that are closed at this hour, were they open. None are where the tests
    set the clock."""
    with httpx.Client(base_url=page_address) as service:
        ids = [each["office_id"] for each in service.get("/api/offices").json()["offices"]]
        found = [service.get(f"/api/kiosk/{each}") for each in ids]
    return {each["office_id"]: as_if_open(each) for each in (told.json() for told in found) if not each["open"]}


@pytest.fixture
def opens(browser: Browser, page_address: str, kiosk_key: str, closed_halls: dict[str, str]) -> Iterator[Opens]:
    """Another screen, with its own cookies, or those of `state`; a kiosk is set up, unless the key is `""`, and stands in
    an open hall at any hour."""
    contexts = []

    def open_screen(
        path: str, size: tuple[int, int] = DESK, key: str = kiosk_key, state: StorageState | None = None
    ) -> Page:
        context = browser.new_context(
            base_url=page_address,
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
            locale="zh-CN",
            storage_state=state,
        )
        contexts.append(context)
        page = context.new_page()
        for office_id, opened in closed_halls.items():
            context.route(f"**/api/kiosk/{office_id}", partial(answer_json, body=opened))
        if path.startswith("/kiosk") and key:
            set_up_kiosk(page, key)
        page.goto(path)
        return page

    yield open_screen
    for context in contexts:
        context.close()


@pytest.fixture
def site(page_address: str) -> Iterator[Site]:
    """Another one, that embeds the widget."""
    with closing(Site(page_address)) as standing:
        yield standing


@pytest.fixture
def guest(browser: Browser, site: Site) -> Iterator[Guest]:
    """Who reads it at a desk."""
    with closing(Guest(browser, site)) as reading:
        yield reading


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of: console errors, uncaught faults, violations of the content security policy."""
    return []


@pytest.fixture
def page(browser: Browser, page_address: str, complaints: list[str]) -> Iterator[Page]:
    """The page, freshly opened by a citizen who was never here before."""
    context = browser.new_context(
        base_url=page_address, viewport={"width": 1280, "height": 800}, reduced_motion="reduce", locale="zh-CN"
    )

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    opened = context.new_page()
    opened.on("console", hear)
    opened.on("pageerror", lambda fault: complaints.append(str(fault)))
    opened.goto("/chat")
    yield opened
    context.close()


@pytest.fixture
def counter_page(opens: Opens, signed_in: SignedIn) -> Page:
    """Signed in, at no counter yet."""
    return opens("/counter", state=signed_in.state())


@pytest.fixture
def place(counter_page: Page) -> Place:
    """With places for staff to book."""
    today = datetime.now(SHANGHAI).date()
    days = [(today + timedelta(days=count)).isoformat() for count in range(1, 15)]
    for office in counter_page.request.get("/api/counter/offices", headers=OWN_PAGE).json()["offices"]:
        for line in office["lines"]:
            item = line["items"][0]
            for day in days:
                found = Place(office["office_id"], line["counters"][0], item["guide_id"], item["guide_name"], day)
                if found.left(counter_page):
                    return found
    pytest.fail("no office has places for staff to book")


@pytest.fixture
def tab(counter_page: Page, place: Place) -> Page:
    enter(counter_page, place)
    counter_page.get_by_role("button", name="代约", exact=True).click()
    return counter_page
