"""A document in parts: its head, and each statement; of a life event each question, step and paper. Two who edit
different parts never meet; who changes a part that somebody else has changed meanwhile is told what it says now, and
keeps what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NewType

from knowledge_base.documents import Body
from service_hall.publishing.draft import digest_of

PartName = NewType("PartName", str)
"""`-`, the head; the id of a statement; of a scenario or rates list and id, `questions.born`, or a list as a whole,
`conditions`."""
HEAD = PartName("-")
LISTS = ("statements", "add", "replace")
NAMED_LISTS = ("questions", "steps", "calculated", "papers", "rates")
"""Of scenarios and rates: what stands there is named behind its list."""
WHOLE = ("conditions", "notes")
_OUTSIDE_HEAD = frozenset({*LISTS, "remove", *NAMED_LISTS, *WHOLE})


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
    if name in WHOLE:
        return Part(name, {name: body[name]} if body.get(name) else {}, name)
    within, _, named = name.partition(".")
    lists, own = ((within,), named) if within in NAMED_LISTS else (LISTS, name)
    for each in lists:
        for entry in body.get(each) or ():
            if entry.get("id") == own:
                return Part(name, entry, each)
    return Part(name, None, within if within in NAMED_LISTS else "")


def with_part(body: Body, part: Part) -> dict[str, Any]:
    """`value` None takes the statement away. A new one comes last in its list."""
    if part.name == HEAD:
        kept = {key: value for key, value in body.items() if key in _OUTSIDE_HEAD}
        return {**(part.value or {}), **kept}
    if part.name in WHOLE:
        kept = {key: value for key, value in body.items() if key != part.name}
        return kept | ({part.name: part.value[part.name]} if part.value and part.value.get(part.name) else {})
    found = part_of(body, part.name)
    within = found.within or part.within or ("statements" if "statements" in body else "add")
    entries, own = list(body.get(within) or ()), id_in(part.name)
    at = next((position for position, entry in enumerate(entries) if entry.get("id") == own), len(entries))
    entries[at : at + 1] = [] if part.value is None else [dict(part.value)]
    return {**body, within: entries}


def part_at(body: Body, place: Sequence[str | int]) -> PartName | None:
    """The part in which the place lies; None: the head."""
    within, *rest = (*place, None)[:2] or (None,)
    if within in WHOLE:
        return PartName(str(within))
    at = rest[0] if rest else None
    entries = body.get(str(within)) or []
    if within not in (*LISTS, *NAMED_LISTS) or not isinstance(at, int) or at >= len(entries):
        return None
    named = str(entries[at].get("id", ""))
    return PartName(f"{within}.{named}" if within in NAMED_LISTS else named)


def id_in(name: PartName) -> str:
    """`born`, of `questions.born`."""
    within, _, named = name.partition(".")
    return named if within in NAMED_LISTS else name


def moved(body: Body, name: PartName, by: int) -> dict[str, Any]:
    """`by`: so many places later, earlier where negative. Questions are asked in their order."""
    within, own = part_of(body, name).within, id_in(name)
    entries = list(body.get(within) or ())
    at = next((position for position, entry in enumerate(entries) if entry.get("id") == own), None)
    if at is None:
        return dict(body)
    entries.insert(min(max(at + by, 0), len(entries) - 1), entries.pop(at))
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
    for name in dict.fromkeys((HEAD, *names_in(own), *names_in(other), *names_in(base))):
        was, mine, its = (part_of(each, name) for each in (base, own, other))
        if its.value in (was.value, mine.value):
            continue
        if mine.value == was.value:
            body = with_part(body, its)
        else:
            both.append(name)
    return LaidTogether(body, tuple(both))


def names_in(body: Body) -> list[PartName]:
    """Of all parts but the head, in the document's order."""
    named = [
        PartName(f"{within}.{entry['id']}")
        for within in NAMED_LISTS
        for entry in body.get(within) or ()
        if isinstance(entry, Mapping) and "id" in entry
    ]
    whole = [PartName(name) for name in WHOLE if name in body]
    return [*(PartName(entry["id"]) for _, entry in statements_in(body)), *named, *whole]
