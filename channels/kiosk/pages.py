"""The screens in the hall: `/kiosk`, where citizens take a number, and `/board/{office_id}`, which calls them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from channels.languages import Language, chosen_language, ways_to_read
from channels.page_files import PageFolder
from knowledge_base.model import Office
from service_hall.hall import Hall

_FOLDER = Path(__file__).parent
_HOTLINE = "12345"
_SECONDS = re.compile(r"\d{1,4}", re.ASCII)
_NO_SUCH_OFFICE: dict[int | str, dict[str, Any]] = {
    404: {"description": "a choice of offices", "content": {"text/html": {}}}
}


def install_kiosk_pages(app: FastAPI, hall: Hall) -> None:
    folder = PageFolder(_FOLDER / "templates")

    @app.get("/kiosk", response_class=HTMLResponse, tags=["pages"], responses=_NO_SUCH_OFFICE)
    def kiosk(request: Request, office: str = "", printer: str = "", idle: str = "") -> Response:
        """`idle`: seconds without a touch before the screen asks whether somebody is still there."""
        if found := office_of(office):
            return folder.show(
                request,
                "kiosk.html",
                language=_chosen(request),
                languages=ways_to_read(request),
                office=found,
                hotline=hotline(),
                printer=printer == "yes",
                idle=int(idle) if _SECONDS.fullmatch(idle) else 0,
                notice=hall.orders.now().notice,
            )
        return choice(request, "/kiosk?office=", status_code=404 if office else 200)

    @app.get("/board", response_class=HTMLResponse, tags=["pages"])
    def boards(request: Request) -> Response:
        return choice(request, "/board/")

    @app.get("/board/{office_id}", response_class=HTMLResponse, tags=["pages"], responses=_NO_SUCH_OFFICE)
    def board(request: Request, office_id: str) -> Response:
        if found := office_of(office_id):
            return folder.show(
                request, "board.html", language=_chosen(request), office=found, notice=hall.orders.now().notice
            )
        return choice(request, "/board/", status_code=404)

    def choice(request: Request, page: str, status_code: int = 200) -> Response:
        return folder.show(request, "offices.html", status_code=status_code, offices=with_queues(), page=page)

    def with_queues() -> list[Office]:
        return [office for office in hall.library().published.offices if office.lines]

    def office_of(office_id: str) -> Office | None:
        return next((office for office in with_queues() if office.id == office_id), None)

    def hotline() -> str:
        library = hall.library()
        return library.regions[library.home].hotline or _HOTLINE


def _chosen(request: Request) -> Language:
    """By the address alone: what one citizen chose on these screens is nothing to the next."""
    return Language(chosen_language(request) or Language.SIMPLIFIED)
