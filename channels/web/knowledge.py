"""`/api/knowledge`: search, suggestions, the published guides and their export."""

from __future__ import annotations

import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from channels.languages import Language, simplified, traditional
from channels.limits import MOST_CHARACTERS, RateLimits
from channels.refusals import Refusal, file_of, refusals
from channels.web.export_shelf import ExportShelf
from channels.web.guide_bodies import whole_guide
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library
from knowledge_base.model import Aspect, Audience
from knowledge_base.search.find import Answered, NotFound
from service_hall.conversation.message import legible
from service_hall.hall import Hall
from service_hall.hearing.who.masking import mask_personal_numbers

PAGE_SIZE = 20
MOST_SUGGESTIONS = 8
_MEDIA_TYPES = {
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_AUDIENCES = {"个人": Audience.PERSON, "企业": Audience.COMPANY, "自然人": Audience.PERSON, "法人": Audience.COMPANY}
_FILES = file_of(*(media_type.partition(";")[0] for media_type in _MEDIA_TYPES.values()))


class HitOut(BaseModel):
    guide_id: str
    guide_name: str
    score: float
    text: str


class SearchOut(BaseModel):
    decision: Literal["answer", "clarify", "not_found"]
    aspect: Aspect
    hits: list[HitOut]
    took_ms: float


class GuideLine(BaseModel):
    guide_id: str
    guide_name: str
    theme: str
    audience: list[Audience]
    region: str
    summary: str


class GuidesOut(BaseModel):
    guides: list[GuideLine]
    page: int
    pages: int
    total: int


def make_knowledge_router(hall: Hall, limits: RateLimits) -> APIRouter:
    router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])
    exports = ExportShelf(hall.library)

    @router.get("/search", responses=refusals({422: "bad_query, unknown_region"}))
    def search(
        q: str,
        region: str | None = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 5,
    ) -> SearchOut:
        if not q.strip() or len(q) > MOST_CHARACTERS:
            raise Refusal(422, "bad_query", "请输入一句要查的话，最多一千字。")
        library = hall.library()
        _region_or_refuse(library, region)
        began = time.perf_counter()
        q = library.spelling(mask_personal_numbers(legible(q)))  # the library remembers what it was asked
        decision = library.find(q)
        found = library.intents.read_aspects(q)
        aspect = next((each for each in found if each is not Aspect.OVERVIEW), None) or (
            found[0] if found else (library.intents.likeliest_aspect(q) if plain(q) else Aspect.OVERVIEW)
        )
        verdict: Literal["answer", "clarify", "not_found"] = (
            "answer" if isinstance(decision, Answered) else "not_found" if isinstance(decision, NotFound) else "clarify"
        )
        hits = [
            HitOut(
                guide_id=hit.guide_id,
                guide_name=library.title(hit.guide_id),
                score=round(hit.score, 4),
                text=hit.text,
            )
            for hit in decision.hits
            if hit.has_guide
        ]
        return SearchOut(
            decision=verdict,
            aspect=aspect,
            hits=hits[:limit],
            took_ms=round((time.perf_counter() - began) * 1000, 2),
        )

    @router.get("/suggest")
    def suggest(prefix: str = "", lang: Language = Language.SIMPLIFIED) -> dict[str, list[str]]:
        library = hall.library()
        found = library.suggest(simplified(prefix[:50]), MOST_SUGGESTIONS)
        return {"suggestions": [traditional(each) if lang is Language.TRADITIONAL else each for each in found]}

    @router.get("/guides", responses=refusals({422: "unknown_audience, unknown_region"}))
    def list_guides(
        theme: str | None = None,
        audience: str | None = None,
        region: str | None = None,
        page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    ) -> GuidesOut:
        library = hall.library()
        place = _region_or_refuse(library, region)
        wanted = _audience_or_refuse(audience)
        guides = [
            guide
            for guide_id in library.guide_ids
            if (guide := library.guide(guide_id, place))
            and (theme is None or guide.theme == theme)
            and (wanted is None or wanted in guide.audience)
        ]
        shown = guides[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        return GuidesOut(
            guides=[
                GuideLine(
                    guide_id=guide.id,
                    guide_name=guide.name,
                    theme=guide.theme,
                    audience=list(guide.audience),
                    region=place,
                    summary=guide.summary,
                )
                for guide in shown
            ],
            page=page,
            pages=max(1, -(-len(guides) // PAGE_SIZE)),
            total=len(guides),
        )

    @router.get("/guides/{guide_id}", responses=refusals({404: "unknown_guide", 422: "unknown_region"}))
    def show_guide(guide_id: str, region: str | None = None) -> dict[str, Any]:
        library = hall.library()
        place = _region_or_refuse(library, region)
        guide = library.guide(guide_id, place)
        if guide is None:
            raise Refusal(404, "unknown_guide", "没有这份办事指南，请从事项列表里重新选择。")
        return whole_guide(guide, place, library)

    @router.get(
        "/export",
        response_class=Response,
        responses=_FILES | refusals({422: "invalid_input, unknown_region"}),
        dependencies=[Depends(limits.check_export)],
    )
    async def export(format: Literal["json", "csv", "xlsx"] = "json", region: str | None = None) -> Response:
        place = _region_or_refuse(hall.library(), region)
        return Response(
            await exports.take(format, place),
            media_type=_MEDIA_TYPES[format],
            headers={"Content-Disposition": f'attachment; filename="wenban-guides.{format}"'},
        )

    return router


def _region_or_refuse(library: Library, region: str | None) -> str:
    if region is None or region == "":
        return library.home
    if region not in library.regions:
        raise Refusal(422, "unknown_region", "没有这个地区，请重新选择所在的区。")
    return region


def _audience_or_refuse(audience: str | None) -> Audience | None:
    if not audience:
        return None
    if audience in set(Audience):
        return Audience(audience)
    if audience not in _AUDIENCES:
        raise Refusal(422, "unknown_audience", "服务对象请填“个人”或“企业”。")
    return _AUDIENCES[audience]
