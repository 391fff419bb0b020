"""The city's page at `/`, the conversation at `/chat`, and their files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.page_files import OURSELVES, FreshFiles
from channels.web.lanes import values_of_portal
from channels.web.site import Site
from service_hall.hall import Hall

_FOLDER = Path(__file__).parent


def install_pages(app: FastAPI, hall: Hall, site: Site, has_wechat: bool = False) -> None:
    app.mount("/static", FreshFiles(directory=_FOLDER / "static"), name="static")

    @app.get("/", response_class=HTMLResponse, tags=["pages"])
    def portal(request: Request, q: str = "") -> Response:
        """`q`: a question that a QR code or a link carries; the conversation takes it."""
        if q:
            return RedirectResponse(f"/chat?{request.url.query}", 302)
        return site.show(request, "portal.html", frames=OURSELVES, **values_of_portal(hall))

    @app.get("/chat", response_class=HTMLResponse, tags=["pages"])
    def chat(request: Request) -> Response:
        return site.show(request, "chat.html", **values_of_chat(hall, has_wechat))


def values_of_chat(hall: Hall, has_wechat: bool) -> dict[str, Any]:
    """What a page with the conversation is drawn from."""
    library = hall.library()
    return {
        "has_wechat": has_wechat,
        "popular": [(guide_id, library.names[guide_id]) for guide_id in library.most_asked],
    }


class SafeHeaders:
    """Plain ASGI: Starlette's own middleware base starts a task group for every request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                if is_of_the_moment(scope["path"]):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, guarded)


def is_of_the_moment(path: str) -> bool:
    """And much of it of one person: no browser and no proxy keeps it. What is published anybody may keep."""
    return path.startswith("/api/") and not path.startswith("/api/knowledge/")
