"""A real browser before the running service."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

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
