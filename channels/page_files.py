"""What every page comes with: headers that keep it safe, files that are always fresh, and what the pages share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.types import Scope

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# Browsers ask each time (a 304 by ETag): a module must never meet an older version of its neighbour.
ALWAYS_FRESH = {"Cache-Control": "no-cache"}
_SHARED = Path(__file__).parent / "hall_static"


class FreshFiles(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(ALWAYS_FRESH)
        return response


class PageFolder:
    """The templates of a door."""

    def __init__(self, folder: Path) -> None:
        self._templates = Environment(loader=FileSystemLoader(folder), autoescape=select_autoescape())

    def show(self, template: str, *, status_code: int = 200, **values: Any) -> HTMLResponse:
        page = self._templates.get_template(template).render(values)
        return HTMLResponse(page, status_code, headers=SECURITY_HEADERS | ALWAYS_FRESH)


def mount_shared_files(app: FastAPI) -> None:
    """For whichever door comes first; the others find the files there."""
    if not any(getattr(route, "name", "") == "hall-static" for route in app.routes):
        app.mount("/hall-static", FreshFiles(directory=_SHARED), name="hall-static")
