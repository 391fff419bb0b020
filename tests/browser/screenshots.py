"""`make screenshots`: every state of the pages as a picture in var/screenshots, to be looked at; `--docs`: those of the
READMEs anew; `--whole`: with what stands below the window. Against a service of its own, or the one at WENBAN_TEST_ADDRESS."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from channels.widget.versions import NEWEST
from server.settings import ROOT
from tests.browser.conftest import FLAGS, PROGRAMS
from tests.browser.counter import open_an_answer
from tests.browser.pictured import DESK, PHONE, STATES, State
from tests.browser.screens import set_up_kiosk
from tests.browser.widget_site import Site, open_widget
from tests.running_hall import KIOSK_KEY, opening_time, running_hall

OUT, DOCS = ROOT / "var" / "screenshots", ROOT / "docs" / "images"
SITE_CSS = """body { margin: 0; background: #f6f4f0; color: #26221c; font: 16px/1.7 sans-serif }
h1 { margin: 0; padding: 28px 48px; background: #7d2a22; color: #fff; font-size: 28px; letter-spacing: .1em }
nav { padding: 12px 48px; background: #651f18; color: #f3dcd8 } nav a { margin-right: 32px; color: inherit; text-decoration: none }
article { max-width: 680px; padding: 24px 48px } h2 { margin: 0 0 8px; border-bottom: 2px solid #7d2a22; font-size: 20px }
li { padding: 8px 0 } @media (max-width: 480px) { h1, nav, article { padding-inline: 16px } nav a { margin-right: 16px } }"""
SITE_MAIN = """<h1>某市政府网站</h1><nav><a href="#">首页</a><a href="#">政务公开</a><a href="#">办事服务</a><a href="#">互动交流</a></nav>
<article><h2>办事服务</h2><ul><li>个人办事</li><li>企业办事</li><li>一件事一次办</li><li>办事大厅和办公时间</li></ul></article>"""
_COLOURS = 96
"""Flat pages need no more, and the pictures are a third as large."""


def main() -> None:
    options = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    options.add_argument("--docs", action="store_true")
    options.add_argument("--whole", action="store_true", help="also what one would have to scroll to")
    options.add_argument("--only", default="", help="the beginning of a name")
    chosen = options.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    with service() as address, browser() as opened:
        for state in STATES:
            if state.name.startswith(chosen.only):
                take(opened, address, state, chosen.whole and not chosen.docs)
        if "widget".startswith(chosen.only) or chosen.only.startswith("widget"):
            take_widget(opened, address)
    if chosen.docs:
        for name in [*(state.name for state in STATES if state.in_docs), "widget-desktop"]:
            if (taken := OUT / f"{name}.png").exists():
                shutil.copyfile(taken, DOCS / taken.name)
    print(f"{OUT}: {len(list(OUT.glob('*.png')))}")


@contextmanager
def service() -> Iterator[str]:
    if address := os.environ.get("WENBAN_TEST_ADDRESS"):
        yield address
        return
    with TemporaryDirectory(prefix="wenban-") as folder, running_hall(Path(folder)) as stack:
        yield stack.url


@contextmanager
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()


def take(opened: Browser, address: str, state: State, is_whole: bool) -> None:
    context = opened.new_context(
        base_url=address,
        viewport={"width": state.size[0], "height": state.size[1]},
        reduced_motion="reduce",
        locale="zh-CN",
        **dict(state.options),
    )
    page = context.new_page()
    if state.path.startswith(("/kiosk", "/board")):
        page.clock.set_fixed_time(opening_time())  # what their clock shows: a hall is not open at night
    if state.path.startswith("/kiosk"):
        set_up_kiosk(page, os.environ.get("WENBAN_KIOSK_KEY", KIOSK_KEY))
    page.goto(state.path)
    state.steps(page)
    keep(page, state.name, is_whole)
    context.close()


def take_widget(opened: Browser, address: str) -> None:
    with closing(Site(address)) as site:
        site.css, site.main = SITE_CSS, SITE_MAIN
        site.tags = (f'<script async src="{address}/widget/{NEWEST}/wenban.js" data-title="政务服务问答"></script>',)
        for name, size in (("widget-desktop", DESK), ("widget-phone", PHONE)):
            context = opened.new_context(
                viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", locale="zh-CN"
            )
            page = context.new_page()
            page.goto(site.origin)
            open_an_answer(open_widget(page))
            keep(page, name)
            context.close()


def keep(page: Page, name: str, is_whole: bool = False) -> None:
    page.wait_for_timeout(400)  # what is drawn after the last word
    path = OUT / f"{name}.png"
    page.screenshot(path=path, full_page=is_whole)
    Image.open(path).convert("RGB").quantize(_COLOURS).save(path, optimize=True)
    print(name, flush=True)


if __name__ == "__main__":
    main()
