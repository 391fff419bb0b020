"""What doors ask of the scenarios, beside the conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge_base.scenarios.model import Scenario
from service_hall.conversation.reply import ChecklistReply, QuestionReply
from service_hall.scenarios.answering import NoAnswer
from service_hall.scenarios.asking import question_reply
from service_hall.scenarios.checklist import make_checklist
from service_hall.scenarios.keeping import ChecklistId
from service_hall.scenarios.talk.showing import show
from service_hall.scenarios.talk.walk import Desk
from service_hall.scenarios.telling import tell_checklist
from service_hall.scenarios.way import find_way


@dataclass(frozen=True)
class Scenarios:
    desk: Desk

    def all(self) -> Sequence[Scenario]:
        return tuple(self.desk.means.library().published.scenarios.values())

    def find(self, scenario_id: str) -> Scenario | None:
        return self.desk.means.library().published.scenarios.get(scenario_id)

    def withdrawn(self) -> Sequence[Scenario]:
        """Offered no more; lists that were kept of them can be read."""
        return tuple(self.desk.means.library().published.withdrawn.values())

    def step(
        self, scenario: Scenario, answers: Mapping[str, object], as_of: date, region: str | None = None
    ) -> QuestionReply | ChecklistReply | NoAnswer:
        """The next question, or the list; NoAnswer: one of the answers cannot be. Nothing is kept."""
        way = find_way(scenario, answers, as_of, self.desk.calculators)
        if way.refused:
            return way.refused
        if way.next:
            return question_reply(way, way.next)
        library = self.desk.means.library()
        return tell_checklist(make_checklist(way.told, library, region), library, region)

    def kept(self, checklist_id: str) -> ChecklistReply | None:
        """For whoever has its id: it names nobody, and tells no answer. Its numbers may be others than in the chat."""
        kept = self.desk.checklists.find(ChecklistId(checklist_id))
        shown = show(self.desk, kept, by_address=True) if kept and not kept.is_draft else None
        return shown[0] if shown else None
