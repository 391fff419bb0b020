"""The page at `/`: safe headers, nothing inline, its files always fresh."""

from __future__ import annotations

import re

import httpx


async def test_the_page_is_served_with_a_strict_policy(http: httpx.AsyncClient) -> None:
    response = await http.get("/")
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


async def test_the_page_keeps_its_own_policy(http: httpx.AsyncClient) -> None:
    html = (await http.get("/")).text
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*[^<\s]", html), "a script within the page"
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", html), "something from elsewhere"


async def test_every_file_the_page_names_is_there_and_fresh(http: httpx.AsyncClient) -> None:
    named = set(re.findall(r"""(?:src|href)=["'](/static/[^"'#?]+)""", (await http.get("/")).text))
    assert named
    for path in named:
        response = await http.get(path)
        assert response.status_code == 200, path
        assert response.headers["cache-control"] == "no-cache"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["etag"]


async def test_an_unchanged_file_is_not_sent_again(http: httpx.AsyncClient) -> None:
    first = await http.get("/static/tokens.css")
    again = await http.get("/static/tokens.css", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


async def test_the_page_offers_the_regions_of_the_place(http: httpx.AsyncClient) -> None:
    html = (await http.get("/")).text
    assert "东河区" in html
    assert "西山区" in html
