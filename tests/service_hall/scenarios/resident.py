"""Somebody in the made-up town who talks about her dog."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from service_hall.conversation.reply import ChecklistReply, QuestionReply, Reply
from service_hall.conversation.turn import Turn
from service_hall.scenarios.keeping import ChecklistsInMemory
from service_hall.scenarios.talk.flow import ScenarioFlow
from service_hall.scenarios.talk.lists import ChecklistFlow
from service_hall.scenarios.talk.walk import Desk
from tests.scenario_town import CALCULATORS, scenario_library
from tests.service_hall.booking_talk.citizen import Citizen
from tests.visit_town import VisitTown

BEGINS = "小狗接回家要办的事"
ASKS_FOR_ALL = "我家要养狗，都要办什么"


class Resident(Citizen):
    """Understood as the hall's own reader does."""

    def __init__(self, town: VisitTown | None = None) -> None:
        town = town or VisitTown(library=scenario_library())
        self.desk = Desk(town.means, lambda _: CALCULATORS, ChecklistsInMemory())
        super().__init__(town, None, ScenarioFlow(self.desk), ChecklistFlow(self.desk))

    def says(self, *texts: str) -> Turn:
        for text in texts:
            self.turn = self.reception.respond_alone(self.visitor_id, text, self.context)
            self.context = self.turn.context.after_turn
        return self.turn

    def taps(self, label: str) -> Turn:
        """The first button of the last replies whose label begins with that."""
        for reply in self.turn.replies:
            for choice in (*getattr(reply, "options", ()), *getattr(reply, "suggestions", ())):
                if choice.label.startswith(label):
                    return self.says(choice.payload)
        raise AssertionError(label)

    @property
    def asked(self) -> str:
        """The question that is open, by its id; '' for none."""
        last = self.turn.replies[-1]
        return last.node if isinstance(last, QuestionReply) and last.scenario_id else ""

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self.turn.replies)

    @property
    def checklist(self) -> ChecklistReply:
        [found] = [reply for reply in self.turn.replies if isinstance(reply, ChecklistReply)]
        return found

    @property
    def first(self) -> Reply:
        return self.turn.replies[0]

    def another_door(self) -> Resident:
        """The same visitor, with nothing said yet."""
        other = Resident(self.town)
        other.desk = replace(other.desk, checklists=self.desk.checklists)
        other.reception = self.reception
        return other


def told(resident: Resident) -> dict[str, Any]:
    walk = resident.context.walk
    return dict(walk.answers["given"]) if walk else {}
