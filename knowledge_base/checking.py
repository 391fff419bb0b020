"""What is looked for in a guide document before it is laid over another; each finding with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge_base.documents import KEYED_LISTS
from knowledge_base.model import SAMPLE
from knowledge_base.yaml_lines import Place

Finding = tuple[Place, str]


def faulty_lists(value: Any, place: Place = ()) -> Iterator[Finding]:
    """Lists that merge by a key need it in every entry, once."""
    for name, child in _children(value):
        at = (*place, name)
        key = KEYED_LISTS.get(name) if isinstance(name, str) else None
        # Lists of plain words (proxy.materials) replace each other whole.
        if key and isinstance(child, list) and any(isinstance(entry, Mapping) for entry in child):
            seen: set[str] = set()
            for position, entry in enumerate(child):
                named = entry.get(key) if isinstance(entry, Mapping) else None
                if not isinstance(named, str):
                    yield (*at, position), f"每一项都要有 {key}"
                elif named in seen:
                    yield (*at, position, key), f"{key} 重复：{named}"
                else:
                    seen.add(named)
        yield from faulty_lists(child, at)


def undeclared_sources(value: Any, declared: set[str], place: Place = ()) -> Iterator[Finding]:
    """Facts of this document that name a source which the guide does not have."""
    for name, child in _children(value):
        at = (*place, name)
        if name == "source" and isinstance(child, str) and child not in declared:
            yield at, f"引用了没有声明的来源：{child}"
        elif at == ("legal_basis",) and isinstance(child, list):
            for position, named in enumerate(child):
                if isinstance(named, str) and named not in declared:
                    yield (*at, position), f"引用了没有声明的来源：{named}"
        else:
            yield from undeclared_sources(child, declared, at)


def names_sample_facts(value: Any) -> bool:
    return any((name == "source" and child == SAMPLE) or names_sample_facts(child) for name, child in _children(value))


def own_place(whole: Any, own: Any, place: Place) -> Place:
    """Where a place in the guide laid together stands in one of its documents, as far as it stands there at all.

    The second material of the whole may be the first that the district wrote.
    """
    found: Place = ()
    for step in place:
        mine: str | int | None
        if isinstance(step, int) and isinstance(own, list) and found and (key := KEYED_LISTS.get(str(found[-1]))):
            named = whole[step].get(key) if isinstance(whole[step], Mapping) else None
            mine = next(
                (at for at, entry in enumerate(own) if isinstance(entry, Mapping) and entry.get(key) == named), None
            )
        else:
            mine = step if _holds(own, step) else None
        if mine is None:
            # A missing field stands nowhere: the line of what lacks it is shown.
            return (*found, step) if isinstance(step, str) else found
        found = (*found, mine)
        own = own[mine]
        whole = whole[step] if _holds(whole, step) else None
    return found


def _holds(value: Any, step: str | int) -> bool:
    return (isinstance(value, Mapping) and step in value) or (
        isinstance(value, list) and isinstance(step, int) and step < len(value)
    )


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)
