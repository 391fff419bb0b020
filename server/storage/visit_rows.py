"""Rows of the ledger as the hall's records, and the other way round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from service_hall.visits.closures import Closure, ExtraHours
from service_hall.visits.ledger import Appeal, Look, Rating
from service_hall.visits.notices import Notice, NoticeKind
from service_hall.visits.pack import Pack
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import SealedPerson, Share, Visit, VisitEvent
from service_hall.visits.waiting import Wish, WishStatus

Row = sa.Row[Any]
Values = dict[str, Any]
NOBODY: Mapping[str, None] = {"person_sealed": None, "id_key": None, "name_key": None}
"""Where a person was."""


def _names(record: type[Any], *but: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record) if field.name not in but)


# What a column keeps as it is; the rest is spelled out below.
_VISIT = _names(Visit, "share", "status", "person", "pack")
_EVENT = _names(VisitEvent, "move", "before", "after", "note")
_WISH = _names(Wish, "person", "status")
_NOTICE = _names(Notice, "kind", "facts")
_CLOSURE, _EXTRA, _APPEAL, _RATING, _LOOK = map(_names, (Closure, ExtraHours, Appeal, Rating, Look))


def visit_values(visit: Visit) -> Values:
    return {
        **_taken(visit, _VISIT),
        **_person_values(visit.person),
        **pack_values(visit.pack),
        "share": visit.share.value,
        "status": visit.status.value,
    }


def pack_values(pack: Pack) -> Values:
    return {"pack": pack.model_dump(mode="json", exclude_defaults=True), "pack_digest": pack.digest}


def visit_of(row: Row) -> Visit:
    return Visit(
        **_taken(row, _VISIT),
        share=Share(row.share),
        status=Status(row.status),
        person=_person_of(row),
        pack=Pack.model_validate(row.pack),
    )


def event_values(event: VisitEvent) -> Values:
    return {
        **_taken(event, _EVENT),
        "move": event.move.value,
        "before": event.before.value if event.before else None,
        "after": event.after.value,
        "note": dict(event.note),
    }


def event_of(row: Row) -> VisitEvent:
    before = Status(row.before) if row.before else None
    return VisitEvent(**_taken(row, _EVENT), move=Move(row.move), before=before, after=Status(row.after), note=row.note)


def wish_values(wish: Wish) -> Values:
    return {**_taken(wish, _WISH), **_person_values(wish.person), "status": wish.status.value}


def wish_of(row: Row) -> Wish:
    return Wish(**_taken(row, _WISH), person=_person_of(row), status=WishStatus(row.status))


def notice_values(notice: Notice) -> Values:
    return {**_taken(notice, _NOTICE), "kind": notice.kind.value, "facts": dict(notice.facts)}


def notice_of(row: Row) -> Notice:
    return Notice(**_taken(row, _NOTICE), kind=NoticeKind(row.kind), facts=row.facts)


def closure_of(row: Row) -> Closure:
    return Closure(**_taken(row, _CLOSURE))


def extra_hours_of(row: Row) -> ExtraHours:
    return ExtraHours(**_taken(row, _EXTRA))


def appeal_of(row: Row) -> Appeal:
    return Appeal(**_taken(row, _APPEAL))


def rating_of(row: Row) -> Rating:
    return Rating(**_taken(row, _RATING))


def look_of(row: Row) -> Look:
    return Look(**_taken(row, _LOOK))


def plain_values(record: Closure | ExtraHours | Appeal | Rating | Look) -> Values:
    """Of a record whose columns keep everything as it is."""
    return _taken(record, _names(type(record)))


def _taken(source: object, names: tuple[str, ...]) -> Values:
    return {name: getattr(source, name) for name in names}


def _person_values(person: SealedPerson | None) -> Mapping[str, str | None]:
    kept = person or SealedPerson("", "", "")
    # Nothing is NULL, so that an index of those who have it stays small.
    return {"person_sealed": kept.sealed or None, "id_key": kept.id_key or None, "name_key": kept.name_key or None}


def _person_of(row: Row) -> SealedPerson | None:
    if row.name_key:
        return SealedPerson(row.person_sealed or "", row.id_key or "", row.name_key or "")
    return None
