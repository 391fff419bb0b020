"""What staff ask of a scenario: is it sound beside the guides of a day, where are dead ends, what does it reckon with.

A scenario is checked when content is read; since then guides may have been edited, or may have ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from knowledge_base.library import Library
from knowledge_base.rate_files import load_rates
from knowledge_base.rates import Rate, RateBook
from knowledge_base.scenarios.checking import faults_beside
from knowledge_base.scenarios.drawing import DeadEnds
from knowledge_base.scenarios.model import Scenario
from knowledge_base.scenarios.places import place_in_words
from knowledge_base.scenarios.reading import ItemsInForce
from knowledge_base.scenarios.said import figures_without_source
from knowledge_base.statements import Statement
from service_hall.scenarios.all_ways import Walked, walk_all
from service_hall.scenarios.reckoning import CalculatorsWith

MOST_KEPT = 400
UNREACHED, NOT_IN_FORCE = "走不到", "这一天没有在办的指南"


@dataclass(frozen=True)
class Finding:
    where: str
    what: str


@dataclass(frozen=True)
class _Found:
    """Beside one library: requests run side by side, and what was found in the last one belongs to no other."""

    library: Library
    findings: dict[tuple[str, date], tuple[Finding, ...]] = field(default_factory=dict)
    walked: dict[tuple[str, date], Walked] = field(default_factory=dict)
    statements: dict[str, Mapping[str, Statement]] = field(default_factory=dict)
    """Of items, as they were read."""

    def items(self, on: date) -> ItemsInForce:
        return ItemsInForce(self.library.published.documents, on, self.statements)

    def beside(self, library: Library) -> _Found:
        """What of it holds beside another library too: of life events of which nothing changed."""
        changed = _changed(self.library, library)
        if changed is None:
            return _Found(library)
        same = {
            name
            for name, each in library.published.scenarios.items()
            if self.library.published.scenarios.get(name) is each and changed.isdisjoint(each.items)
        }
        return _Found(
            library,
            {key: found for key, found in self.findings.items() if key[0] in same},
            {key: found for key, found in self.walked.items() if key[0] in same},
            {item: found for item, found in self.statements.items() if item not in changed},
        )


class ScenarioChecks:
    """Keeps what it found until what is published changes; a walk through all ways takes a second or two."""

    def __init__(self, library: Callable[[], Library], calculators_with: CalculatorsWith) -> None:
        self._library, self._calculators_with = library, calculators_with
        self._found: _Found | None = None

    def findings(self, scenario: Scenario, on: date) -> tuple[Finding, ...]:
        """Of the static checks; none: it is sound."""
        found, asked = self._beside(), (scenario.id, on)
        known = found.findings.get(asked)
        if known is None:
            known = found.findings[asked] = tuple(_findings(scenario, found, on))
        return known

    def walked(self, scenario: Scenario, on: date) -> Walked:
        found, asked = self._beside(), (scenario.id, on)
        known = found.walked.get(asked)
        if known is None:
            known = found.walked[asked] = walk_all(
                scenario, found.library, on, self._calculators_with(found.library.published.rates)
            )
        return known

    def dead_ends(self, scenario: Scenario, on: date) -> DeadEnds:
        walked, items = self.walked(scenario, on), self._beside().items(on).of(scenario.items)
        if not walked.ways:  # a question that has no answer stands among the faults; no way was walked
            return DeadEnds()
        questions = {each.id: UNREACHED for each in scenario.questions if each.id not in walked.questions}
        steps = {each.id: UNREACHED for each in scenario.steps if each.id not in walked.steps}
        steps |= {each.id: NOT_IN_FORCE for each in scenario.steps if each.item and each.item not in items}
        return DeadEnds(questions, steps)

    def rates(self, scenario: Scenario, on: date) -> tuple[Rate, ...]:
        """Those that its calculators reckoned with on some way."""
        rates = rates_of(self._library()).rates
        return tuple(rates[name] for name in sorted(self.walked(scenario, on).rates))

    def _beside(self) -> _Found:
        found, library = self._found, self._library()
        if found is None or len(found.findings) + len(found.walked) > MOST_KEPT:
            found = self._found = _Found(library)
        elif found.library is not library:
            found = self._found = found.beside(library)
        return found


def rates_of(library: Library) -> RateBook:
    """What calculators reckon with."""
    return library.published.rates if library.published.rates.rates else load_rates()


def _changed(before: Library, after: Library) -> frozenset[str] | None:
    """Items whose documents are others now. None: what all walks hang on has changed."""
    was, now = before.published, after.published
    is_same = (
        was.regions is now.regions
        and was.rates is now.rates
        and before.on == after.on
        and [*map(id, was.offices)] == [*map(id, now.offices)]
        and [*map(id, was.sources.values())] == [*map(id, now.sources.values())]
    )
    if not is_same:
        return None
    items = was.documents.keys() | now.documents.keys()
    return frozenset(item for item in items if was.documents.get(item) is not now.documents.get(item))


def _findings(scenario: Scenario, found: _Found, on: date) -> Iterator[Finding]:
    sources, items = found.library.published.sources, found.items(on).of(scenario.items)
    for place, what in (*faults_beside(scenario, items), *figures_without_source(scenario, sources)):
        yield Finding(place_in_words(place, scenario), what)
