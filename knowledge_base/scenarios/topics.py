"""A scenario as the topic by which it is found and offered (`knowledge_base.hall_topics`): an event, with its items in
order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from knowledge_base.hall_topics import HallTopic, Told, TopicKind
from knowledge_base.language.plain import plain
from knowledge_base.model import NATIONAL, ServiceGuide
from knowledge_base.scenarios.model import Scenario

PREFIX = "hall-event-"


def topic_id_of(scenario_id: str) -> str:
    return f"{PREFIX}{scenario_id}"[:64]


def topic_of(scenario: Scenario, guides: Mapping[str, ServiceGuide]) -> HallTopic:
    """`guides`: of its items, as far as there are any."""
    return HallTopic(
        id=topic_id_of(scenario.id),
        region=NATIONAL,
        kind=TopicKind.EVENT,
        name=scenario.title,
        words=scenario.words,
        notion=scenario.notion,
        asked=tuple(each.q for each in scenario.asked),
        opening=scenario.opening,
        lead=Told(text=scenario.first.says, source=scenario.first.source[0]),
        details=tuple(_details(scenario, guides)),
    )


def situations_of(scenarios: Collection[Scenario]) -> Mapping[str, str]:
    """A sentence that one scenario alone lists, bare → its topic."""
    listed = Counter(plain(each.q) for one in scenarios for each in one.asked)
    asked = ((plain(each.q), one.id) for one in scenarios for each in one.asked)
    return {sentence: topic_id_of(scenario_id) for sentence, scenario_id in asked if listed[sentence] == 1}


def _details(scenario: Scenario, guides: Mapping[str, ServiceGuide]) -> Iterator[Told]:
    for step in scenario.steps:
        if step.item is None:
            yield Told(text=f"{step.title}：{step.says}", source=step.source[0])
        elif guide := guides.get(step.item):
            yield Told(text=f"{guide.short_name}：{step.reason}", item=step.item, source=guide.legal_basis[0])
