"""`/guides` and `/search`: the guides to be leafed through, found, read, linked to and printed. No script is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from channels.guide_view import read_guide
from channels.languages import language_of
from channels.limits import MOST_CHARACTERS
from channels.refusals import Refusal, refusals
from channels.web.site import Site
from channels.web.structured_data import government_service
from knowledge_base.model import Aspect, Office, ServiceGuide
from service_hall.conversation.message import command_payload, legible
from service_hall.conversation.reply import ask_payload
from service_hall.conversation.wording import hours_in_words
from service_hall.hall import Hall
from service_hall.hearing.who.masking import mask_personal_numbers

_MOST_FOUND = 10
_LEAST_SHARE = 0.02
"""Of how likely the best is meant: less is no more than a word in common."""


def install_guide_pages(app: FastAPI, hall: Hall, site: Site) -> None:
    @app.get("/guides", response_class=HTMLResponse, tags=["pages"], responses=refusals({404: "unknown_theme"}))
    def leaf_through(request: Request, theme: str = "") -> Response:
        """All of them by theme; those of one theme with what they are."""
        groups = [group for group in _by_theme(hall) if theme in ("", group["theme"])]
        if not groups:
            raise Refusal(404, "unknown_theme", "没有这个主题，请从办事指南里重新选择。")
        address = site.address("/guides")
        return site.show(request, "guides.html", here="guides", theme=theme, groups=groups, canonical=address)

    @app.get(
        "/guides/{guide_id}",
        response_class=HTMLResponse,
        tags=["pages"],
        responses=refusals({404: "unknown_guide", 422: "unknown_region"}),
    )
    def read(request: Request, guide_id: str, region: str = "") -> Response:
        """Each statement has its id for an anchor: `/guides/id-card-lost#fee`."""
        library = hall.library()
        if region and region not in library.regions:
            raise Refusal(422, "unknown_region", "没有这个地区，请重新选择所在的区。")
        place = library.regions[region or library.home]
        guide = library.guide(guide_id, place.code)
        if guide is None:
            raise Refusal(404, "unknown_guide", "没有这份办事指南，请从事项列表里重新选择。")
        sections, sources = read_guide(guide, library)
        offices = library.offices_for(guide_id, place.code)
        address = site.address(f"/guides/{guide_id}" + (f"?region={place.code}" if place.code != library.home else ""))
        return site.show(
            request,
            "guide.html",
            here="guides",
            guide=guide,
            place=place,
            sections=sections,
            sources=sources,
            offices=offices,
            books=_booking(guide_id, offices),
            asks_on=ask_payload(Aspect.OVERVIEW, guide_id),
            hours={office.id: hours_in_words(office.opening_hours) for office in offices},
            related=[(each, library.names[each]) for each in guide.related if each in library.names],
            canonical=address,
            structured=government_service(guide, place, offices, address, language_of(request)),
        )

    @app.get("/search", response_class=HTMLResponse, tags=["pages"], responses=refusals({422: "bad_query"}))
    def search(request: Request, q: str = "") -> Response:
        """For whoever has no script, and from whatever links here. What was asked is kept nowhere."""
        if len(q) > MOST_CHARACTERS:
            raise Refusal(422, "bad_query", "请输入一句要查的话，最多一千字。")
        shown = site.show(request, "search.html", q=q.strip(), found=_found(hall, q) if q.strip() else [])
        shown.headers["Cache-Control"] = "no-store"
        return shown


def _booking(guide_id: str, offices: Sequence[Office]) -> str:
    """What begins the booking in the conversation; '' where no office has a line for it."""
    return command_payload("book", guide_id=guide_id) if any(each.line_of(guide_id) for each in offices) else ""


def _by_theme(hall: Hall) -> list[dict[str, Any]]:
    """In the catalogue's order."""
    library = hall.library()
    guides: dict[str, list[ServiceGuide]] = {}
    for guide in filter(None, map(library.guide, library.guide_ids)):
        guides.setdefault(guide.theme, []).append(guide)
    scenarios = hall.scenarios.all()
    return [
        {"theme": theme, "guides": each, "scenarios": [one for one in scenarios if one.theme == theme]}
        for theme, each in guides.items()
    ]


def _found(hall: Hall, q: str) -> list[ServiceGuide]:
    library = hall.library()
    hits = library.find(library.spelling(mask_personal_numbers(legible(q)))).hits
    least = _LEAST_SHARE * max((hit.score for hit in hits), default=0.0)
    guides = (library.guide(hit.guide_id) for hit in hits if hit.has_guide and hit.score >= least)
    return [guide for guide in guides if guide][:_MOST_FOUND]
