"""What of the kept scenarios and rates can be used. For a faulty row the version of the content files speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from knowledge_base.checking import DEEPEST, nests_deeper
from knowledge_base.kept import FaultyRow, KeptRow, Kind, faulty_row
from knowledge_base.published import Published, written_key
from knowledge_base.rate_files import faults_of_file
from knowledge_base.rates import RateBook, RateFile, WrittenRates
from knowledge_base.scenarios.checking import faults_of_itself
from knowledge_base.scenarios.model import Scenario, WrittenScenario
from knowledge_base.yaml_lines import Place


def sound_scenarios(
    rows: Iterable[KeptRow], shipped: Mapping[str, WrittenScenario], faults: list[FaultyRow]
) -> dict[str, WrittenScenario]:
    """In the order of `shipped`, those that it does not have last. Each can be walked through; whether its items are in
    force is another matter (`service_hall.scenarios.checks`)."""
    found: dict[str, WrittenScenario] = {}
    for row in rows:
        read = read_scenario(row.body, row.key[0])
        if isinstance(read, Scenario):
            found[read.id] = WrittenScenario(read, row.body)
            continue
        faults.append(faulty_row(Kind.SCENARIO, row, read, replaced=row.key[0] in shipped))
        if instead := shipped.get(row.key[0]):
            found[row.key[0]] = instead
    return {name: found[name] for name in (*shipped, *sorted(found)) if name in found}


def sound_rates(
    rows: Iterable[KeptRow], shipped: Mapping[str, WrittenRates], faults: list[FaultyRow]
) -> dict[str, WrittenRates]:
    found: dict[str, WrittenRates] = {}
    for row in rows:
        read = read_rate_file(row.body, row.key[0])
        if isinstance(read, RateFile):
            found[read.id] = WrittenRates(read, row.body)
            continue
        faults.append(faulty_row(Kind.RATES, row, read, replaced=row.key[0] in shipped))
        if instead := shipped.get(row.key[0]):
            found[row.key[0]] = instead
    return found


def with_written(
    published: Published, scenarios: Mapping[str, WrittenScenario], rates: Mapping[str, WrittenRates]
) -> Published:
    """With these, in the place of those of the same ids; a new scenario comes last in the list, and one that is
    withdrawn stands in none."""
    bodies = {
        **{written_key(Kind.SCENARIO, name): each.body for name, each in scenarios.items()},
        **{written_key(Kind.RATES, name): each.body for name, each in rates.items()},
    }
    now = {name: each.scenario for name, each in scenarios.items()}
    all_of_them = {**published.scenarios, **published.withdrawn, **now}
    files = {**published.rates.files, **{name: each.file for name, each in rates.items()}}
    return replace(
        published,
        scenarios={name: each for name, each in all_of_them.items() if not each.withdrawn},
        withdrawn={name: each for name, each in all_of_them.items() if each.withdrawn},
        rates=RateBook(files.values()) if rates else published.rates,
        written={**published.written, **bodies},
    )


def written_in(published: Published) -> tuple[dict[str, WrittenScenario], dict[str, WrittenRates]]:
    """Those whose writing is known."""
    scenarios = {
        name: WrittenScenario(each, body)
        for name, each in {**published.scenarios, **published.withdrawn}.items()
        if (body := published.written.get(written_key(Kind.SCENARIO, name)))
    }
    rates = {
        name: WrittenRates(each, body)
        for name, each in published.rates.files.items()
        if (body := published.written.get(written_key(Kind.RATES, name)))
    }
    return scenarios, rates


def read_scenario(body: Any, scenario_id: str) -> Scenario | list[Place]:
    """Or where its faults stand."""
    if nests_deeper(body, DEEPEST):
        return [()]
    try:
        scenario = Scenario.model_validate(body)
    except ValidationError as invalid:
        return [tuple(error["loc"]) for error in invalid.errors()]
    if scenario.id != scenario_id:
        return [("id",)]
    return [place for place, _ in faults_of_itself(scenario)] or scenario


def read_rate_file(body: Any, file_id: str) -> RateFile | list[Place]:
    """Or where its faults stand. What the texts say is not looked at."""
    try:
        file = RateFile.model_validate(body)
    except ValidationError as invalid:
        return [tuple(error["loc"]) for error in invalid.errors()]
    return [place for place, _ in faults_of_file(file, file_id, None)] or file
