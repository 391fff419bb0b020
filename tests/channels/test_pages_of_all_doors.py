"""What holds for the page of every door: a safe head, and few files, which browsers keep."""

from __future__ import annotations

import re

import httpx
import pytest
from fastapi import FastAPI
from starlette.routing import Route

from channels.page_bundles import STYLES, bundle
from tests.fakes import TOWN_HALL
from tests.visit_town import CARD

PAGES = [
    "/",
    "/chat",
    "/guides",
    "/scenarios",
    f"/kiosk?office={TOWN_HALL}",
    f"/board/{TOWN_HALL}",
    "/board",
    "/counter",
]


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_is_a_few_files_that_browsers_keep_for_good(closed_door: httpx.AsyncClient, page: str) -> None:
    response = await closed_door.get(page)
    assert response.status_code == 200
    assert "unsafe" not in response.headers["content-security-policy"]
    named = set(re.findall(r"""(?:src|href)=["'](/[^"'#?]+\.(?:js|css|svg))""", response.text))
    assert 2 <= len(named) <= 5
    for path in named - {"/static/icon.svg", "/widget.js"}:
        file = await closed_door.get(path)
        assert file.status_code == 200, path
        assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert file.headers["x-content-type-options"] == "nosniff"
        assert file.headers["content-encoding"] == "gzip"
        assert file.headers["vary"] == "Accept-Encoding"


LOADED = re.compile(
    r"""<(?:script|img|iframe|source|use)\b[^>]*?\b(?:src|href)=["']?([^"'\s>]+)|<link\b(?=[^>]*\brel=["']?(?:stylesheet|icon|preload|modulepreload))[^>]*?\bhref=["']?([^"'\s>]+)"""
)
"""What a browser fetches for a page by itself."""
ELSEWHERE = re.compile(r"(?:[a-z]+:)?//")
HERE = {"office_id": TOWN_HALL, "guide_id": CARD, "version": "1"}


def pages_of(app: FastAPI) -> list[str]:
    """Whatever a browser can be led to, also what the schema leaves out; where a name is none, its refusal."""
    readable = [route.path for route in app.routes if isinstance(route, Route) and "GET" in (route.methods or ())]
    named = [re.sub(r"\{(\w+)[^}]*\}", lambda name: HERE.get(name[1], "none"), path) for path in readable]
    return [path for path in named if not path.startswith("/api/")]


async def test_no_page_loads_anything_from_elsewhere_and_each_has_a_policy(
    closed_app: FastAPI, closed_door: httpx.AsyncClient
) -> None:
    shown = 0
    for path in [*PAGES, *pages_of(closed_app), "/docs", "/redoc", "/nowhere"]:
        response = await closed_door.get(path, headers={"accept": "text/html"})
        if not response.headers.get("content-type", "").startswith("text/html"):
            continue
        shown += 1
        policy = response.headers.get("content-security-policy", "")
        assert "default-src 'none'" in policy and "frame-ancestors" in policy, path
        loaded = [script or link for script, link in LOADED.findall(response.text)]
        assert [each for each in loaded if ELSEWHERE.match(each)] == [], path
    assert shown > 15


async def test_no_style_loads_anything_from_elsewhere(closed_door: httpx.AsyncClient) -> None:
    for name in STYLES:
        style = (await closed_door.get(bundle(f"{name}.css"))).text
        assert "@import" not in style
        assert [each for each in re.findall(r"""url\(["']?([^"')]+)""", style) if ELSEWHERE.match(each)] == [], name


async def test_the_schema_is_given_and_no_page_that_shows_it(closed_door: httpx.AsyncClient) -> None:
    assert [(await closed_door.get(path)).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [
        404,
        404,
        200,
    ]


async def test_a_board_without_an_office_lists_the_offices(closed_door: httpx.AsyncClient) -> None:
    listed = await closed_door.get("/board")
    [first, *_] = re.findall(r'href="(/board/[^"]+)"', listed.text)
    assert (await closed_door.get(first)).status_code == 200
    unknown = await closed_door.get("/board/nowhere")
    assert unknown.status_code == 404
    assert first in unknown.text


@pytest.mark.parametrize(("said", "idle"), [("90", 90), ("abc", None), ("-5", None), ("9" * 23, None), ("", None)])
async def test_a_kiosk_opens_whatever_its_address_says_of_its_patience(
    closed_door: httpx.AsyncClient, said: str, idle: int | None
) -> None:
    page = await closed_door.get("/kiosk", params={"office": TOWN_HALL, "idle": said})
    assert page.status_code == 200
    assert re.findall(r'data-idle="(.*?)"', page.text) == ([] if idle is None else [str(idle)])
