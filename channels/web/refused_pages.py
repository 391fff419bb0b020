"""A refusal as a page, for whoever opened an address in a browser; programs get it as they always do."""

from __future__ import annotations

from fastapi import Request, Response

from channels.refusals import Refusal
from channels.web.site import Site

_TITLES = {404: "没有这个页面", 405: "这个地址打不开"}
_OTHERWISE = "这次没有办成"


async def show_refusal(site: Site, request: Request, refusal: Refusal) -> Response | None:
    """None: a program asked."""
    if not _wants_page(request):
        return None
    title = _TITLES.get(refusal.status, _OTHERWISE)
    page = site.show(request, "refused.html", status=refusal.status, title=title, message=refusal.message)
    page.headers.update(refusal.headers)
    page.headers["Cache-Control"] = "no-store"
    return page


def _wants_page(request: Request) -> bool:
    is_page = request.method in ("GET", "HEAD") and not request.url.path.startswith(("/api/", "/wechat"))
    return is_page and "text/html" in request.headers.get("accept", "")
