"""What every page of the site is drawn with: its head, its languages, the place it speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import Request, Response

from channels.languages import language_of, remember_language, ways_to_read
from channels.page_files import NOBODY, PageFolder
from knowledge_base.model import NATIONAL, Region, RegionLevel
from service_hall.hall import Hall

TEMPLATES = Path(__file__).parent / "templates"
HOTLINE = "12345"
_SHOWN_LEVELS = {RegionLevel.CITY, RegionLevel.DISTRICT}


class Site:
    """The pages around the conversation. `public_url`: how the outside reaches them."""

    def __init__(self, hall: Hall, public_url: str) -> None:
        self._hall, self._public_url = hall, public_url.rstrip("/")
        self._templates = PageFolder(TEMPLATES)

    def address(self, path: str) -> str:
        """The one address of a page, whatever else leads to it."""
        return self._public_url + path

    def show(
        self, request: Request, template: str, *, frames: str = NOBODY, status: int = 200, **values: Any
    ) -> Response:
        language = language_of(request)
        page = self._templates.show(
            request,
            template,
            status_code=status,
            frames=frames,
            language=language,
            languages=ways_to_read(request),
            **(place_of(self._hall) | values),
        )
        return remember_language(request, page)


def place_of(hall: Hall) -> dict[str, Any]:
    library = hall.library()
    home = library.regions[library.home]
    return {
        "home": home,
        "hotline": home.hotline or HOTLINE,
        "regions": shown_regions(hall),
        "notice": hall.orders.now().notice,
    }


def shown_regions(hall: Hall) -> Sequence[Region]:
    """Those that a citizen chooses from."""
    regions = hall.library().regions
    return [each for each in regions if each.code != NATIONAL and each.level in _SHOWN_LEVELS]
