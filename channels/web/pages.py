"""The page at `/` and its files."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from knowledge_base.model import NATIONAL, RegionLevel
from service_hall.hall import Hall

_FOLDER = Path(__file__).parent
_SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# Browsers ask each time (a 304 by ETag): a module must never meet an older version of its neighbour.
_ALWAYS_FRESH = {"Cache-Control": "no-cache"}
_SHOWN_LEVELS = {RegionLevel.CITY, RegionLevel.DISTRICT}


def install_pages(app: FastAPI, hall: Hall) -> None:
    templates = Environment(loader=FileSystemLoader(_FOLDER / "templates"), autoescape=select_autoescape())
    app.mount("/static", _FreshFiles(directory=_FOLDER / "static"), name="static")

    @app.get("/", response_class=HTMLResponse, tags=["pages"])
    def portal() -> HTMLResponse:
        library = hall.library()
        regions = [region for region in library.regions if region.code != NATIONAL and region.level in _SHOWN_LEVELS]
        page = templates.get_template("portal.html").render(
            regions=regions,
            home=library.regions[library.home],
            popular=[(guide_id, library.names[guide_id]) for guide_id in library.most_asked],
            modules=sorted(module.name for module in (_FOLDER / "static" / "chat").glob("*.js")),
        )
        return HTMLResponse(page, headers=_SECURITY_HEADERS | _ALWAYS_FRESH)

    app.add_middleware(_SafeHeaders)


class _FreshFiles(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(_ALWAYS_FRESH)
        return response


class _SafeHeaders:
    """Plain ASGI: Starlette's own middleware base starts a task group for every request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                if _is_of_the_moment(scope["path"]):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, guarded)


def _is_of_the_moment(path: str) -> bool:
    """And much of it of one person: no browser and no proxy keeps it. What is published anybody may keep."""
    return path.startswith("/api/") and not path.startswith("/api/knowledge/")
