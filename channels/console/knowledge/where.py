"""Where an edit is made: the region that it speaks for, the authority that handles the item, and its published page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from channels.console.shell.items import bodies_of
from knowledge_base.library import Library
from knowledge_base.model import RegionCode
from service_hall.publishing.documents import found_as
from service_hall.publishing.draft import DocumentKey, DocumentKind
from service_hall.staff.member import Place
from service_hall.staff.roles import Action

WRITING: Mapping[DocumentKind, Action] = {
    DocumentKind.GUIDE: Action.EDIT_KNOWLEDGE,
    DocumentKind.FACT: Action.EDIT_OFFICES,
    DocumentKind.SCENARIO: Action.EDIT_SCENARIOS,
    DocumentKind.RATES: Action.EDIT_SCENARIOS,
}
"""Who may write what."""
_HOMES: Mapping[DocumentKind, str] = {
    DocumentKind.GUIDE: "/console/knowledge/guides",
    DocumentKind.FACT: "/console/facts",
    DocumentKind.SCENARIO: "/console/scenarios",
    DocumentKind.RATES: "/console/rates",
}


def place_of(library: Library, key: DocumentKey) -> Place:
    if key.kind in (DocumentKind.SCENARIO, DocumentKind.RATES):
        return whole_hall(library)
    bodies = bodies_of(library, key.guide_id, key.region)
    regions = library.regions.chain(key.region) if key.region in library.regions else ()
    return Place(regions, bodies)


def whole_hall(library: Library) -> Place:
    """Of what holds for all citizens: whoever is limited to a part of the region, or to departments, is not there."""
    return Place(library.regions.chain(library.home), "全厅")


def region_names(library: Library) -> Mapping[str, str]:
    return {region.code: region.name for region in library.regions}


def region_name(library: Library, key: DocumentKey) -> str:
    """'' for what holds everywhere."""
    if key.kind in (DocumentKind.SCENARIO, DocumentKind.RATES):
        return ""
    return region_names(library).get(key.region, key.region)


def home_of(key: DocumentKey) -> str:
    """The address of what is published."""
    if key.kind is DocumentKind.FACT:
        return f"{_HOMES[key.kind]}/{fact_key(key)}"
    return f"{_HOMES[key.kind]}/{quote(key.thing_id)}"


def shown_at(library: Library, found_id: str, statement: str = "") -> str:
    """The address of what answers at home, down to its statement (`id-card-lost/fee`); '' for what there is no more."""
    if found_id in library.names:
        at = statement.partition("/")[2]
        return f"{_HOMES[DocumentKind.GUIDE]}/{quote(found_id)}?region={library.home}{f'#{at}' if at else ''}"
    if scenario := library.scenario_of(found_id):
        return f"{_HOMES[DocumentKind.SCENARIO]}/{quote(scenario.id)}"
    return _HOMES[DocumentKind.FACT] if found_id in library.topic_names else ""


def fact_key(key: DocumentKey) -> str:
    """In an address: topic, region, and the day from which it holds, where it says one."""
    return f"{key.guide_id}@{key.region}{f'@{key.effective_from}' if key.effective_from else ''}"


def key_in(kind: DocumentKind, thing_id: str, region: str, effective_from: str) -> DocumentKey:
    match kind:
        case DocumentKind.SCENARIO:
            return DocumentKey.of_scenario(thing_id)
        case DocumentKind.RATES:
            return DocumentKey.of_rates(thing_id)
    return DocumentKey(thing_id, RegionCode(region), effective_from)


def is_known(library: Library, key: DocumentKey) -> bool:
    """Whether there is such a thing at all."""
    published = library.published
    match key.kind:
        case DocumentKind.SCENARIO:
            return published.scenario_ever(key.thing_id) is not None
        case DocumentKind.RATES:
            return key.thing_id in published.rates.files
        case DocumentKind.FACT:
            return found_as(key) in published.topics
    return key.guide_id in library.names
