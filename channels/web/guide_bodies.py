"""A guide as other programs receive it: statements by the elements of GB/T 39046-2020, each with what it rests on."""

from __future__ import annotations

from typing import Any

from channels.guide_view import resolved
from knowledge_base.library import Library
from knowledge_base.model import ServiceGuide
from knowledge_base.statements import FrequentQuestion, Statement

ELEMENTS = {
    "summary": "summaries",
    "condition": "eligibility",
    "exclusion": "exclusions",
    "material": "materials",
    "step": "steps",
    "limit": "time_limits",
    "fee": "fees",
    "amount": "amounts",
    "channel": "channels",
    "visits": "visits",
    "reach": "reach",
    "place": "where",
    "contact": "contact",
    "proxy": "proxy",
    "validity": "validity",
    "note": "notes",
    "faq": "faq",
}
"""Kind of statement → the element that it fills."""


def whole_guide(guide: ServiceGuide, region: str, library: Library) -> dict[str, Any]:
    """`region`: the one that was asked for; the guide's own is the most local one that wrote a part of it."""
    elements: dict[str, list[dict[str, Any]]] = {name: [] for name in ELEMENTS.values()}
    for statement in guide.statements:
        elements[ELEMENTS[statement.kind]].append(statement_body(guide, statement, library))
    return {
        "guide_id": guide.id,
        "guide_name": guide.name,
        **guide.model_dump(mode="json", exclude={"statements", "legal_basis"}),
        "region": region,
        "written_for": guide.region,
        "summary": guide.summary,
        "legal_basis": resolved(guide.legal_basis, library),
        **elements,
    }


def statement_body(guide: ServiceGuide, statement: Statement, library: Library) -> dict[str, Any]:
    question = {"question": statement.asked[0].q} if isinstance(statement, FrequentQuestion) else {}
    return {
        "statement_id": f"{guide.id}/{statement.id}",
        **statement.model_dump(mode="json", exclude={"asked", "source", "aspects"}),
        **question,
        "aspects": [aspect.value for aspect in statement.about],
        "state": library.state_of(statement).value,
        "sources": resolved(statement.source, library),
    }
