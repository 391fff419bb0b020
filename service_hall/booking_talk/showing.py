"""How a question of the booking looks: its options, numbered, and how far along the way it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service_hall.booking_talk.bookable import is_settled, offices_of
from service_hall.booking_talk.talk import FORM, Talk
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import Choice, Progress, QuestionOption, QuestionReply

WAYS: Mapping[str, tuple[str, ...]] = {
    "book": ("item", "office", "when", "person", "confirm"),
    "wait": ("item", "office", "when", "person"),
    "move": ("which", "when", "confirm_move"),
    "cancel": ("which", "cancel"),
}
"""Errand → its questions, in order."""


def option(node: str, label: str, value: str, code: str = "") -> QuestionOption:
    fields = {"node": node, "value": value} | ({"code": code} if code else {})
    return QuestionOption(label=label, payload=command_payload("give_details", **fields), value=value)


def single_choice(talk: Talk, node: str, text: str, options: Sequence[QuestionOption]) -> QuestionReply:
    """The text alone must do on a door without buttons: numbered, answered with the number."""
    return QuestionReply(
        text="\n".join((text, *numbered(options))),
        form=FORM,
        node=node,
        kind="single",
        options=tuple(options),
        progress=progress_at(talk, node),
    )


def numbered(options: Sequence[Choice]) -> list[str]:
    return [f"{number}. {each.label}" for number, each in enumerate(options, start=1)]


def progress_at(talk: Talk, node: str) -> Progress | None:
    """Counted: the questions that were asked, and those that are still to be; what was told unasked is neither."""
    way = WAYS[talk.answers.errand]
    if node not in way:
        return None
    step = len(talk.trail_to(node)) + 1
    return Progress(step=step, of=step + sum(_is_open(talk, later) for later in way[way.index(node) + 1 :]))


def _is_open(talk: Talk, node: str) -> bool:
    answers = talk.answers
    known = {
        "office": bool(answers.guide_id) and (is_settled(talk) or len(offices_of(talk)) < 2),
        "when": bool(answers.starts_at) or answers.errand == "wait",
        "person": answers.has_person,
    }
    return not known.get(node, False)
