"""A document in parts: its head, and each statement. Two who edit different parts never meet; who changes a part that
somebody else has changed meanwhile is told what it says now, and keeps what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NewType

from knowledge_base.documents import Body
from service_hall.publishing.draft import digest_of

PartName = NewType("PartName", str)
"""`-`, the head; or the id of a statement."""
HEAD = PartName("-")
LISTS = ("statements", "add", "replace")
_OUTSIDE_HEAD = frozenset({*LISTS, "remove"})


@dataclass(frozen=True)
class Part:
    name: PartName
    value: Body | None
    """None: there is no such statement (any more)."""
    within: str = ""
    """Of a statement: in which list it stands."""

    @property
    def digest(self) -> str:
        return digest_of(self.value)


def part_of(body: Body, name: PartName) -> Part:
    if name == HEAD:
        return Part(HEAD, {key: value for key, value in body.items() if key not in _OUTSIDE_HEAD})
    for within in LISTS:
        for entry in body.get(within) or ():
            if entry.get("id") == name:
                return Part(name, entry, within)
    return Part(name, None)


def with_part(body: Body, part: Part) -> dict[str, Any]:
    """`value` None takes the statement away. A new one comes last in its list."""
    if part.name == HEAD:
        kept = {key: value for key, value in body.items() if key in _OUTSIDE_HEAD}
        return {**(part.value or {}), **kept}
    found = part_of(body, part.name)
    within = found.within or part.within or ("statements" if "statements" in body else "add")
    entries = list(body.get(within) or ())
    at = next((position for position, entry in enumerate(entries) if entry.get("id") == part.name), len(entries))
    entries[at : at + 1] = [] if part.value is None else [dict(part.value)]
    return {**body, within: entries}


def without_inherited(body: Body, statement_id: str) -> dict[str, Any]:
    """A region's document that says that what stands above does not hold there."""
    removed = [*(body.get("remove") or ()), statement_id]
    return {**body, "remove": list(dict.fromkeys(removed))}


def with_inherited(body: Body, statement_id: str) -> dict[str, Any]:
    """It holds there again."""
    return {**body, "remove": [each for each in body.get("remove") or () if each != statement_id]}


def statements_in(body: Body) -> list[tuple[str, Mapping[str, Any]]]:
    """Each behind the list in which it stands."""
    return [(within, entry) for within in LISTS for entry in body.get(within) or ()]


@dataclass(frozen=True)
class LaidTogether:
    body: Body
    """Of each part what was changed by one of the two; of those that both changed, the draft's."""
    both: tuple[PartName, ...]
    """Changed by both, to different ends."""


def lay_together(base: Body, own: Body, other: Body) -> LaidTogether:
    """Two bodies that both came from `base`."""
    body, both = own, []
    for name in dict.fromkeys((HEAD, *_ids_in(own), *_ids_in(other), *_ids_in(base))):
        was, mine, its = (part_of(each, name) for each in (base, own, other))
        if its.value in (was.value, mine.value):
            continue
        if mine.value == was.value:
            body = with_part(body, its)
        else:
            both.append(name)
    return LaidTogether(body, tuple(both))


def _ids_in(body: Body) -> list[PartName]:
    return [PartName(entry["id"]) for _, entry in statements_in(body)]
