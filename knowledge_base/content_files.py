"""Reading `knowledge_base/content/`: every fault with file, line and field, nothing of a faulty guide."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from knowledge_base.beyond import Matter, read_beyond
from knowledge_base.content_reading import Reading, nothing_thrown_away
from knowledge_base.documents import GuideDocument
from knowledge_base.faults import Fault as Fault
from knowledge_base.faults import in_words
from knowledge_base.guide_files import read_guides
from knowledge_base.model import CatalogueItem, Office, Region
from knowledge_base.rate_files import read_rate_files
from knowledge_base.rates import RateBook, WrittenRates
from knowledge_base.regions import RegionTree, UnknownRegion
from knowledge_base.scenarios.model import Scenario, WrittenScenario
from knowledge_base.scenarios.reading import read_scenario_files
from knowledge_base.sources import LegalText
from knowledge_base.topic_files import read_topics
from knowledge_base.yaml_lines import Place

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True)
class Content:
    regions: RegionTree
    catalogue: tuple[CatalogueItem, ...]
    offices: tuple[Office, ...]
    documents: Mapping[str, tuple[GuideDocument, ...]]
    """Guide id → its documents, the national one first."""
    sources: Mapping[str, LegalText]
    """By id."""
    faults: tuple[Fault, ...]
    topics: Mapping[str, tuple[GuideDocument, ...]] = field(default_factory=dict)
    """Topic of the hall → its documents, the national one first."""
    written_scenarios: Mapping[str, WrittenScenario] = field(default_factory=dict)
    """By id, in the order of their list."""
    written_rates: Mapping[str, WrittenRates] = field(default_factory=dict)
    """By the id of their file."""
    beyond: tuple[Matter, ...] = ()
    """What is asked for and lies beyond the catalogue."""

    @cached_property
    def scenarios(self) -> Mapping[str, Scenario]:
        return {name: each.scenario for name, each in self.written_scenarios.items()}

    @cached_property
    def rates(self) -> RateBook:
        return RateBook(each.file for each in self.written_rates.values())


def load_content(folder: Path = CONTENT) -> Content:
    with nothing_thrown_away():
        return _load(Reading(folder))


def _load(reading: Reading) -> Content:
    regions = _read_regions(reading)
    catalogue = _read_catalogue(reading)
    known = {item.id: item for item in catalogue}
    sources = _read_sources(reading)
    documents = read_guides(reading, regions, known, sources)
    offices = _read_offices(reading, regions, known)
    topics = read_topics(reading, regions, known.keys(), sources)
    rates = read_rate_files(reading, sources)
    scenarios = read_scenario_files(reading, documents, sources)
    beyond = read_beyond(reading)
    return Content(
        regions,
        catalogue,
        offices,
        documents,
        sources,
        tuple(reading.faults),
        topics=topics,
        written_scenarios=scenarios,
        written_rates={each.file.id: each for each in rates},
        beyond=beyond,
    )


def _read_regions(reading: Reading) -> RegionTree:
    path = reading.folder / "regions.yml"
    lined = reading.read(path)
    regions = [region for _, region in reading.validate_all(path, lined, "regions", Region)] if lined else []
    try:
        return RegionTree(regions)
    except UnknownRegion as fault:
        reading.fault(path, 1, "parent", str(fault))
        return RegionTree([])


def _read_catalogue(reading: Reading) -> tuple[CatalogueItem, ...]:
    path = reading.folder / "catalogue.csv"
    items: list[CatalogueItem] = []
    try:
        rows = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    except UnicodeDecodeError:
        reading.fault(path, 1, "", "文件不是 UTF-8 编码")
        return ()
    for row in rows:
        if None in row:
            reading.fault(path, rows.line_num, "", "列数比表头多，名称里有逗号的要加引号")
            continue
        also = tuple(filter(None, (row.pop("also_called", "") or "").split(";")))
        try:
            items.append(CatalogueItem.model_validate({**row, "also_called": also, "place": len(items) + 1}))
        except ValidationError as fault:
            for error in fault.errors():
                reading.fault(path, rows.line_num, ".".join(map(str, error["loc"])), in_words(error))
    return tuple(items)


def _read_sources(reading: Reading) -> Mapping[str, LegalText]:
    sources: dict[str, LegalText] = {}
    for path in sorted((reading.folder / "sources").glob("*.yml")):
        lined = reading.read(path)
        source = reading.validate(path, lined, LegalText) if lined else None
        if lined is None or source is None:
            continue
        if source.id == path.stem:
            sources[source.id] = source
        else:
            reading.fault_at(path, lined, ("id",), f"应与文件名一致：{path.stem}")
    return sources


def _read_offices(reading: Reading, regions: RegionTree, known: Mapping[str, CatalogueItem]) -> tuple[Office, ...]:
    offices: list[Office] = []
    for path in sorted((reading.folder / "offices").glob("*.yml")):
        lined = reading.read(path)
        if lined is None:
            continue
        for position, office in reading.validate_all(path, lined, "offices", Office):
            place: Place = ("offices", position)
            if office.region not in regions:
                reading.fault(path, lined.line_of((*place, "region")), "region", f"没有这个区划：{office.region}")
            elif strangers := [guide for guide in office.guides if guide not in known]:
                reading.fault(path, lined.line_of((*place, "guides")), "guides", f"目录里没有：{'、'.join(strangers)}")
            else:
                offices.append(office)
    return tuple(offices)
