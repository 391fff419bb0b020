"""What of the kept rows can be published. A faulty row is left out with what hangs on it, and named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from knowledge_base.checking import (
    Finding,
    faults_in_topic,
    faults_in_whole,
    faults_of_document,
    faults_over,
    unknown_sources,
)
from knowledge_base.documents import Body, GuideDocument, resolve_body
from knowledge_base.hall_topics import is_topic, resolve_topic_body
from knowledge_base.kept import Changed, FaultyRow, Kept, KeptRow, Kind, faulty_row
from knowledge_base.library import Published
from knowledge_base.model import NATIONAL, CatalogueItem, Office, Region, RegionCode
from knowledge_base.rates import WrittenRates
from knowledge_base.regions import RegionTree
from knowledge_base.scenarios.model import WrittenScenario
from knowledge_base.scenarios.sifting import sound_rates, sound_scenarios, with_written, written_in
from knowledge_base.sources import LegalText
from knowledge_base.yaml_lines import Place

Thing = TypeVar("Thing", bound=BaseModel)
Documents = Mapping[str, Sequence[GuideDocument]]
NOTHING_SHIPPED = RegionTree([])
NO_SCENARIOS: Mapping[str, WrittenScenario] = {}
NO_RATES: Mapping[str, WrittenRates] = {}


@dataclass(frozen=True)
class Sifted:
    published: Published
    faults: tuple[FaultyRow, ...]


def sift(
    kept: Kept,
    home: RegionCode,
    on: date,
    shipped: RegionTree = NOTHING_SHIPPED,
    scenarios: Mapping[str, WrittenScenario] = NO_SCENARIOS,
    rates: Mapping[str, WrittenRates] = NO_RATES,
) -> Sifted:
    """What speaks on that day. `shipped`: the regions of the content files, which stand in where a fault would leave
    the hall without its own region. `scenarios`, `rates`: those of the content files, for the faulty ones."""
    faults: list[FaultyRow] = []
    regions = _sound_regions(kept.regions, home, shipped, faults)
    catalogue = [item for _, item in _sound(Kind.ITEM, kept.catalogue, CatalogueItem, "id", faults)]
    offices = _sound_offices(kept.offices, regions, faults)
    sources = {source.id: source for _, source in _sound(Kind.SOURCE, kept.sources, LegalText, "id", faults)}
    documents = _sound_documents(kept.documents, regions, {item.id for item in catalogue}, on, faults)
    found = with_written(
        _in_order(regions, catalogue, offices, documents, sources),
        sound_scenarios(kept.scenarios, scenarios, faults),
        sound_rates(kept.rates, rates, faults),
    )
    return Sifted(found, tuple(faults))


def _in_order(
    regions: RegionTree,
    catalogue: Sequence[CatalogueItem],
    offices: Sequence[Office],
    documents: Documents,
    sources: Mapping[str, LegalText],
) -> Published:
    return Published(
        regions=regions,
        # By theme, and within it as in the file; the database has no order.
        catalogue=sorted(catalogue, key=lambda item: (item.theme, item.place, item.id)),
        offices=sorted(offices, key=lambda office: (office.region, office.id)),
        documents={guide_id: each for guide_id, each in documents.items() if not is_topic(guide_id)},
        topics={topic_id: each for topic_id, each in documents.items() if is_topic(topic_id)},
        sources=sources,
    )


def sift_changed(changed: Changed, published: Published, home: RegionCode, on: date) -> Sifted:
    """`published` with what of the changed rows can be published. `faults`: of these rows alone. Regions are left as
    they are: with them everything changes."""
    faults: list[FaultyRow] = []
    ids, kept = changed.ids, changed.kept
    touched = ids.get(Kind.ITEM, frozenset())
    items = [item for item in published.catalogue if item.id not in touched]
    items += [item for _, item in _sound(Kind.ITEM, kept.catalogue, CatalogueItem, "id", faults)]
    others = {key: each for key, each in {**published.documents, **published.topics}.items() if key not in touched}
    now = _sound_documents(kept.documents, published.regions, {item.id for item in items}, on, faults)
    offices = [office for office in published.offices if office.id not in ids.get(Kind.OFFICE, ())]
    offices += _sound_offices(kept.offices, published.regions, faults)
    gone = ids.get(Kind.SOURCE, frozenset())
    sources = {key: source for key, source in published.sources.items() if key not in gone}
    sources |= {source.id: source for _, source in _sound(Kind.SOURCE, kept.sources, LegalText, "id", faults)}
    found = _in_order(published.regions, items, offices, others | now, sources)
    before = replace(
        found,
        scenarios=published.scenarios,
        withdrawn=published.withdrawn,
        rates=published.rates,
        written=published.written,
    )
    scenarios, rates = written_in(published)  # what stood before goes on where the new one is faulty
    after = with_written(
        before, sound_scenarios(kept.scenarios, scenarios, faults), sound_rates(kept.rates, rates, faults)
    )
    return Sifted(after, tuple(faults))


def faults_of_edit(kept: Kept, edited: KeptRow, on: date) -> tuple[FaultyRow, ...]:
    """What is wrong with an edit of one document, and what it would make wrong in those that hang on it: on that day
    and whenever one of them changes. Faults that stood there before are not the edit's."""
    of_guide = [row for row in kept.documents if row.key[0] == edited.key[0]]
    before = replace(kept, documents=of_guide)
    after = replace(kept, documents=[*(row for row in of_guide if row.key != edited.key), edited])
    found: dict[FaultyRow, None] = {}
    for day in [on, *(day for day in _days_of_change(after, on) if day > on)]:
        known = set(sift(before, NATIONAL, day).faults)
        found |= {
            fault: None
            for fault in sift(after, NATIONAL, day).faults
            if fault not in known or (fault.kind is Kind.DOCUMENT and fault.key == edited.key)
        }
    if not found:
        unknown = [place for place, _ in unknown_sources(edited.body, sift(after, NATIONAL, on).published.sources)]
        found |= {faulty_row(Kind.DOCUMENT, edited, unknown): None} if unknown else {}
    return tuple(found)


