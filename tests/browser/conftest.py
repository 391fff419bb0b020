"""A real browser before the running service."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from service_hall.shared.clock import SHANGHAI
from tests.browser.bookings import OWN_PAGE
from tests.browser.screens import DESK, Opens, login, set_up_kiosk
from tests.browser.staff_tab import Place, enter

_FLAGS = [
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            # None: Playwright's own Chromium, where one was installed.
            opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        except Error as fault:
            pytest.skip(f"no Chromium to be found: {fault.message.splitlines()[0]}")
        yield opened
        opened.close()


@pytest.fixture
def opens(browser: Browser, page_address: str, kiosk_key: str) -> Iterator[Opens]:
    """Another screen, with its own cookies; a kiosk is set up, unless the key is `""`."""
    contexts = []

    def open_screen(path: str, size: tuple[int, int] = DESK, key: str = kiosk_key) -> Page:
        context = browser.new_context(
            base_url=page_address,
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
            locale="zh-CN",
        )
        contexts.append(context)
        page = context.new_page()
        if path.startswith("/kiosk") and key:
            set_up_kiosk(page, key)
        page.goto(path)
        return page

    yield open_screen
    for context in contexts:
        context.close()


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
    opened.goto("/")
    yield opened
    context.close()


@pytest.fixture
def place(page: Page, request: pytest.FixtureRequest) -> Place:
    """With places for staff to book. Somebody is signed in there."""
    if "WENBAN_TEST_ADDRESS" in os.environ:
        password = os.environ["WENBAN_ADMIN_PASSWORD"]
    else:
        password = str(request.getfixturevalue("running_stack_of_both").settings.admin_password)
    page.goto("/counter")
    login(page, password)
    today = datetime.now(SHANGHAI).date()
    days = [(today + timedelta(days=count)).isoformat() for count in range(1, 15)]
    for office in page.request.get("/api/counter/offices", headers=OWN_PAGE).json()["offices"]:
        for line in office["lines"]:
            item = line["items"][0]
            for day in days:
                found = Place(office["office_id"], line["counters"][0], item["guide_id"], item["guide_name"], day)
                if found.left(page):
                    return found
    pytest.fail("no office has places for staff to book")


@pytest.fixture
def tab(page: Page, place: Place) -> Page:
    enter(page, place)
    page.get_by_role("button", name="代约", exact=True).click()
    return page
