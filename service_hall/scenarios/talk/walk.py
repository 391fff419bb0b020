"""The walk through a scenario: what is known of it, kept as JSON in the context."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from knowledge_base.scenarios.english import is_english
from knowledge_base.scenarios.model import Scenario
from service_hall.conversation.context import Context
from service_hall.conversation.guided.walk import Walk
from service_hall.hearing.notions import says
from service_hall.scenarios.keeping import Checklists
from service_hall.scenarios.reckoning import Calculators, CalculatorsWith
from service_hall.scenarios.talk.answers_said import asks_whether_at_it, is_put_as_offered, means_option
from service_hall.scenarios.way import Way, find_way
from service_hall.shared.wording import Wording
from service_hall.visits.means import Means

NAME = "scenario"
ANSWER, LEAVE, RESTART, SWITCH = "answer", "leave", "restart", "switch"
wording = Wording(Path(__file__).parent / "wording.yml")
english = Wording(Path(__file__).parent / "wording_in_english.yml")
"""Below what is said in Chinese, to whoever speaks English; what the scenario itself says stays as it is."""


@dataclass(frozen=True)
class Desk:
    """What talks about scenarios work with."""

    means: Means
    calculators_with: CalculatorsWith
    checklists: Checklists

    @property
    def calculators(self) -> Calculators:
        """With the rates that are published."""
        return self.calculators_with(self.means.library().published.rates)

    @property
    def today(self) -> date:
        return self.means.now().date()


@dataclass(frozen=True, kw_only=True)
class ScenarioWalk(Walk):
    name: ClassVar[str] = NAME
    beside: ClassVar[Set[str]] = frozenset({LEAVE, RESTART, SWITCH})

    desk: Desk
    scenario: Scenario
    given: Mapping[str, Any] = field(default_factory=dict)
    """JSON: question → answer, of branches left behind too."""
    offered: Mapping[str, Any] = field(default_factory=dict)
    """What was told before, here or in another scenario: confirmed when its question comes."""
    guess: Mapping[str, Any] = field(default_factory=dict)
    """Of the open question, by its id: what the last sentence seemed to mean, and was asked back."""
    other: str = ""
    """The scenario that the citizen seems to turn to."""
    in_english: bool = False
    """She has spoken English on this walk."""
    month: str = ""
    """Told of the open question, which asks for a day, as it was said."""
    at_once: bool = False
    """It was begun without an offer, for all that is to be done was asked for."""

    def say(self, name: str, /, **filled: Any) -> str:
        told = wording.say(name, title=self.scenario.title, **filled)
        is_wanted = (self.in_english or is_english(self.heard.text)) and name in english.names
        return f"{told}\n{english.say(name, **filled)}" if is_wanted else told

    def kept(self) -> dict[str, Any]:
        kept = {"scenario": self.scenario.id, "given": dict(self.given)}
        more = {name: getattr(self, name) for name in ("offered", "guess", "other", "month", "at_once")}
        more["in_english"] = self.in_english or is_english(self.heard.text)
        return kept | {name: value for name, value in more.items() if value}

    @property
    def way(self) -> Way:
        return find_way(self.scenario, self.given, self.desk.today, self.desk.calculators)

    @property
    def region(self) -> str | None:
        region = self.heard.context.region
        return region if region in self.desk.means.library().regions else None

    @property
    def context(self) -> Context:
        return self.heard.context

    def knowing(self, question: str, answer: Any) -> ScenarioWalk:
        """Told again, it takes the earlier answer's place."""
        return replace(
            self,
            given={**self.given, question: answer},
            guess={},
            month="",
            offered={name: value for name, value in self.offered.items() if name != question},
        )

    @property
    def stops(self) -> bool:
        """下次再说 stops the questions of a list, though no booking. 不做了 answers what asks whether one works, or has
        生意不做了 among its options."""
        text, question = self.heard.text, self.way.next
        if not says("pauses", text) or self.heard.sentence.ends_as_question:
            return self.heard.stops
        return question is None or not (means_option(question, text) or asks_whether_at_it(question, text))

    @property
    def goes_on(self) -> bool:
        return self.heard.sentence.goes_on or says("goes_on_with_questions", self.heard.text)

    @property
    def is_untold(self) -> bool:
        """Nothing has been answered yet."""
        return not self.way.told.answers

    @property
    def is_declined(self) -> bool:
        """不要, to questions that nobody offered; to those that somebody did, 我只问一件事, and 不用了 where no option
        of the first one says so."""
        text = self.heard.text
        if not self.is_untold or says("asks_one_thing", text):
            return self.is_untold
        question = self.way.next
        is_answer = not self.at_once and question is not None and is_put_as_offered(question, text)
        return says("declines", text) and not is_answer

    def without(self, question: str) -> ScenarioWalk:
        return replace(self, given={name: value for name, value in self.given.items() if name != question})
