"""Reading `knowledge_base/content/hall/`: files of topics, a list `topics` with one entry a topic and region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge_base.checking import faults_in_topic, names_sample_facts, unknown_sources
from knowledge_base.content_reading import Reading
from knowledge_base.documents import GuideDocument
from knowledge_base.faults import dotted
from knowledge_base.hall_topics import TOPIC_REQUIRED, is_topic, resolve_topic_body
from knowledge_base.model import NATIONAL, RegionCode
from knowledge_base.regions import RegionTree
from knowledge_base.sources import LegalText
from knowledge_base.yaml_lines import LinedYaml, Place

_SOME_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class _Written:
    """One entry, and where it stands."""

    path: Path
    lined: LinedYaml
    place: Place
    document: GuideDocument

    def fault(self, reading: Reading, inside: Place, message: str) -> None:
        place = (*self.place, *inside)
        reading.fault(self.path, self.lined.line_of(place), dotted(place), message)


def read_topics(
    reading: Reading,
    regions: RegionTree,
    items: Container[str],
    sources: Mapping[str, LegalText],
) -> Mapping[str, tuple[GuideDocument, ...]]:
    """`items`: ids of the catalogue. Nothing of a topic with a fault."""
    written: dict[str, list[_Written]] = defaultdict(list)
    for path in sorted((reading.folder / "hall").glob("*.yml")):
        if lined := reading.read(path):
            for each in _entries(reading, path, lined, regions):
                written[each.document.guide_id].append(each)
    topics: dict[str, tuple[GuideDocument, ...]] = {}
    for topic_id, entries in written.items():
        entries.sort(key=lambda each: (each.document.region != NATIONAL, each.document.region))
        documents = tuple(each.document for each in entries)
        faulty = [each for each in entries if _check(reading, each, documents, regions, items, sources)]
        if not faulty:
            topics[topic_id] = documents
    _check_related(reading, [each for entries in written.values() for each in entries], written)
    return topics


def _entries(reading: Reading, path: Path, lined: LinedYaml, regions: RegionTree) -> Iterable[_Written]:
    entries = lined.data.get("topics")
    if not isinstance(entries, list):
        reading.fault(path, lined.line_of(("topics",)), "topics", "应当是一个列表")
        return
    for position, body in enumerate(entries):
        place: Place = ("topics", position)
        topic_id, region = (body.get("id"), body.get("region")) if isinstance(body, dict) else (None, None)
        if not isinstance(topic_id, str) or not is_topic(topic_id):
            reading.fault(path, lined.line_of(place), dotted((*place, "id")), "话题的 id 要以 hall- 开头")
        elif not isinstance(region, str) or region not in regions:
            reading.fault(path, lined.line_of(place), dotted((*place, "region")), f"没有这个区划：{region}")
        else:
            yield _Written(path, lined, place, GuideDocument(topic_id, RegionCode(region), body))


def _check(
    reading: Reading,
    each: _Written,
    documents: tuple[GuideDocument, ...],
    regions: RegionTree,
    items: Container[str],
    sources: Mapping[str, LegalText],
) -> bool:
    """True if a fault was found."""
    body = each.document.body
    if sum(other.region == each.document.region for other in documents) > 1:
        each.fault(reading, ("region",), "这个地区的这个话题写了两遍")
        return True
    if each.document.region == NATIONAL and names_sample_facts(body):
        each.fault(reading, ("source",), "全国通用的话题里不能有示例数据（sample），请写到本地的一项里")
        return True
    if documents[0].region != NATIONAL:
        each.fault(reading, ("region",), f"没有全国通用的一项可以继承，要写全：{'、'.join(sorted(TOPIC_REQUIRED))}")
        return True
    whole = resolve_topic_body(documents, regions, each.document.region, _SOME_DAY) or {}
    found = [*unknown_sources(body, sources), *faults_in_topic(whole, items)]
    for place, message in found:
        each.fault(reading, _own(body, place), message)
    return bool(found)


def _check_related(reading: Reading, written: Iterable[_Written], known: Container[str]) -> None:
    for each in written:
        for position, related in enumerate(each.document.body.get("related") or ()):
            if related not in known:
                each.fault(reading, ("related", position), f"没有这个话题：{related}")


def _own(body: Mapping[str, Any], place: Place) -> Place:
    """A value that was inherited stands elsewhere: the entry itself is shown."""
    return place if place and place[0] in body else ()
