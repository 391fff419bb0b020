"""The page at `/counter`, where staff call, serve and plan. What it shows comes from `/api/counter` after the login."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from channels.page_files import FreshFiles, PageFolder, mount_shared_files
from service_hall.hall import Hall

_FOLDER = Path(__file__).parent


def install_counter_pages(app: FastAPI, hall: Hall) -> None:
    folder = PageFolder(_FOLDER / "templates")
    app.mount("/counter-static", FreshFiles(directory=_FOLDER / "static"), name="counter-static")
    mount_shared_files(app)

    @app.get("/counter", response_class=HTMLResponse, tags=["pages"])
    def counter() -> HTMLResponse:
        library = hall.library()
        return folder.show("counter.html", home=library.regions[library.home])
