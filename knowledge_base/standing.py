"""What is published, as it stands in a region on a day: guides and topics laid together, and the offices of an item."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge_base.documents import resolve
from knowledge_base.hall_topics import HallTopic, resolve_topic
from knowledge_base.model import NATIONAL, Office, RegionCode, ServiceGuide
from knowledge_base.published import Published
from knowledge_base.regions import RegionTree
from knowledge_base.scenarios.model import Scenario
from knowledge_base.scenarios.topics import topic_id_of, topic_of
from knowledge_base.statements import Statement
from knowledge_base.support import State, support_of

MOST_OF_OTHER_DAYS = 1024
"""Guides that are kept as they stand on another day."""

# Offered to whoever asks 多少钱 out of the blue; one each of four themes.
MOST_ASKED = ("id-card-lost", "social-security-card-first", "passport-first", "individual-business-register")


@dataclass
class Standing:
    published: Published
    home: RegionCode
    """Speaks where no region is named."""
    on: date

    def __post_init__(self) -> None:
        self._resolved: dict[tuple[str, str], ServiceGuide | None] = {}
        self._other_days: dict[tuple[str, str, date], ServiceGuide | None] = {}
        self._topics: dict[tuple[str, str], HallTopic | None] = {}
        self._states: dict[tuple[str, tuple[str, ...], str], State] = {}

    def take_over(self, other: Standing, changed: Collection[str] = frozenset()) -> None:
        """What was laid together there on the same day, but of guides that changed since."""
        self._resolved |= {key: guide for key, guide in other._resolved.items() if key[0] not in changed}
        if not changed:  # a scenario's topic hangs on guides
            self._topics |= other._topics

    @property
    def regions(self) -> RegionTree:
        return self.published.regions

    @property
    def guide_ids(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.published.catalogue if item.id in self.published.documents)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Item id → its name in the catalogue."""
        return {item.id: item.name for item in self.published.catalogue}

    @cached_property
    def _themes(self) -> Mapping[str, str]:
        return {item.id: item.theme for item in self.published.catalogue}

    def theme_of(self, item_id: str) -> str:
        """'' for no item of the catalogue."""
        return self._themes.get(item_id, "")

    def guide(self, guide_id: str, region: str | None = None, on: date | None = None) -> ServiceGuide | None:
        """As it stands in `region` (the hall's own if None) on a day (its own if None); None if unknown or not in
        force."""
        place = region if region in self.regions else self.home
        documents = self.published.documents.get(guide_id, ())
        if on is not None and on != self.on:
            return self._on_another_day(guide_id, RegionCode(str(place)), on)
        key = (guide_id, str(place))
        if key not in self._resolved:
            self._resolved[key] = resolve(documents, self.regions, RegionCode(key[1]), self.on)
        return self._resolved[key]

    def _on_another_day(self, guide_id: str, place: RegionCode, on: date) -> ServiceGuide | None:
        """A walk through a life event asks for the same guides a thousand times."""
        key = (guide_id, str(place), on)
        if key not in self._other_days:
            if len(self._other_days) >= MOST_OF_OTHER_DAYS:
                self._other_days.clear()
            self._other_days[key] = resolve(self.published.documents.get(guide_id, ()), self.regions, place, on)
        return self._other_days[key]

    def state_of(self, statement: Statement) -> State:
        """How well it is held today."""
        # By what it rests on: of another day a guide is laid together anew each time, with statements that are equal.
        rests_on = (statement.says, statement.source, statement.reckoned)
        if rests_on not in self._states:
            self._states[rests_on] = support_of(statement, self.published.sources, self.on).state
        return self._states[rests_on]

    def topic(self, topic_id: str, region: str | None = None) -> HallTopic | None:
        """As it stands in `region` (the hall's own if None) today; None if there is no such topic."""
        place = RegionCode(region) if region and region in self.regions else self.home
        key = (topic_id, str(place))
        if key not in self._topics:
            self._topics[key] = self._topic(topic_id, place)
        return self._topics[key]

    def scenario_of(self, topic_id: str) -> Scenario | None:
        """The scenario that the topic stands for."""
        return self._scenarios.get(topic_id)

    def is_lived(self, topic: HallTopic) -> bool:
        """An event that a scenario leads through."""
        return topic.id in self._scenarios

    @cached_property
    def topic_ids(self) -> tuple[str, ...]:
        """Of the topics, and of the scenarios, which are found and offered as such."""
        return (*self.published.topics, *self._scenarios)

    @cached_property
    def _scenarios(self) -> Mapping[str, Scenario]:
        return {topic_id_of(scenario_id): each for scenario_id, each in self.published.scenarios.items()}

    def _topic(self, topic_id: str, place: RegionCode) -> HallTopic | None:
        if scenario := self._scenarios.get(topic_id):
            guides = {item: guide for item in scenario.items if (guide := self.guide(item, place))}
            return topic_of(scenario, guides)
        return resolve_topic(self.published.topics.get(topic_id, ()), self.regions, place, self.on)

    def offices_for(self, guide_id: str, region: str | None = None) -> tuple[Office, ...]:
        """Offices that handle the item in the region, its parts, or else the city above; nearest level first."""
        place = RegionCode(region) if region in self.regions and region else self.home
        handling = [office for office in self.published.offices if guide_id in office.guides]
        for code in reversed(self.regions.chain(place)):
            if code == NATIONAL:
                break
            near = set(self.regions.within(code))
            found = tuple(office for office in handling if office.region in near)
            if found:
                return found
        return ()

    def main_hall(self, region: str | None = None) -> Office | None:
        """The region's own hall, or that of the region above."""
        place = region if region in self.regions and region else self.home
        for code in reversed(self.regions.chain(place)):
            for office in self.published.offices:
                if office.region == code:
                    return office
        return None

    @property
    def most_asked(self) -> tuple[str, ...]:
        """Four items to begin with when nothing is known of what is wanted."""
        return tuple(guide_id for guide_id in MOST_ASKED if guide_id in self.published.documents) or self.guide_ids[:4]
