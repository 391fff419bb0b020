"""Where the day's budget is used up: the page solves a puzzle by itself, or the citizen tells a code from the phone."""

from __future__ import annotations

import json

from service_hall.appointments.asking import Proof, SolvedPuzzle, ToldCode
from service_hall.appointments.outcomes import ProofNeeded
from service_hall.appointments.puzzles import payload_of
from service_hall.booking_talk.answers import Answers, Proving
from service_hall.booking_talk.details import opened
from service_hall.booking_talk.showing import numbered, option
from service_hall.booking_talk.talk import FORM, Talk
from service_hall.conversation.flow import TakenOut
from service_hall.conversation.reply import ProofAsked, QuestionField, QuestionOption, QuestionReply
from service_hall.conversation.turn import Turn
from service_hall.hearing.who.codes import code_in
from service_hall.shared.ids import VisitorId
from service_hall.visits.means import Means

NODE = "proof"
AGAIN, PERSON, STOP = "again", "person", "stop"


def ask(talk: Talk, for_what: Proving, needed: ProofNeeded) -> Turn:
    """Before what is to be done goes on."""
    if needed.kind == "hall":
        return talk.end_saying(talk.say("proof_hall"))
    challenge = json.dumps(needed.challenge) if needed.challenge else ""
    talk = talk.knowing(proving=for_what, challenge=challenge, code_sent_to=needed.phone)
    if needed.kind == "phone_code" and needed.was_wrong:
        talk = talk.noting(talk.say("code_another" if needed.is_new else "code_wrong", tries=needed.tries_left))
    return talk.ask(NODE, question(talk))


def question(talk: Talk) -> QuestionReply:
    answers = talk.answers
    if answers.challenge:
        asked = ProofAsked(kind="puzzle", challenge=json.loads(answers.challenge))
        return QuestionReply(text=talk.say("proof_puzzle"), form=FORM, node=NODE, kind="text", proof=asked)
    options = _options(talk)
    text = talk.say("proof_code", phone=answers.code_sent_to)
    code = QuestionField(name="code", label=talk.say("field_code"), hint=talk.say("hint_code"), kind="code")
    return QuestionReply(
        text="\n".join((text, *numbered(options))),
        form=FORM,
        node=NODE,
        kind="text",
        options=tuple(options),
        fields=(code,),
        proof=ProofAsked(kind="phone_code", phone=answers.code_sent_to),
    )


def told(talk: Talk) -> Proof | None:
    """The code that stood in this message."""
    pocket = opened(talk.means.safe, talk.heard.visitor_id, talk.heard.context.pocket)
    return ToldCode(str(pocket["code"])) if pocket.get("code") else None


def solution(talk: Talk, value: str) -> Proof | None:
    """What the page found, as a payload carries it."""
    payload = payload_of(json.loads(talk.answers.challenge), value) if talk.answers.challenge else ""
    return SolvedPuzzle(payload) if payload else None


def take_out_code(means: Means, visitor_id: VisitorId, text: str, answers: Answers) -> TakenOut | None:
    """A code is for nobody else to read: neither the records nor Rasa. None: there is none."""
    written = code_in(text) if answers.code_sent_to else None
    if written is None:
        return None
    return TakenOut(written.left, means.safe.seal(json.dumps({"code": written.digits}), visitor_id))


def _options(talk: Talk) -> list[QuestionOption]:
    return [option(NODE, talk.say(f"proof_{value}"), value) for value in (AGAIN, PERSON, STOP)]
