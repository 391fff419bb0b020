"""What a question comes to over a library: which items it is ranked for, what is decided, and the statement told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledge_base.library import Library
from knowledge_base.search.explaining import Candidate, explain_search
from knowledge_base.search.find import Answered, NotFound, Unsure
from service_hall.conversation.context import Context
from service_hall.conversation.message import legible
from service_hall.conversation.reply import AnswerReply
from service_hall.conversation.turn import Turn
from service_hall.reception import Reception
from service_hall.shared.ids import VisitorId

_NOBODY = VisitorId("")
ReceptionOver = Callable[[Library], Reception]
"""The hall's reception, as if that library were published."""


@dataclass(frozen=True)
class Found:
    """At a look: what the search alone comes to."""

    decision: str
    """`answer`, `choices` or `nothing`."""
    items: tuple[str, ...]
    """What is answered, or offered to choose from; items and topics."""
    first: str
    """The item that is ranked first, however unlikely; '' for none."""


@dataclass(frozen=True)
class Answer:
    """All of what a citizen would get."""

    question: str
    """Masked."""
    found: Found
    outcome: str
    rule: str
    item: str
    """Of the answer; '' where no guide answers."""
    statement: str
    """`id-card-lost/fee-lost`, what leads the answer; '' where none does."""
    told: str
    """The reply's text, what leads first."""
    lead: str

    @property
    def is_hit(self) -> bool:
        return bool(self.item)

    @property
    def same_as(self) -> tuple[str, str, tuple[str, ...], str]:
        """Two answers with equal ones are the same to a curator."""
        return self.found.decision, self.item, self.found.items, self.statement or self.lead


@dataclass(frozen=True)
class Tested:
    """An answer with what spoke for each item."""

    answer: Answer
    candidates: tuple[Candidate, ...]


def look(library: Library, question: str) -> Found:
    decision = library.find(question)
    first = decision.hits[0].guide_id if decision.hits else ""
    match decision:
        case Answered(hit=hit):
            return Found("answer", (hit.guide_id,), first)
        case Unsure(choices=choices):
            return Found("choices", tuple(each.guide_id for each in choices), first)
        case NotFound():
            return Found("nothing", (), first)


def answer(library: Library, reception: Reception, question: str) -> Answer:
    """As somebody's first sentence. `reception`: over that library. Names and numbers are masked first."""
    said = reception.mask(legible(question))
    turn = reception.respond_alone(_NOBODY, said, Context())
    reception.let_go(_NOBODY, turn.context)
    return _answer_of(said, look(library, said), turn)


def tested(library: Library, reception: Reception, question: str) -> Tested:
    answered = answer(library, reception, question)
    return Tested(answered, explain_search(library, answered.question).candidates)


def _answer_of(said: str, found: Found, turn: Turn) -> Answer:
    text = "\n".join(reply.text for reply in turn.replies)
    told = next((reply for reply in turn.replies if isinstance(reply, AnswerReply)), None)
    return Answer(
        question=said,
        found=found,
        outcome=turn.outcome.value,
        rule=turn.reason,
        item=told.guide_id if told else "",
        statement=told.fact.statement_id if told and told.fact else "",
        told=text,
        lead=told.text[: told.lead] if told else text.partition("\n")[0],
    )
