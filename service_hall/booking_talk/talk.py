"""The booking's walk: what is known of it, and the place that it holds."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from knowledge_base.library import Library
from service_hall.appointments import changing
from service_hall.booking_talk.answers import Answers
from service_hall.conversation.context import Context
from service_hall.conversation.guided.walk import Walk
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.conversation.turn import Turn
from service_hall.conversation.whereabouts import whom_to_ask
from service_hall.shared.wording import Wording
from service_hall.visits.means import Means
from service_hall.visits.visit import Code

FORM = "booking"
wording = Wording(Path(__file__).parent / "wording.yml")


@dataclass(frozen=True, kw_only=True)
class Talk(Walk):
    name: ClassVar[str] = FORM
    beside: ClassVar[Set[str]] = frozenset({"proof"})

    means: Means
    answers: Answers = field(default_factory=Answers)
    region: str | None = None

    @property
    def library(self) -> Library:
        return self.means.library()

    def kept(self) -> dict[str, Any]:
        return self.answers.model_dump(mode="json", exclude_defaults=True)

    def knowing(self, **answers: Any) -> Talk:
        return replace(self, answers=self.answers.model_copy(update=answers))

    def say(self, name: str, /, **filled: Any) -> str:
        return wording.say(name, **whom_to_ask(self.library, self.region), **filled)

    @property
    def context(self) -> Context:
        """What carries over; the item of the talk is what a question in between is about."""
        before = self.heard.context
        guide_id = self.answers.guide_id or before.guide_id
        return before.model_copy(
            update={
                "guide_id": guide_id,
                "talked_about": before.talked_about_before(guide_id),
                "region": self.region,
            }
        )

    @property
    def books_anew(self) -> bool:
        """Rather than about a booking that there is."""
        return self.answers.errand in ("book", "wait")

    @property
    def stands_over_another(self) -> bool:
        """It was begun in the middle of something else."""
        return any(each.walk_id != self.walk_id for each in self.heard.context.walks)

    def end_saying(self, text: str, outcome: Outcome = Outcome.ANSWERED) -> Turn:
        """The place that was held is let go."""
        return self.let_go().end(outcome, TextReply(text=text))

    def stopped(self) -> Turn:
        """Given up before it was booked."""
        return self.end_saying(self.say("stopped" if self.answers.hold else "stopped_unheld"))

    def let_go(self) -> Talk:
        if self.answers.hold:
            changing.cancel(self.means, self.heard.visitor_id, Code(self.answers.hold))
        return self.knowing(hold="", starts_at=None)


def region_of(context: Context, means: Means) -> str | None:
    """A region that was named before may have gone from the tree since."""
    return context.region if context.region in means.library().regions else None
