"""How a door tells the hall's own pages from other sites' requests that a browser sends with our cookies."""

from __future__ import annotations

from starlette.requests import Request

PAGE_HEADER = "X-Wenban-Page"
"""Our pages send it with every call. A cookie without it counts for nothing: no other site can set the header."""


def is_own_page(request: Request) -> bool:
    return request.headers.get(PAGE_HEADER) == "1"