def _days_of_change(kept: Kept, on: date) -> list[date]:
    published = sift(kept, NATIONAL, on).published
    days: set[date] = set()
    for documents in (*published.documents.values(), *published.topics.values()):
        days |= {document.begins for document in documents if document.begins}
        days |= {each.ends + timedelta(days=1) for each in documents if each.ends and each.ends < date.max}
    return sorted(days)


def _sound(
    kind: Kind, rows: Iterable[KeptRow], model: type[Thing], key: str, faults: list[FaultyRow]
) -> list[tuple[KeptRow, Thing]]:
    """`key`: the field that must say what the row's column says."""
    things: list[tuple[KeptRow, Thing]] = []
    for row in rows:
        try:
            thing = model.model_validate(row.body)
        except ValidationError as invalid:
            faults.append(faulty_row(kind, row, (error["loc"] for error in invalid.errors())))
            continue
        if getattr(thing, key) == row.key[0]:
            things.append((row, thing))
        else:
            faults.append(faulty_row(kind, row, [(key,)]))
    return things


def _sound_offices(rows: Sequence[KeptRow], regions: RegionTree, faults: list[FaultyRow]) -> list[Office]:
    found = list(_sound(Kind.OFFICE, rows, Office, "id", faults))
    faults += [faulty_row(Kind.OFFICE, row, [("region",)]) for row, office in found if office.region not in regions]
    return [office for _, office in found if office.region in regions]


