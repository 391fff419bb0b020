"""The screens in the hall: `/kiosk`, where citizens take a number, and `/board/{office_id}`, which calls them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from channels.page_files import FreshFiles, PageFolder, mount_shared_files
from knowledge_base.model import Office
from service_hall.hall import Hall

_FOLDER = Path(__file__).parent
_HOTLINE = "12345"
_NO_SUCH_OFFICE: dict[int | str, dict[str, Any]] = {
    404: {"description": "a choice of offices", "content": {"text/html": {}}}
}


def install_kiosk_pages(app: FastAPI, hall: Hall) -> None:
    folder = PageFolder(_FOLDER / "templates")
    app.mount("/kiosk-static", FreshFiles(directory=_FOLDER / "static"), name="kiosk-static")
    mount_shared_files(app)

    @app.get("/kiosk", response_class=HTMLResponse, tags=["pages"], responses=_NO_SUCH_OFFICE)
    def kiosk(office: str = "") -> HTMLResponse:
        if found := office_of(office):
            return folder.show("kiosk.html", office=found, hotline=hotline())
        status = 404 if office else 200
        return folder.show("offices.html", status_code=status, offices=with_queues(), page="/kiosk?office=")

    @app.get("/board/{office_id}", response_class=HTMLResponse, tags=["pages"], responses=_NO_SUCH_OFFICE)
    def board(office_id: str) -> HTMLResponse:
        if found := office_of(office_id):
            return folder.show("board.html", office=found)
        return folder.show("offices.html", status_code=404, offices=with_queues(), page="/board/")

    def with_queues() -> list[Office]:
        return [office for office in hall.library().published.offices if office.lines]

    def office_of(office_id: str) -> Office | None:
        return next((office for office in with_queues() if office.id == office_id), None)

    def hotline() -> str:
        library = hall.library()
        return library.regions[library.home].hotline or _HOTLINE
