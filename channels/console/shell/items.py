"""Which items a page tells of: whoever is limited to departments sees theirs."""

from __future__ import annotations

from knowledge_base.library import Library
from service_hall.hall import Hall
from service_hall.staff.member import Member, Place

_MOST_KEPT = 64
_kept: dict[frozenset[str], tuple[Library, frozenset[str]]] = {}
"""Departments → what is theirs in that library; with another one it is looked up anew."""


def items_of(member: Member, hall: Hall) -> frozenset[str] | None:
    """None: she is not limited. What no department handles, a topic of the hall too, is everybody's."""
    if not member.departments:
        return None
    library, found = hall.library(), _kept.get(member.departments)
    if found is None or found[0] is not library:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        limited = Member("", frozenset(), departments=member.departments)
        hers = {item for item in library.guide_ids if limited.covers(Place(bodies=bodies_of(library, item)))}
        found = _kept[member.departments] = (library, frozenset(hers | set(library.topic_ids)))
    return found[1]


def bodies_of(library: Library, item: str, region: str | None = None) -> str:
    """Who handles the item, in one text."""
    guide = library.guide(item, region)
    if guide is None:
        return ""
    authority = guide.authority
    return " ".join((authority.implementing_body, authority.handled_by, *authority.joint_departments))