def _sound_regions(
    rows: Sequence[KeptRow], home: RegionCode, shipped: RegionTree, faults: list[FaultyRow]
) -> RegionTree:
    found: list[FaultyRow] = []
    written = {region.code: region for _, region in _sound(Kind.REGION, rows, Region, "code", found)}
    own: dict[str, Region] = {code: shipped[code] for code in shipped.chain(home)} if home in shipped else {}
    sound = written
    if not _reaches_nation(home, sound):
        sound = own | written
    if not _reaches_nation(home, sound):
        sound = written | own  # each is sound by itself, but one stands under the wrong region
    reaching = {code: region for code, region in sound.items() if _reaches_nation(code, sound)}
    for row in rows:
        if (code := row.key[0]) in written and reaching.get(code) != written[code]:
            found.append(faulty_row(Kind.REGION, row, [("parent",)]))
    faults += [replace(fault, replaced=fault.key[0] in reaching) for fault in found]
    return RegionTree(reaching.values())


def _reaches_nation(code: str, regions: Mapping[str, Region]) -> bool:
    passed: set[str] = set()
    while code in regions and code not in passed:
        passed.add(code)
        parent = regions[code].parent
        if parent is None:
            return code == NATIONAL
        code = parent
    return False


def _sound_documents(
    rows: Iterable[KeptRow], regions: RegionTree, items: Container[str], on: date, faults: list[FaultyRow]
) -> dict[str, list[GuideDocument]]:
    readable: dict[str, list[tuple[KeptRow, GuideDocument]]] = defaultdict(list)
    for row in rows:
        guide_id, region = row.key[:2]
        if places := _places_in(row, regions, items):
            faults.append(faulty_row(Kind.DOCUMENT, row, places))
        else:
            readable[guide_id].append((row, GuideDocument(guide_id, RegionCode(region), row.body)))
    sound: dict[str, list[GuideDocument]] = {}
    for guide_id, found in readable.items():
        # Whatever a document is laid over comes before it, and is sound when its turn comes.
        found.sort(key=lambda each: (len(regions.chain(each[1].region)), each[1].begins or date.min, each[0].key))
        accepted: list[GuideDocument] = []
        for row, document in found:
            if places := _places_over(document, accepted, regions, items, on):
                faults.append(faulty_row(Kind.DOCUMENT, row, places))
            else:
                accepted.append(document)
        if accepted:
            sound[guide_id] = accepted
    return sound


def _places_in(row: KeptRow, regions: RegionTree, items: Container[str]) -> list[Place]:
    guide_id, region = row.key[:2]
    places = [place for place, _ in faults_of_document(row.body, guide_id, region)]
    if region not in regions:
        places.append(("region",))
    if guide_id not in items and not is_topic(guide_id):
        places.append(("id",))
    return places


def _places_over(
    document: GuideDocument,
    above: Sequence[GuideDocument],
    regions: RegionTree,
    items: Container[str],
    on: date,
) -> list[Place]:
    """Of what it makes with the documents above it, on the day nearest to `on` on which it speaks."""
    day = _nearest_day(document, on)
    if is_topic(document.guide_id):
        body = resolve_topic_body([*above, document], regions, document.region, day)
        found = list(faults_in_topic(body, items)) if body else []
    else:
        body = resolve_body([*above, document], regions, document.region, day, every_day=True)
        found = _faults_of_guide(document, body, above, regions, day) if body else []
    if body is None:
        # An overlay is silent while the national guide is not in force; without one it can never speak.
        return [] if any(each.region == NATIONAL for each in above) else [("region",)]
    return [place for place, _ in found]


def _faults_of_guide(
    document: GuideDocument, body: Body, above: Sequence[GuideDocument], regions: RegionTree, day: date
) -> list[Finding]:
    of_others = [each for each in above if each.region != document.region]
    inherited = resolve_body(of_others, regions, document.region, day, every_day=True)
    return list(faults_over(document.body, inherited)) or list(faults_in_whole(body, document.body))


def _nearest_day(document: GuideDocument, on: date) -> date:
    if document.is_in_force(on):
        return on
    if document.begins and document.begins > on:
        return document.begins
    return document.ends or on
