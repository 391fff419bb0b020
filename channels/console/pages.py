"""The page at `/counter`, where staff call, serve and plan. What it shows comes from `/api/counter` after the login."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from channels.page_files import PageFolder
from service_hall.hall import Hall

_FOLDER = Path(__file__).parent


def install_counter_pages(app: FastAPI, hall: Hall) -> None:
    folder = PageFolder(_FOLDER / "templates")

    @app.get("/counter", response_class=HTMLResponse, tags=["pages"])
    def counter(request: Request) -> Response:
        library = hall.library()
        return folder.show(request, "counter.html", home=library.regions[library.home])
