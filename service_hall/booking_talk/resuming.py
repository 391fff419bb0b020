"""With the proof in hand, what was to be done is done: the place held, booked, or waited for."""

from __future__ import annotations

from service_hall.appointments.asking import Proof
from service_hall.booking_talk import confirm, proving, waiting, when, who
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.choosing import pick
from service_hall.conversation.turn import Turn


def read(talk: Talk) -> Talk | Turn | None:
    """At the question for a proof."""
    if code := proving.told(talk):
        return resume(talk, code)
    options = proving.question(talk).options
    picked = pick(talk.heard.text, options)
    return choose(talk, next(each.value for each in options if each.payload == picked.payload)) if picked else None


def choose(talk: Talk, value: str) -> Talk | Turn | None:
    match value:
        case proving.AGAIN:
            return resume(talk, None)
        case proving.PERSON:
            return who.change(talk)
        case proving.STOP:
            return talk.stopped()
    proof = proving.solution(talk, value)
    return resume(talk, proof) if proof else None


def resume(talk: Talk, proof: Proof | None) -> Talk | Turn | None:
    answers = talk.answers
    match answers.proving:
        case "hold" if answers.hold_at:
            return when.take(talk, answers.hold_at, proof=proof)
        case "book" | "book_share":
            return confirm.book_it(talk, share=answers.proving == "book_share", proof=proof)
        case "wish":
            return waiting.settle(talk, proof)
    return None
