"""The pages: safe headers, nothing inline, few files of few bytes, each sent once."""

from __future__ import annotations

import re

import httpx
import pytest

from channels.page_bundles import bundle

PAGES = ["/", "/chat", "/guides", "/scenarios", "/search"]


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_served_with_a_strict_policy(http: httpx.AsyncClient, path: str) -> None:
    response = await http.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    parts = [part.strip().partition(" ") for part in response.headers["content-security-policy"].split(";")]
    policy = {name: sources for name, _, sources in parts}
    assert policy["default-src"] == "'none'"
    assert policy["worker-src"] == policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert not any("unsafe" in sources for sources in policy.values())
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_keeps_its_own_policy(http: httpx.AsyncClient, path: str) -> None:
    html = (await http.get(path)).text
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*[^<\s]", html), "a script within the page"
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
    loaded = re.sub(r'<link rel="canonical"[^>]*>', "", html)  # names the page itself
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", loaded), "something from elsewhere"


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("path", PAGES)
async def test_a_page_and_all_its_files_are_few_bytes(http: httpx.AsyncClient, path: str, lang: str) -> None:
    """60 KB take 1.2 seconds at 400 kbit/s."""
    html = await http.get(path, params={"lang": lang})
    named = re.findall(r"""(?:src|href)=["'](/bundles/[^"']+)""", html.text)
    sent = [html, *[await http.get(path) for path in named]]
    assert sum(int(response.headers["content-length"]) for response in sent) < 60_000


async def test_who_takes_no_gzip_gets_the_same_as_it_is(http: httpx.AsyncClient) -> None:
    for path in ("/", "/chat", bundle("chat.js")):
        packed = await http.get(path)
        for refusing in ("identity", "gzip;q=0", "gzip; q=0.0, br"):
            plain = await http.get(path, headers={"Accept-Encoding": refusing})
            assert "content-encoding" not in plain.headers
            assert plain.content == packed.content


async def test_a_file_of_another_version_is_the_present_one_and_not_kept(http: httpx.AsyncClient) -> None:
    now = await http.get(bundle("chat.js"))
    old = await http.get("/bundles/chat.0123456789abcdef.js")
    assert old.content == now.content
    assert old.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/bundles/nothing.0.js", "/bundles/chat.0.txt", "/bundles/ticket.0.js", "/bundles/chat"]
)
async def test_a_file_that_no_page_is_made_of_is_not_found(http: httpx.AsyncClient, path: str) -> None:
    assert (await http.get(path)).status_code == 404


@pytest.mark.parametrize("path", ["/", "/chat", "/static/icon.svg"])
async def test_what_has_not_changed_is_not_sent_again(http: httpx.AsyncClient, path: str) -> None:
    first = await http.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = await http.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


async def test_the_page_offers_the_regions_of_the_place(http: httpx.AsyncClient) -> None:
    html = (await http.get("/chat")).text
    assert "东河区" in html
    assert "西山区" in html
