"""`/console/knowledge/guides`: every item, with its guide or without, found by name, theme and state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Depends, Response

from channels.console.shell.console import Console, Seat
from channels.console.shell.paging import EACH, Paging
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library
from knowledge_base.model import CatalogueItem
from service_hall.publishing.draft import OPEN, DraftLine
from service_hall.publishing.use_cases import Publishing
from service_hall.staff.roles import Action

GUIDES = "/console/knowledge/guides"
SOON_DAYS = 60
MOST_DRAFTS = 1000
STATES = (
    ("draft", "有草稿"),
    ("review", "在审核"),
    ("none", "还没有指南"),
    ("ends", f"{SOON_DAYS}天内到期"),
)


@dataclass(frozen=True)
class Row:
    item: CatalogueItem
    statements: int
    regions: int
    """Documents below the national one."""
    ends: date | None
    draft: DraftLine | None


def make_listing_router(console: Console, publishing: Publishing) -> APIRouter:
    router = APIRouter(prefix=GUIDES, include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_KNOWLEDGE))

    @router.get("")
    def show_all(q: str = "", theme: str = "", state: str = "", page: int = 1, seat: Seat = reader) -> Response:
        library = publishing.desk.library
        drafts = {each.key.guide_id: each for each in publishing.desk.records.lines(sorted(OPEN), MOST_DRAFTS)}
        found = [
            item
            for item in library.published.catalogue
            if (not theme or item.theme == theme) and is_called(item, q) and _is_in(library, item, state, drafts)
        ]
        paging = Paging(GUIDES, max(page, 1), len(found), {"q": q, "theme": theme, "state": state})
        return seat.show(
            "knowledge/guides.html",
            rows=[_row(library, item, drafts) for item in found[paging.first : paging.first + EACH]],
            themes=list(dict.fromkeys(item.theme for item in library.published.catalogue)),
            states=STATES,
            paging=paging,
            q=q,
            theme=theme,
            state=state,
        )

    return router


def is_called(item: CatalogueItem, q: str) -> bool:
    wanted = plain(q)
    return not wanted or any(wanted in plain(name) for name in (item.name, item.id, *item.also_called))


def _is_in(library: Library, item: CatalogueItem, state: str, drafts: dict[str, DraftLine]) -> bool:
    match state:
        case "draft":
            return item.id in drafts
        case "review":
            return item.id in drafts and drafts[item.id].state.value == "in_review"
        case "none":
            return item.id not in library.published.documents
        case "ends":
            ends = _ends(library, item)
            return ends is not None and ends <= library.on + timedelta(days=SOON_DAYS)
    return True


def _ends(library: Library, item: CatalogueItem) -> date | None:
    """The first day on which a document or a statement of it ends."""
    ends = [
        day
        for document in library.published.documents.get(item.id, ())
        for day in (document.ends, *(_day(each.get("effective_to")) for each in document.stated))
        if day is not None and day >= library.on
    ]
    return min(ends, default=None)


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def _row(library: Library, item: CatalogueItem, drafts: dict[str, DraftLine]) -> Row:
    guide = library.guide(item.id)
    documents = library.published.documents.get(item.id, ())
    return Row(
        item,
        len(guide.statements) if guide else 0,
        len({each.region for each in documents}) - 1 if documents else 0,
        _ends(library, item),
        drafts.get(item.id),
    )
