"""Which of what an answer says rests on a rule whose text nobody has checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from knowledge_base.model import UNVERIFIED, Part, ServiceGuide, Source
from service_hall.conversation.wording import say, statement_label

MOST_NAMED = 3
_WORDS = 14


def remark_on_unchecked(guide: ServiceGuide, facts: Sequence[object]) -> str:
    """'' where all of it was checked. `facts`: the parts of the guide that the answer tells."""
    statements = list(_statements(facts))
    unchecked = [each for each in statements if _rests_on_nothing(guide, each)]
    if not unchecked:
        return ""
    if len(unchecked) == len(statements):
        return say("unchecked")
    labels = list(dict.fromkeys(_label(each) for each in unchecked))
    named = "".join(f"“{label}”" for label in labels[:MOST_NAMED])
    return say("unchecked_in_part", parts=named if len(labels) <= MOST_NAMED else f"{named}等{len(labels)}处")


def _statements(facts: Iterable[object]) -> Iterator[Part]:
    """Everything that names a source, once; a whole without one is looked into."""
    for fact in facts:
        if isinstance(fact, tuple):
            yield from _statements(fact)
        elif isinstance(fact, Source) or (isinstance(fact, Part) and "source" in type(fact).model_fields):
            yield fact
            yield from _statements(getattr(fact, name) for name in type(fact).model_fields)
        elif isinstance(fact, Part):
            yield from _statements(getattr(fact, name) for name in type(fact).model_fields)


def _rests_on_nothing(guide: ServiceGuide, statement: Part) -> bool:
    if isinstance(statement, Source):
        return statement.unverified
    name = str(getattr(statement, "source", ""))
    source = guide.source(name)
    return name == UNVERIFIED or (source is not None and source.unverified)


def _label(statement: Part) -> str:
    """By what the citizen finds it in the answer."""
    for name in ("name", "title", "text"):
        if told := getattr(statement, name, ""):
            return _first_words(str(told))
    return statement_label(type(statement).__name__)


def _first_words(text: str) -> str:
    for mark in "：，。；、（":
        text = text.partition(mark)[0]
    return text[:_WORDS]
