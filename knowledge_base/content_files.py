"""Reading `knowledge_base/content/`: every fault with file, line and field, nothing of a faulty guide."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from knowledge_base.checking import faults_in_whole, faulty_days, faulty_lists, names_sample_facts
from knowledge_base.documents import REQUIRED, GuideDocument, resolve_body
from knowledge_base.faults import Fault as Fault
from knowledge_base.faults import dotted, in_words
from knowledge_base.model import (
    NATIONAL,
    CatalogueItem,
    Office,
    Region,
    RegionCode,
)
from knowledge_base.regions import RegionTree, UnknownRegion
from knowledge_base.topic_files import read_topics
from knowledge_base.yaml_lines import LinedYaml, Place, YamlFault, read_yaml

CONTENT = Path(__file__).parent / "content"
Thing = TypeVar("Thing", bound=BaseModel)


@dataclass(frozen=True)
class Content:
    regions: RegionTree
    catalogue: tuple[CatalogueItem, ...]
    offices: tuple[Office, ...]
    documents: Mapping[str, tuple[GuideDocument, ...]]
    """Guide id → its documents, the national one first."""
    faults: tuple[Fault, ...]
    topics: Mapping[str, tuple[GuideDocument, ...]] = field(default_factory=dict)
    """Topic of the hall → its documents, the national one first."""


@dataclass
class _Reading:
    folder: Path
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, line: int, name: str, message: str) -> None:
        self.faults.append(Fault(str(path.relative_to(self.folder)), line, name, message))

    def read(self, path: Path) -> LinedYaml | None:
        try:
            lined = read_yaml(path)
        except YamlFault as fault:
            self.fault(path, fault.line, "", str(fault))
            return None
        if not isinstance(lined.data, dict):
            self.fault(path, 1, "", "文件应当是一组“字段: 值”")
            return None
        return lined


def load_content(folder: Path = CONTENT) -> Content:
    reading = _Reading(folder)
    regions = _read_regions(reading)
    catalogue = _read_catalogue(reading)
    known = {item.id: item for item in catalogue}
    documents = _read_guides(reading, regions, known)
    offices = _read_offices(reading, regions, known)
    topics = read_topics(reading, regions, known.keys(), documents.keys())
    return Content(regions, catalogue, offices, documents, tuple(reading.faults), topics)


def _read_regions(reading: _Reading) -> RegionTree:
    path = reading.folder / "regions.yml"
    lined = reading.read(path)
    regions = [region for _, region in _validate_all(reading, path, lined, "regions", Region)] if lined else []
    try:
        return RegionTree(regions)
    except UnknownRegion as fault:
        reading.fault(path, 1, "parent", str(fault))
        return RegionTree([])


def _read_catalogue(reading: _Reading) -> tuple[CatalogueItem, ...]:
    path = reading.folder / "catalogue.csv"
    asked = _read_known_items(reading)
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
            items.append(
                CatalogueItem.model_validate({**row, "also_called": also, "questions": asked.pop(row["id"], ())})
            )
        except ValidationError as fault:
            for error in fault.errors():
                reading.fault(path, rows.line_num, ".".join(map(str, error["loc"])), in_words(error))
    for stranger in asked:
        reading.fault(reading.folder / "known_items.yml", 1, f"items.{stranger}", "目录里没有这个事项")
    return tuple(items)


def _read_known_items(reading: _Reading) -> dict[str, tuple[str, ...]]:
    """How citizens ask for items that have no guide yet; the file may be missing."""
    path = reading.folder / "known_items.yml"
    lined = reading.read(path) if path.is_file() else None
    items = lined.data.get("items") if lined else None
    return {item: tuple(questions or ()) for item, questions in (items or {}).items()}


def _read_offices(reading: _Reading, regions: RegionTree, known: Mapping[str, CatalogueItem]) -> tuple[Office, ...]:
    offices: list[Office] = []
    for path in sorted((reading.folder / "offices").glob("*.yml")):
        lined = reading.read(path)
        if lined is None:
            continue
        for position, office in _validate_all(reading, path, lined, "offices", Office):
            place: Place = ("offices", position)
            if office.region not in regions:
                reading.fault(path, lined.line_of((*place, "region")), "region", f"没有这个区划：{office.region}")
            elif strangers := [guide for guide in office.guides if guide not in known]:
                reading.fault(path, lined.line_of((*place, "guides")), "guides", f"目录里没有：{'、'.join(strangers)}")
            else:
                offices.append(office)
    return tuple(offices)


def _read_guides(
    reading: _Reading, regions: RegionTree, known: Mapping[str, CatalogueItem]
) -> Mapping[str, tuple[GuideDocument, ...]]:
    files: dict[str, list[tuple[Path, LinedYaml]]] = defaultdict(list)
    faulty: set[str] = set()
    for path in sorted((reading.folder / "guides").glob("*/*.yml")):
        guide_id = path.name.split(".")[0]
        lined = reading.read(path)
        if lined is None or not _belongs(reading, path, lined, guide_id, regions, known):
            faulty.add(guide_id)
            continue
        files[guide_id].append((path, lined))

    documents: dict[str, tuple[GuideDocument, ...]] = {}
    for guide_id, found in files.items():
        if guide_id in faulty:
            continue
        # The national document is whole; sorting by code length and code puts every parent first.
        found.sort(key=lambda entry: (entry[1].data["region"] != NATIONAL, entry[1].data["region"]))
        before = len(reading.faults)
        _check_guide(reading, regions, found)
        if len(reading.faults) == before:
            documents[guide_id] = tuple(
                GuideDocument(guide_id, RegionCode(lined.data["region"]), lined.data) for _, lined in found
            )
    return documents


def _belongs(
    reading: _Reading,
    path: Path,
    lined: LinedYaml,
    guide_id: str,
    regions: RegionTree,
    known: Mapping[str, CatalogueItem],
) -> bool:
    body = lined.data
    before = len(reading.faults)

    def fault(field_name: str, message: str) -> None:
        reading.fault(path, lined.line_of((field_name,)), field_name, message)

    if guide_id not in known:
        reading.fault(path, 1, "id", f"目录里没有 {guide_id}")
    if body.get("id") != guide_id:
        fault("id", f"应与文件名一致：{guide_id}")
    if not isinstance(body.get("region"), str):  # 990100 without quotes is a number, and no region's code
        fault("region", '区划代码要加引号，写成 "990100" 的样子')
    elif body["region"] not in regions:
        fault("region", f"没有这个区划：{body['region']}")
    if body.get("region") == NATIONAL and guide_id in known and body.get("name") != known[guide_id].name:
        fault("name", f"应与目录一致：{known[guide_id].name}")
    for place, message in faulty_lists(body):
        reading.fault(path, lined.line_of(place), dotted(place), message)
    for place, message in faulty_days(body):
        fault(dotted(place), message)
    return len(reading.faults) == before


def _check_guide(reading: _Reading, regions: RegionTree, found: list[tuple[Path, LinedYaml]]) -> None:
    """Each document must make a whole guide with those above it, from its first day on, whenever one changes."""
    documents = [GuideDocument(lined.data["id"], RegionCode(lined.data["region"]), lined.data) for _, lined in found]
    changes = _days_of_change(documents)
    firsts: set[tuple[str, date]] = set()
    for (path, lined), document in zip(found, documents, strict=True):
        if document.region == NATIONAL and names_sample_facts(lined.data):
            reading.fault(path, 1, "source", "全国指南里不能有示例数据（sample），请写到本地文件")
        # Without a day of its own an overlay begins with the guide; a guide without one is told so below.
        first_day = document.begins or documents[0].begins or date.max
        if (document.region, first_day) in firsts:
            reading.fault(path, lined.line_of(("effective_from",)), "effective_from", "这个地区同一天生效的已有一份")
        firsts.add((document.region, first_day))
        days = [first_day, *(day for day in changes if day > first_day and document.is_in_force(day))]
        wholes = [(day, body) for day in days if (body := resolve_body(documents, regions, document.region, day))]
        if not wholes:
            lacking = "、".join(sorted(REQUIRED - lined.data.keys()))
            reading.fault(path, 1, "region", f"没有可以继承的上级指南，自己又缺：{lacking}")
        for day, body in wholes:
            if not _is_whole(reading, path, lined, body, since="" if day == wholes[0][0] else f"（从 {day} 起）"):
                break


def _days_of_change(documents: list[GuideDocument]) -> list[date]:
    days = {document.begins for document in documents if document.begins}
    days |= {document.ends + timedelta(days=1) for document in documents if document.ends and document.ends < date.max}
    return sorted(days)


def _is_whole(reading: _Reading, path: Path, lined: LinedYaml, body: Mapping[str, Any], since: str) -> bool:
    found = list(faults_in_whole(body, lined.data))
    for place, message in found:
        reading.fault(path, lined.line_of(place), dotted(place), message + since)
    return not found


def _validate_all(
    reading: _Reading, path: Path, lined: LinedYaml, name: str, kind: type[Thing]
) -> list[tuple[int, Thing]]:
    """The faultless ones, each with its position in the list."""
    things: list[tuple[int, Thing]] = []
    entries = lined.data.get(name) or []
    if not isinstance(entries, list):
        reading.fault(path, lined.line_of((name,)), name, "应当是一个列表")
        return []
    for position, entry in enumerate(entries):
        try:
            things.append((position, kind.model_validate(entry)))
        except ValidationError as fault:
            for error in fault.errors():
                place: Place = (name, position, *error["loc"])
                reading.fault(path, lined.line_of(place), dotted(place), in_words(error))
    return things
