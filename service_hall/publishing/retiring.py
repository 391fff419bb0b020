"""Who uses an item that a draft would end: life events that lead through it, and bookings after its last day."""

from __future__ import annotations

from datetime import timedelta

from knowledge_base.model import NATIONAL
from knowledge_base.trying_out import with_document
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.draft import DocumentKind, Draft
from service_hall.publishing.outcomes import InUse
from service_hall.visits.ledger import Page
from service_hall.visits.visit import Visit

MOST_LISTED = 50
_NO_PACK = ""
"""No pack was taken from it: every booking of the item differs from it."""


def in_use(desk: PublishingDesk, draft: Draft) -> InUse | None:
    """None: it retires nothing, or nothing that is used."""
    if draft.key.kind is not DocumentKind.GUIDE:
        return None
    last_day = draft.document.ends
    if draft.key.region != NATIONAL or last_day is None or not _is_last(desk, draft):
        return None
    published, after = desk.library.published, max(last_day + timedelta(days=1), desk.today)
    scenarios = [each.title for each in published.scenarios.values() if draft.key.guide_id in each.items]

    def booked(page: Page) -> list[Visit]:
        return page.packs_to_check(draft.key.guide_id, _NO_PACK, after, MOST_LISTED)

    bookings = [_shown(desk, each) for each in desk.means.ledger.read(booked)]
    return InUse(scenarios, bookings) if scenarios or bookings else None


def _is_last(desk: PublishingDesk, draft: Draft) -> bool:
    """No later national document goes on."""
    documents = with_document(desk.library.published, draft.document).documents[draft.key.guide_id]
    ends = draft.document.ends
    return ends is not None and not any(
        each.region == NATIONAL and (each.ends is None or each.ends > ends) for each in documents
    )


def _shown(desk: PublishingDesk, visit: Visit) -> str:
    office = desk.means.office(visit.office_id)
    return f"{visit.code} {visit.day} {office.name if office else visit.office_id}"
