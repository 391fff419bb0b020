"""Reading `content/scenarios/`: a file a scenario, and `scenarios.csv`, which lists what each touches."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from knowledge_base.checking import unknown_sources
from knowledge_base.content_reading import Reading
from knowledge_base.documents import GuideDocument
from knowledge_base.scenarios.checking import Items, Listed, faults_in
from knowledge_base.scenarios.model import Scenario, WrittenScenario
from knowledge_base.scenarios.said import figures_without_source
from knowledge_base.sources import LegalText
from knowledge_base.statements import Statement

FOLDER, LIST = "scenarios", "scenarios.csv"
_statement: TypeAdapter[Statement] = TypeAdapter(Statement)


def read_scenarios(
    reading: Reading,
    documents: Mapping[str, tuple[GuideDocument, ...]],
    sources: Mapping[str, LegalText],
    on: date | None = None,
) -> Mapping[str, Scenario]:
    """As `read_scenario_files`."""
    read = read_scenario_files(reading, documents, sources, on)
    return {name: each.scenario for name, each in read.items()}


def read_scenario_files(
    reading: Reading,
    documents: Mapping[str, tuple[GuideDocument, ...]],
    sources: Mapping[str, LegalText],
    on: date | None = None,
) -> Mapping[str, WrittenScenario]:
    """In the order of the list; nothing of one with a fault. `on`: the day on which its items must be in force; None:
    on some day."""
    folder = reading.folder / FOLDER
    listed = _read_list(reading, folder / LIST)
    items = ItemsInForce(documents, on)
    scenarios: dict[str, WrittenScenario] = {}
    for path in sorted(folder.glob("*.yml")):
        before = len(reading.faults)
        lined = reading.read(path)
        scenario = reading.validate(path, lined, Scenario) if lined else None
        if lined is None or scenario is None:
            continue
        if scenario.id != path.stem:
            reading.fault_at(path, lined, ("id",), f"应与文件名一致：{path.stem}")
        for place, message in (
            *unknown_sources(lined.data, sources),
            *faults_in(scenario, listed.get(scenario.id), items.of(scenario.items)),
            *figures_without_source(scenario, sources),
        ):
            reading.fault_at(path, lined, place, message)
        if len(reading.faults) == before:
            scenarios[scenario.id] = WrittenScenario(scenario, lined.data)
    return {name: scenarios[name] for name in listed if name in scenarios}


def _read_list(reading: Reading, path: Path) -> Mapping[str, Listed]:
    if not path.exists():
        return {}
    rows: Iterable[Mapping[str, str]] = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    return {
        row["id"]: Listed(
            row["id"], row["title"], row["theme"], row["audience"], tuple(row["guides_touched"].split(";"))
        )
        for row in rows
    }


class ItemsInForce:
    """Statements by id of the items in force, of every region, each read when it is first asked for."""

    def __init__(
        self,
        documents: Mapping[str, Sequence[GuideDocument]],
        on: date | None,
        read: dict[str, Mapping[str, Statement]] | None = None,
    ) -> None:
        """`read`: what was read of the same documents before, and is added to."""
        self._documents, self._on = documents, on
        self._read = {} if read is None else read

    def of(self, items: Iterable[str]) -> Items:
        return {item: self._statements(item) for item in items if self._is_in_force(item)}

    def _is_in_force(self, item: str) -> bool:
        documents = self._documents.get(item, ())
        return bool(documents) and (self._on is None or documents[0].is_in_force(self._on))

    def _statements(self, item: str) -> Mapping[str, Statement]:
        if item not in self._read:
            self._read[item] = {
                body["id"]: _statement.validate_python(body)
                for document in self._documents[item]
                for name in ("statements", "add")
                for body in document.body.get(name) or ()
            }
        return self._read[item]
