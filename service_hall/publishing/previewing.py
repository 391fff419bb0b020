"""What citizens would be told of a draft, asked over a library that has it."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.model import NATIONAL
from service_hall.conversation.context import Context
from service_hall.conversation.message import legible
from service_hall.conversation.reply import Reply
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.documents import findings_of, library_of
from service_hall.publishing.draft import Draft
from service_hall.publishing.outcomes import Faulty
from service_hall.shared.ids import VisitorId

_NOBODY = VisitorId("")


class Previewing:
    def __init__(self, desk: PublishingDesk) -> None:
        self._desk = desk

    def replies(self, draft: Draft, question: str) -> Sequence[Reply] | Faulty:
        """As somebody's first sentence, in the draft's region."""
        if findings := findings_of(self._desk.library, draft, self._desk.today):
            return Faulty(findings)
        reception = self._desk.reception_over(library_of(self._desk.library, draft))
        region = draft.key.region if draft.key.region != NATIONAL else None
        turn = reception.respond_alone(_NOBODY, reception.mask(legible(question)), Context(region=region))
        reception.let_go(_NOBODY, turn.context)
        return turn.replies
