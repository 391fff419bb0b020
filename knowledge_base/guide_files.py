"""Reading `content/guides/`: a guide loads with all of its documents or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from knowledge_base.checking import faults_in_whole, faults_over, faulty_shapes, names_sample_facts, unknown_sources
from knowledge_base.content_reading import Reading
from knowledge_base.documents import REQUIRED, Body, GuideDocument, resolve_body
from knowledge_base.model import NATIONAL, CatalogueItem, RegionCode
from knowledge_base.regions import RegionTree
from knowledge_base.sources import LegalText
from knowledge_base.yaml_lines import LinedYaml


@dataclass(frozen=True)
class _File:
    path: Path
    lined: LinedYaml
    document: GuideDocument

    @property
    def body(self) -> Mapping[str, Any]:
        return self.document.body


def read_guides(
    reading: Reading, regions: RegionTree, known: Mapping[str, CatalogueItem], sources: Mapping[str, LegalText]
) -> Mapping[str, tuple[GuideDocument, ...]]:
    files: dict[str, list[_File]] = defaultdict(list)
    faulty: set[str] = set()
    for path in sorted((reading.folder / "guides").glob("*/*.yml")):
        guide_id = path.name.split(".")[0]
        lined = reading.read(path)
        if lined is None or not _belongs(reading, path, lined, guide_id, regions, known):
            faulty.add(guide_id)
            continue
        files[guide_id].append(
            _File(path, lined, GuideDocument(guide_id, RegionCode(lined.data["region"]), lined.data))
        )

    documents: dict[str, tuple[GuideDocument, ...]] = {}
    for guide_id, found in files.items():
        if guide_id in faulty:
            continue
        # The national document is whole; sorting by code puts every parent first.
        found.sort(key=lambda file: (file.document.region != NATIONAL, file.document.region))
        before = len(reading.faults)
        _check_guide(reading, regions, found, sources)
        if len(reading.faults) == before:
            documents[guide_id] = tuple(file.document for file in found)
    return documents


def _belongs(
    reading: Reading,
    path: Path,
    lined: LinedYaml,
    guide_id: str,
    regions: RegionTree,
    known: Mapping[str, CatalogueItem],
) -> bool:
    body = lined.data
    before = len(reading.faults)

    def fault(field_name: str, message: str) -> None:
        reading.fault_at(path, lined, (field_name,), message)

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
    for place, message in faulty_shapes(body):
        reading.fault_at(path, lined, place, message)
    return len(reading.faults) == before


def _check_guide(reading: Reading, regions: RegionTree, found: list[_File], sources: Mapping[str, LegalText]) -> None:
    """Each document must make a whole guide with those above it, from its first day on, whenever one changes."""
    documents = [file.document for file in found]
    changes = _days_of_change(documents)
    firsts: set[tuple[str, date]] = set()
    for file in found:
        document = file.document
        if document.region == NATIONAL and names_sample_facts(file.body):
            reading.fault(file.path, 1, "source", "全国指南里不能有示例数据（sample），请写到本地文件")
        for place, message in unknown_sources(file.body, sources):
            reading.fault_at(file.path, file.lined, place, message)
        # Without a day of its own an overlay begins with the guide; a guide without one is told so below.
        first_day = document.begins or documents[0].begins or date.max
        if (document.region, first_day) in firsts:
            reading.fault_at(file.path, file.lined, ("effective_from",), "这个地区同一天生效的已有一份")
        firsts.add((document.region, first_day))
        days = [first_day, *(day for day in changes if day > first_day and document.is_in_force(day))]
        _check_days(reading, regions, documents, file, days)


def _check_days(
    reading: Reading, regions: RegionTree, documents: list[GuideDocument], file: _File, days: list[date]
) -> None:
    """Stops at the first day with a fault: it would be there on all later ones."""
    wholes = [(day, body) for day in days if (body := _whole_on(documents, regions, file.document, day))]
    if not wholes:
        lacking = "、".join(sorted(REQUIRED - file.body.keys()))
        reading.fault(file.path, 1, "region", f"没有可以继承的上级指南，自己又缺：{lacking}")
    for day, body in wholes:
        findings = list(faults_over(file.body, _above(documents, regions, file.document, day))) or list(
            faults_in_whole(body, file.body)
        )
        for place, message in findings:
            reading.fault_at(file.path, file.lined, place, message + ("" if day == days[0] else f"（从 {day} 起）"))
        if findings:
            break


def _whole_on(documents: list[GuideDocument], regions: RegionTree, document: GuideDocument, day: date) -> Body | None:
    return resolve_body(documents, regions, document.region, day, every_day=True)


def _above(documents: list[GuideDocument], regions: RegionTree, document: GuideDocument, day: date) -> Body | None:
    above = [each for each in documents if each.region != document.region]
    return _whole_on(above, regions, document, day)


def _days_of_change(documents: list[GuideDocument]) -> list[date]:
    days = {document.begins for document in documents if document.begins}
    days |= {document.ends + timedelta(days=1) for document in documents if document.ends and document.ends < date.max}
    return sorted(days)
