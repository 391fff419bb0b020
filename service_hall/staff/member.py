"""A member of staff, and whether she may do something somewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from service_hall.staff.roles import WHO_MAY, Action, Role


@dataclass(frozen=True)
class Place:
    """Where something is done. `regions`: the region with all above it (`RegionTree.chain`); empty: it has none.
    `bodies`: the names of those who handle it, in one text; empty: it is nobody's in particular."""

    regions: Collection[str] = ()
    bodies: str = ""


ANYWHERE = Place()


@dataclass(frozen=True)
class Member:
    """`regions`: their codes, each with all below it; `departments`: words like 公安 or 民政, one of which names who
    handles it. Empty: she is not limited. `must_change`: others know her password, so that she does nothing before she
    has another one."""

    name: str
    roles: frozenset[Role]
    regions: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    must_change: bool = False

    def covers(self, place: Place) -> bool:
        in_region = not (self.regions and place.regions) or not self.regions.isdisjoint(place.regions)
        of_department = not (self.departments and place.bodies) or any(
            each in place.bodies for each in self.departments
        )
        return in_region and of_department


def may(member: Member | None, action: Action, place: Place = ANYWHERE) -> bool:
    """None: anonymous, who may nothing."""
    if member is None:
        return False
    if member.must_change and action is not Action.OWN_ACCOUNT:
        return False
    return bool(member.roles & WHO_MAY[action]) and member.covers(place)
