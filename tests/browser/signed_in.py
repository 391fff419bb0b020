"""One sign-in at the counter for all tests, through the form; another only if the service ended the session."""

from __future__ import annotations

import httpx
from playwright.sync_api import Browser, StorageState

from tests.browser.bookings import OWN_PAGE
from tests.browser.screens import login


class SignedIn:
    def __init__(self, browser: Browser, address: str, password: str) -> None:
        self._browser, self._address, self._password = browser, address, password
        self._state: StorageState = {}

    def state(self) -> StorageState:
        """What a browser keeps that is signed in, for `new_context`."""
        if not self._is_taken():
            context = self._browser.new_context(base_url=self._address)
            page = context.new_page()
            page.goto("/counter")
            login(page, self._password)
            self._state = context.storage_state()
            context.close()
        return self._state

    def _is_taken(self) -> bool:
        cookies = {cookie["name"]: cookie["value"] for cookie in self._state.get("cookies", [])}
        asked = f"{self._address}/api/counter/me"
        return bool(cookies) and httpx.get(asked, cookies=cookies, headers=OWN_PAGE, trust_env=False).is_success
