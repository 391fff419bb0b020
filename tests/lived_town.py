"""The made-up town over a database that keeps its life event and its rates, so that they may be changed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from knowledge_base.library import Library
from knowledge_base.rates import RateFile, WrittenRates
from knowledge_base.scenarios.model import Scenario, WrittenScenario
from knowledge_base.scenarios.sifting import with_written
from knowledge_base.yaml_lines import lined_yaml
from server.shelf import Shelf
from server.storage.engine import Database
from server.storage.knowledge_store import KnowledgeStore
from tests.fakes import build_town, content_of, published
from tests.scenario_town import WRITTEN
from tests.visit_town import town_offices

CALCULATED = """calculated:
  - {id: pens, compute: pens, with: {dogs: {answer: dogs}}, step: register}
"""
RATES = """
id: dogs
title: 养狗
rates:
  - id: licence
    title: 登记费
    unit: 元
    values: [{value: 50, from: 2020-01-01, source: rule#3}]
"""


@lru_cache(maxsize=1)
def lived() -> WrittenScenario:
    """Without what no calculator of ours can reckon."""
    body: dict[str, Any] = lined_yaml(WRITTEN.replace(CALCULATED, "")).data
    return WrittenScenario(Scenario.model_validate(body), body)


@lru_cache(maxsize=1)
def rates() -> WrittenRates:
    body: dict[str, Any] = lined_yaml(RATES).data
    return WrittenRates(RateFile.model_validate(body), body)


@lru_cache(maxsize=1)
def lived_library() -> Library:
    knowledge = published(offices=town_offices())
    return build_town(with_written(knowledge, {lived().scenario.id: lived()}, {"dogs": rates()}))


def seed_lived(engine: Database) -> None:
    from dataclasses import replace

    content = content_of(published(offices=town_offices()))
    KnowledgeStore(engine).seed(
        replace(content, written_scenarios={lived().scenario.id: lived()}, written_rates={"dogs": rates()})
    )


class LivedShelf(Shelf):
    """Takes the library ready made, and catches up with what is published from there."""

    def restock(self) -> None:
        seed_lived(self.store._engine)
        self._number, self._library = self.store.last_change(), lived_library()
