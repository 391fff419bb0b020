"""What two bodies of a document say differently, field by field, in words that a curator reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from knowledge_base.documents import Body
from service_hall.publishing.fields import FieldNames, field_names
from service_hall.publishing.parts import HEAD, NAMED_LISTS, Part, PartName, names_in, part_of, statements_in, with_part
from service_hall.publishing.scenario_fields import LIST_NAMES, label_of, list_of, part_title
from service_hall.publishing.scenario_written import as_text


@dataclass(frozen=True)
class Piece:
    """Of a text: `is_changed` where the other one has something else."""

    text: str
    is_changed: bool


@dataclass(frozen=True)
class Difference:
    part: PartName
    """Where it stands."""
    where: str
    """费用 fee-lost · 金额"""
    before: str
    """Empty: it was not there."""
    after: str
    """Empty: it is gone."""

    @property
    def pieces_before(self) -> tuple[Piece, ...]:
        return tuple(_pieces(self.before, self.after))

    @property
    def pieces_after(self) -> tuple[Piece, ...]:
        return tuple(_pieces(self.after, self.before))


def differences(before: Body | None, after: Body | None) -> tuple[Difference, ...]:
    """The head first, then statement by statement as they stand in `after`, those that are gone last."""
    before, after, names = before or {}, after or {}, field_names()
    if _is_of_parts(before) or _is_of_parts(after):
        return tuple(_of_parts(before, after))
    found = list(_of_fields(HEAD, "指南", part_of(before, HEAD).value, part_of(after, HEAD).value, names))
    was = {entry["id"]: entry for _, entry in statements_in(before)}
    now = {entry["id"]: entry for _, entry in statements_in(after)}
    for statement_id in (*now, *(each for each in was if each not in now)):
        old, new = was.get(statement_id), now.get(statement_id)
        kind = names.kinds.get(str((new or old or {}).get("kind")), "陈述")
        found += _of_fields(PartName(statement_id), f"{kind} {statement_id}", old, new, names)
    removed, removes = list(before.get("remove") or ()), list(after.get("remove") or ())
    if removed != removes:
        found.append(Difference(HEAD, "本地不适用的陈述", "\n".join(removed), "\n".join(removes)))
    return tuple(found)


def _is_of_parts(body: Body) -> bool:
    """A life event, or rates."""
    return any(name in body for name in NAMED_LISTS)


def _of_parts(before: Body, after: Body) -> Iterator[Difference]:
    for name in dict.fromkeys((HEAD, *names_in(after), *names_in(before))):
        old, new = part_of(before, name).value, part_of(after, name).value
        for field in dict.fromkeys((*(new or {}), *(old or {}))):
            was, now = (as_text(field, (each or {}).get(field)) for each in (old, new))
            if was != now and field != "id":
                yield Difference(name, f"{part_title(name)} · {label_of(name, field)}", was, now)
    for within in NAMED_LISTS:
        order = [[str(entry.get("id")) for entry in each.get(within) or ()] for each in (before, after)]
        both = set(order[0]) & set(order[1])
        was_order, now_order = ([each for each in one if each in both] for one in order)
        if was_order != now_order:
            yield Difference(HEAD, f"{LIST_NAMES[within]}的先后", "、".join(was_order), "、".join(now_order))


def of_part(before: Part, after: Part) -> tuple[Difference, ...]:
    """What two texts of one part say differently."""
    if list_of(after.name) != HEAD:
        return tuple(_of_parts(with_part({}, before), with_part({}, after)))
    return tuple(_of_fields(after.name, "这里", before.value, after.value, field_names()))


def _of_fields(
    part: PartName, called: str, old: Body | None, new: Body | None, names: FieldNames
) -> Iterator[Difference]:
    if old is None or new is None:
        if old != new:
            yield Difference(part, called, _says(old, names), _says(new, names))
        # Of a new statement a reviewer reads all: what it rests on, and what is asked.
        for name in new or {} if part != HEAD else ():
            if name not in ("id", "kind", "says"):
                yield Difference(part, f"{called} · {names.label(name)}", "", _written(new or {}, name, names))
        return
    for name in dict.fromkeys((*new, *old)):
        if old.get(name) != new.get(name):
            yield Difference(
                part, f"{called} · {names.label(name)}", _written(old, name, names), _written(new, name, names)
            )


def _says(entry: Body | None, names: FieldNames) -> str:
    return "" if entry is None else str(entry.get("says") or names.value(entry))


def _written(entry: Mapping[str, Any], name: str, names: FieldNames) -> str:
    value = entry.get(name)
    if name == "asked":
        return "\n".join(one if isinstance(one, str) else str(one.get("q", "")) for one in value or ())
    return names.value(value)


def _pieces(own: str, other: str) -> Iterator[Piece]:
    for what, begins, ends, _, _ in SequenceMatcher(a=own, b=other, autojunk=False).get_opcodes():
        if begins < ends:
            yield Piece(own[begins:ends], what != "equal")
