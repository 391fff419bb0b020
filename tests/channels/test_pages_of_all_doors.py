"""What holds for the page of every door: a safe head, and few files, which browsers keep."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.fakes import TOWN_HALL

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
