"""How a door tells the hall's own pages from other sites' requests that a browser sends with our cookies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

PAGE_HEADER = "X-Wenban-Page"
"""Our pages send it with every call. A cookie without it counts for nothing: no other site can set the header."""
COOKIE = "wenban_visitor"
_WIDGET = re.compile(r"widget-[a-z0-9]{1,16}")
"""What the page sends where it stands in a frame of another site, with the name of that widget."""


def is_own_page(request: Request) -> bool:
    return request.headers.get(PAGE_HEADER) == "1"


def is_same_origin(request: Request, *also: str) -> bool:
    """A form that one of our pages sent, as far as the browser says: it tells of itself from where. `also`: origins of
    ours that the request's own host does not name, behind a proxy."""
    if site := request.headers.get("sec-fetch-site"):
        return site == "same-origin"
    origin = request.headers.get("origin", "")
    return bool(origin) and (urlsplit(origin).netloc == request.headers.get("host") or origin in also)


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class Jar:
    """The cookie in which one of our pages has its visitor's token. `is_framed`: the page stands in another site's, and
    browsers keep each site's visitors apart (CHIPS); such a cookie is always Secure, or no browser takes it."""

    name: str
    secure: bool
    is_framed: bool = False

    def put(self, headers: MutableHeaders, token: str, seconds: int) -> None:
        kept = Response()
        kept.set_cookie(
            self.name,
            token,
            max_age=seconds,
            httponly=True,
            samesite="none" if self.is_framed else "strict",
            secure=self.secure or self.is_framed,
        )
        # Python's cookies know the attribute from 3.14 on.
        headers.append("Set-Cookie", kept.headers["set-cookie"] + ("; Partitioned" if self.is_framed else ""))

    def empty(self, headers: MutableHeaders) -> None:
        self.put(headers, "", 0)


def jar_of(request: Request, secure: bool) -> Jar | None:
    """None: the caller is none of our pages, and has its token itself."""
    if is_own_page(request):
        return Jar(COOKIE, secure)
    page = request.headers.get(PAGE_HEADER, "")
    # Two widgets of a page are two visitors: what is said in one is not said in the other.
    return Jar(f"wenban_{page.replace('-', '_')}", secure, is_framed=True) if _WIDGET.fullmatch(page) else None
