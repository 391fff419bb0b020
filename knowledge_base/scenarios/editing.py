"""A scenario, or a file of rates, as somebody edits it: what keeps it from being published, each with its place; and
what is published with it in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from knowledge_base.checking import DEEPEST, Finding, nests_deeper, unknown_sources
from knowledge_base.documents import Body
from knowledge_base.faults import in_words
from knowledge_base.published import Published
from knowledge_base.rate_files import faults_of_file
from knowledge_base.rates import NoRate, RateBook, RateFile, WrittenRates
from knowledge_base.scenarios.checking import faults_beside
from knowledge_base.scenarios.model import Scenario, WrittenScenario
from knowledge_base.scenarios.reading import ItemsInForce
from knowledge_base.scenarios.said import figures_without_source
from knowledge_base.scenarios.sifting import with_written

Read = TypeVar("Read", bound=BaseModel)


def faults_of_scenario(body: Any, scenario_id: str, published: Published, on: date) -> list[Finding]:
    """Of itself, beside the guides in force on that day and the texts that it cites."""
    scenario = _read(body, Scenario)
    if isinstance(scenario, list):
        return scenario
    if scenario.id != scenario_id:
        return [(("id",), f"应为 {scenario_id}")]
    if scenario.withdrawn:  # that an item ended, or a figure, may be why
        return []
    items = ItemsInForce(published.documents, on).of(scenario.items)
    return [
        *unknown_sources(body, published.sources),
        *faults_beside(scenario, items),
        *figures_without_source(scenario, published.sources),
    ]


def faults_of_rates(body: Any, before: Body | None, file_id: str, published: Published, on: date) -> list[Finding]:
    """`before`: what is published. Calculators know rates by their names, so none goes; what is new is known to
    none of them yet."""
    file = _read(body, RateFile)
    if isinstance(file, list):
        return file
    found = list(faults_of_file(file, file_id, published.sources))
    known = {str(each.get("id")) for each in (before or {}).get("rates", ())}
    if gone := known - {rate.id for rate in file.rates}:
        found.append((("rates",), f"已发布的费率不能去掉：{'、'.join(sorted(gone))}"))
    book, was = RateBook([file]), published.rates
    for position, rate in enumerate(file.rates):
        name = f"{file.id}.{rate.id}"
        if name in was.rates and _is_known(was, name, on) and not _is_known(book, name, on):
            found.append((("rates", position, "values"), f"{on}没有数值了，用到它的清单会算不出来"))
    return found


def with_scenario(published: Published, body: Body) -> Published:
    """Raises pydantic.ValidationError for one that is not sound."""
    scenario = Scenario.model_validate(body)
    return with_written(published, {scenario.id: WrittenScenario(scenario, body)}, {})


def with_rates(published: Published, body: Body) -> Published:
    """As `with_scenario`."""
    file = RateFile.model_validate(body)
    return with_written(published, {}, {file.id: WrittenRates(file, body)})


def _read(body: Any, model: type[Read]) -> Read | list[Finding]:
    if not isinstance(body, Mapping) or nests_deeper(body, DEEPEST):
        return [((), "层次太多")]
    try:
        return model.model_validate(body)
    except ValidationError as invalid:
        return list(_faults_of_shape(invalid))


def _faults_of_shape(invalid: ValidationError) -> Iterator[Finding]:
    for error in invalid.errors(include_url=False):
        yield tuple(error["loc"]), in_words(error)


def _is_known(book: RateBook, name: str, on: date) -> bool:
    try:
        book.of(name, on)
    except NoRate:
        return False
    return True
