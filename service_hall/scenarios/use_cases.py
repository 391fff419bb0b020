"""What doors ask of the scenarios, beside the conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge_base.library import Library
from knowledge_base.scenarios.model import Scenario
from service_hall.conversation.reply import ChecklistReply, QuestionReply
from service_hall.scenarios.answering import NoAnswer
from service_hall.scenarios.asking import question_reply
from service_hall.scenarios.checklist import make_checklist
from service_hall.scenarios.reckoning import Calculators
from service_hall.scenarios.telling import tell_checklist
from service_hall.scenarios.way import find_way


@dataclass(frozen=True)
class Scenarios:
    library: Callable[[], Library]
    calculators: Calculators

    def all(self) -> Sequence[Scenario]:
        return tuple(self.library().published.scenarios.values())

    def find(self, scenario_id: str) -> Scenario | None:
        return self.library().published.scenarios.get(scenario_id)

    def step(
        self, scenario: Scenario, answers: Mapping[str, object], as_of: date, region: str | None = None
    ) -> QuestionReply | ChecklistReply | NoAnswer:
        """The next question, or the list; NoAnswer: one of the answers cannot be. Nothing is kept."""
        way = find_way(scenario, answers, as_of, self.calculators)
        if way.refused:
            return way.refused
        if way.next:
            return question_reply(way, way.next)
        library = self.library()
        return tell_checklist(make_checklist(way.told, library, region), library, region)
