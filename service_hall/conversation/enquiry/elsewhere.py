"""What is said of another city: the country's guides name many as examples."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from knowledge_base.model import NATIONAL, Aspect
from knowledge_base.search.statement_reader import MOST_BESIDE, Read
from knowledge_base.statements import Statement
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.reply import AnswerReply


def rule_there(
    asked: Asked, guide_id: str, places: Collection[str], sentence: str, aspects: Sequence[Aspect]
) -> Statement | None:
    """What answers and names one of the places, though a rule of this city's own stand in its place here."""
    guide, reader = asked.library.guide(guide_id, NATIONAL), asked.library.statement_reader
    if guide is None or reader is None:
        return None
    read = reader.read(guide, sentence, aspects)
    return next((each for each in (read.leading, *read.beside) if each and names_any(each, places)), None)


def names_any(statement: Statement, places: Collection[str]) -> bool:
    return any(place in statement.says for place in places)


def led_by_the_rule_there(rule: Statement, read: Read) -> Read:
    own = [each for each in (read.here, read.leading, *read.beside) if each and each.id != rule.id]
    return Read(rule, tuple(own[:MOST_BESIDE]))


def noted_behind_the_first_line(reply: AnswerReply, note: str) -> AnswerReply:
    first, end, _ = reply.text.partition("\n")
    return reply.without_opening(first + end).led_by(f"{first}\n{note}\n")
