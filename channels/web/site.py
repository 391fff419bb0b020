"""What every page of the site is drawn with: its head, its languages, the place it speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import Request, Response

from channels.languages import Language, language_of, remember_language
from channels.page_files import NOBODY, PageFolder
from knowledge_base.model import NATIONAL, Region, RegionLevel
from service_hall.hall import Hall

TEMPLATES = Path(__file__).parent / "templates"
HOTLINE = "12345"
_SHOWN_LEVELS = {RegionLevel.CITY, RegionLevel.DISTRICT}
WAYS_TO_READ = [
    (Language.SIMPLIFIED.value, "简体", "?lang=zh-Hans"),
    (Language.TRADITIONAL.value, "繁體", "?lang=zh-Hant"),
    (Language.ENGLISH.value, "English", "?lang=en"),
]
"""Tag, own name and address of each language, beside the page that is shown."""


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


def ways_to_read(request: Request) -> list[tuple[str, str, str]]:
    """Tag, own name and address of this page in each language. What its address says stays.

    Without the path: one that begins with two slashes would lead to another site."""
    here = request.url
    return [(tag, name, f"?{here.include_query_params(lang=tag).query}") for tag, name, _ in WAYS_TO_READ]
