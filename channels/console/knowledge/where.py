"""Where an edit is made: the region that it speaks for, and the authority that handles the item."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge_base.library import Library
from service_hall.publishing.draft import DocumentKey
from service_hall.staff.member import Place


def place_of(library: Library, key: DocumentKey) -> Place:
    guide = library.guide(key.guide_id, key.region)
    bodies = ""
    if guide:
        authority = guide.authority
        bodies = " ".join((authority.implementing_body, authority.handled_by, *authority.joint_departments))
    regions = library.regions.chain(key.region) if key.region in library.regions else ()
    return Place(regions, bodies)


def whole_hall(library: Library) -> Place:
    """Of what holds for all citizens: whoever is limited to a part of the region, or to departments, is not there."""
    return Place(library.regions.chain(library.home), "全厅")


def region_names(library: Library) -> Mapping[str, str]:
    return {region.code: region.name for region in library.regions}
