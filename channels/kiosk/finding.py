"""`/api/kiosk/find`, a guide as the screen shows it, and the code by which a page goes along on a telephone.

What is asked in words goes through `/api/chat`, as on the web.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from channels.guide_view import Section, read_guide
from channels.languages import Language, says_in, written_in
from channels.qr_codes import qr_of
from channels.refusals import Refusal, file_of, refusals
from knowledge_base.aspects import Aspect
from knowledge_base.library import Library
from knowledge_base.model import ServiceGuide
from knowledge_base.offices import Office
from knowledge_base.statements import Emphasis
from service_hall.conversation.reply import ask_payload
from service_hall.conversation.wording import aspect_label, hours_in_words
from service_hall.hall import Hall

READ_FIRST = (Aspect.MATERIALS, Aspect.LOCATION, Aspect.FEE, Aspect.TIME_LIMIT)
"""What whoever stands in the hall wants of a guide; the rest is asked for, one thing at a time."""
ASKED_FOR = (Aspect.ELIGIBILITY, Aspect.PROCEDURE, Aspect.AMOUNT, Aspect.PROXY, Aspect.CHANNELS, Aspect.VALIDITY)
PAGES = r"^/(guides|scenarios|checklists)/[A-Za-z0-9_-]{1,64}(\?region=\d{6,12})?$"
"""Those of ours that a code may lead to."""
_MUST_BE_SEEN = frozenset({Emphasis.MUST_MENTION})
_Region = Annotated[str, Query(max_length=12)]


def make_finding_router(hall: Hall, public_url: str) -> APIRouter:
    """Before the kiosk's own router, where any word can be an office. `public_url`: how telephones reach us."""
    router = APIRouter(
        prefix="/api/kiosk",
        tags=["kiosk"],
        responses=refusals({422: "invalid_input", 429: "too_many_requests"}),
    )
    outside = public_url.rstrip("/")

    @router.get("/find")
    def offer(lang: Language = Language.SIMPLIFIED) -> dict[str, Any]:
        """Everything that can be found by touch alone."""
        library = hall.library()
        themes: dict[str, list[dict[str, str]]] = {}
        for guide in filter(None, map(library.guide, library.guide_ids)):
            themes.setdefault(guide.theme, []).append(_line(guide.id, guide.name))
        told = {
            "popular": [_line(each, library.names[each]) for each in library.most_asked],
            "themes": [{"theme": theme, "guides": guides} for theme, guides in themes.items()],
            "scenarios": [{"scenario_id": each.id, "title": each.title} for each in hall.scenarios.all()],
        }
        return written_in(lang, told)

    @router.get("/guides/{guide_id}", responses=refusals({404: "unknown_guide", 422: "unknown_region"}))
    def read(guide_id: str, region: _Region = "", lang: Language = Language.SIMPLIFIED) -> dict[str, Any]:
        library = hall.library()
        if region and region not in library.regions:
            raise Refusal(422, "unknown_region", "没有这个地区，请重新选择所在的区。")
        place = library.regions[region or library.home]
        guide = library.guide(guide_id, place.code)
        if guide is None:
            raise Refusal(404, "unknown_guide", "没有这份办事指南，请从事项列表里重新选择。")
        say, path = says_in(lang), f"/guides/{guide_id}?region={place.code}"
        sections = read_guide(guide, library)[0]
        told = {
            "guide_id": guide.id,
            "guide_name": guide.name,
            "summary": guide.summary,
            "region_name": place.name,
            "minded": _minded(sections),
            "sections": [
                {
                    "aspect": section.aspect.value,
                    "heading": say(section.heading),
                    "lines": [_told(each) | {"mark": say(each["mark"])} for each in section.statements],
                    "offices": _offices(guide, library, place.code) if section.aspect is Aspect.LOCATION else [],
                }
                for section in _read_first(sections)
            ],
            "more": [
                {"label": say(aspect_label(each)), "payload": ask_payload(each, guide.id)}
                for each in ASKED_FOR
                if guide.about(each)
            ],
            "sources": _named(_read_first(sections)),
            "path": path,
            "qr_url": f"/api/kiosk/qr.svg?path={quote(path, safe='')}",
        }
        return written_in(lang, told)

    @router.get("/qr.svg", response_class=Response, responses=file_of("image/svg+xml"))
    def take_along(path: Annotated[str, Query(pattern=PAGES, max_length=120)]) -> Response:
        """Leads to a page of ours, whatever else is asked for."""
        return Response(qr_of(outside + path, "svg"), media_type="image/svg+xml")

    return router


def _line(guide_id: str, name: str) -> dict[str, str]:
    return {"guide_id": guide_id, "guide_name": name}


def _read_first(sections: Sequence[Section]) -> list[Section]:
    """Without questions of their own: they are answered to whoever asks them."""
    found = {section.aspect: section for section in sections}
    shown = [found[each] for each in READ_FIRST if each in found]
    return [replace(each, statements=[one for one in each.statements if not one["question"]]) for each in shown]


def _minded(sections: Sequence[Section]) -> list[str]:
    """What nobody should miss and what stands in none of the sections that are shown."""
    return [
        each["says"]
        for section in sections
        if section.aspect not in READ_FIRST
        for each in section.statements
        if each["emphasis"] in _MUST_BE_SEEN
    ]


def _told(statement: dict[str, Any]) -> dict[str, str]:
    return {
        "name": statement["name"],
        "says": statement["says"],
        "when": statement["when"],
        "details": "，".join(statement["details"]),
    }


def _named(sections: Sequence[Section]) -> list[str]:
    """The texts that the shown sentences rest on, each once with its articles: 《居民身份证法》第十一条、第十二条."""
    names = [name for section in sections for each in section.statements for _, name in each["sources"]]
    articles: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        title, mark, article = name.rpartition("》")
        articles.setdefault(title + mark, []).append(article)
    return [title + "、".join(filter(None, found)) for title, found in articles.items()]


def _offices(guide: ServiceGuide, library: Library, region: str) -> list[dict[str, str]]:
    return [_office(each) for each in library.offices_for(guide.id, region)]


def _office(office: Office) -> dict[str, str]:
    return {
        "office_id": office.id,
        "name": office.name,
        "address": office.address,
        "phone": office.phone,
        "hours": hours_in_words(office.opening_hours),
    }
