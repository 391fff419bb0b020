"""Why a sentence is answered as it is: what was heard, what spoke for what, which rule had the word. Keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.language.spelling import Spelling
from knowledge_base.language.spoken import load_spoken
from knowledge_base.library import Library
from knowledge_base.search.explaining import Told, Weighed, explain_search, explain_statements
from service_hall.conversation.context import Context
from service_hall.conversation.first_rule import noting_who_declines
from service_hall.conversation.message import legible
from service_hall.conversation.reply import AnswerReply
from service_hall.reception import Reception
from service_hall.shared.ids import VisitorId

_NOBODY = VisitorId("")


@dataclass(frozen=True)
class Step:
    what: str
    text: str
    """As it stood after the step."""


@dataclass(frozen=True)
class Explained:
    heard: tuple[Step, ...]
    """What changed the sentence, in order; what was said first."""
    act: str
    aspects: tuple[str, ...]
    weighed: Weighed
    statements: tuple[Told, ...]
    """Of the guide that answers, the likeliest first."""
    declined: tuple[str, ...]
    """The rules that were asked before and had nothing to say."""
    rule: str
    """The one that answered; the reason that is kept with a turn."""
    outcome: str
    replies: tuple[str, ...]


def explain(library: Library, reception: Reception, text: str) -> Explained:
    """As somebody's first sentence, whom nobody knows. Names and numbers are masked before anything else is done."""
    masked = reception.mask(legible(text))
    said = library.spelling(masked)
    act, aspect = reception.understand(said)
    with noting_who_declines() as declined:
        turn = reception.respond_alone(_NOBODY, said, Context())
    reception.let_go(_NOBODY, turn.context)
    clear = library.intents.read_aspects(said)
    aspects = tuple(dict.fromkeys((*([aspect] if aspect else []), *clear))) or (library.intents.likeliest_aspect(said),)
    answers = [reply for reply in turn.replies if isinstance(reply, AnswerReply)]
    guide = library.guide(answers[0].guide_id) if answers else None
    asked = (answers[0].aspect, *(each for each in aspects if each != answers[0].aspect)) if answers else aspects
    return Explained(
        heard=tuple(_steps(masked, library.spelling)),
        act=act.value,
        aspects=tuple(each.value for each in asked),
        weighed=explain_search(library, said),
        statements=explain_statements(library, guide, said, asked) if guide else (),
        declined=tuple(declined),
        rule=turn.reason,
        outcome=turn.outcome.value,
        replies=tuple(reply.text for reply in turn.replies),
    )


def _steps(said: str, spelling: Spelling) -> list[Step]:
    spoken, spelled = load_spoken(), spelling.read(said)
    slips = "; ".join(f"{each.written} is {each.meant} ({each.slip or 'initials'})" for each in spelled.put_right)
    steps = [Step("said, names and numbers masked", said)]
    for what, text in (
        ("in simplified characters", spoken.simplified(said)),
        ("in plain words", spoken(said)),
        (f"rightly spelled, {slips}", spelled.text),
    ):
        if text != steps[-1].text:
            steps.append(Step(what, text))
    return steps
