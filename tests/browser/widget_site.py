"""Another site that embeds the widget: another origin, a policy without inline code, and styles that spare nothing."""

from __future__ import annotations

import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from channels.widget.versions import NEWEST
from tests.browser.counter import field

LOOPBACK = {"localhost": "127.0.0.1"}
DESK, PHONE = (1280, 800), (390, 844)
HOSTILE = """* { all: unset !important; display: none !important; color: red !important; font-size: 40px !important;
  visibility: hidden !important; pointer-events: none !important; transform: rotate(9deg) !important; direction: rtl !important }
html, body, p { display: block !important; visibility: visible !important; transform: none !important }
wenban-widget { position: static !important; opacity: 0 !important }
iframe { width: 1px !important; height: 1px !important }"""


def tag(service: str, **data: str) -> str:
    attributes = "".join(f' data-{name}="{value}"' for name, value in data.items())
    return f'<script async src="{service}/widget/{NEWEST}/wenban.js"{attributes}></script>'


class Site:
    """Every address of it shows the same page, with `tags`, `css` and `main`. `host`: of loopback; the service is at 127.0.0.1."""

    def __init__(self, service: str, host: str = "localhost") -> None:
        self.service = service
        self.tags: tuple[str, ...] = ()
        self.css = ""
        self.main = "<h1>某市政府网站</h1>"
        self.headers: dict[str, str] = {}
        self.policy = f"default-src 'none'; img-src 'self'; style-src 'self'; script-src {service}; frame-src {service}; require-trusted-types-for 'script'"
        self._server = ThreadingHTTPServer((LOOPBACK.get(host, host), 0), partial(_Answer, self))
        self.origin = f"http://{host}:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def body(self, path: str) -> tuple[str, str]:
        if path == "/site.css":
            return self.css, "text/css"
        head = f'<title>某市</title><link rel="stylesheet" href="/site.css">{"".join(self.tags)}'
        return (
            f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{head}</head><body><main>{self.main}</main></body></html>',
            "text/html",
        )


class _Answer(BaseHTTPRequestHandler):
    def __init__(self, site: Site, *rest: Any) -> None:
        self._site = site
        super().__init__(*rest)

    def do_GET(self) -> None:
        body, kind = self._site.body(self.path)
        self.send_response(200)
        self.send_header("content-type", f"{kind}; charset=utf-8")
        for name, value in {"content-security-policy": self._site.policy, **self._site.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Nothing: the tests hear the browser."""


class Guest:
    """Somebody who reads the site. `complaints`: what the browser wrote down, violations of either policy among it."""

    def __init__(self, browser: Browser, site: Site, size: tuple[int, int] = DESK, **options: Any) -> None:
        self._site = site
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", locale="zh-CN", **options
        )
        self.complaints: list[str] = []

    def close(self) -> None:
        self.context.close()

    def visit(self, *tags: str, path: str = "/", until: Literal["load", "commit"] = "load") -> Page:
        """Another tab."""
        self._site.tags = tags or (tag(self._site.service),)
        page = self.context.new_page()
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.goto(self._site.origin + path, wait_until=until)
        return page


def widget(page: Page, number: int = 1) -> Locator:
    """By the place of its tag on the page."""
    return page.locator(f'wenban-widget[name="{number}"]')


def launcher(page: Page, number: int = 1) -> Locator:
    return widget(page, number).locator("button[aria-haspopup]")


def panel(page: Page, number: int = 1) -> Locator:
    return widget(page, number).get_by_role("dialog")


def inside(page: Page, number: int = 1) -> FrameLocator:
    return widget(page, number).frame_locator("iframe")


def open_widget(page: Page, number: int = 1) -> FrameLocator:
    launcher(page, number).click()
    frame = inside(page, number)
    expect(field(frame)).to_be_visible()
    return frame
