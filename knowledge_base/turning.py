"""Which guides and topics tell something else on one day than on another, though nobody changed them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge_base.documents import GuideDocument, holds
from knowledge_base.published import Published


def that_turn(published: Published, before: date, on: date) -> frozenset[str]:
    if before == on:
        return frozenset()
    told = {**published.documents, **published.topics}
    return frozenset(each for each, documents in told.items() if _turns(documents, before, on))


def _turns(documents: Sequence[GuideDocument], before: date, on: date) -> bool:
    return any(
        document.is_in_force(before) != document.is_in_force(on)
        or any(holds(each, before) != holds(each, on) for each in document.stated)
        for document in documents
    )
