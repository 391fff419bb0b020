"""A booking at any door: whom it is for, and why it cannot be had."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from channels.inputs import Moment
from channels.proofs import proof_needed
from channels.refusals import Refusal
from channels.visit_bodies import opening_body
from service_hall.appointments.outcomes import (
    LimitReached,
    NotAllowed,
    NotOpen,
    ProofNeeded,
    Refused,
    Restricted,
    SlotFull,
    Unknown,
)
from service_hall.hearing.who.checks import Fault, check_id_number, check_name, check_phone
from service_hall.visits.person import Person

BOOKED_BEFORE: dict[int | str, dict[str, Any]] = {200: {"description": "booked before with the same key"}}
"""For the schema of a route that books."""


class NewTimeIn(BaseModel):
    starts_at: Moment


class PersonIn(BaseModel):
    model_config = ConfigDict(extra="ignore")
    name: str = Field(max_length=100)
    phone: str = Field(max_length=40)
    id_number: str | None = Field(default=None, max_length=40)


def checked_person(given: PersonIn, today: date) -> Person:
    """Refuses (422) with the sentence of the first field that cannot be right."""
    checked = (
        check_name(given.name),
        check_phone(given.phone),
        check_id_number(given.id_number, today) if given.id_number and given.id_number.strip() else "",
    )
    for each in checked:
        if isinstance(each, Fault):
            raise Refusal(422, f"bad_{each.field}", each.message)
    name, phone, id_number = (str(each) for each in checked)
    return Person(name, phone, id_number)


def refusal_of(outcome: Refused | ProofNeeded | Unknown) -> Refusal:
    match outcome:
        case ProofNeeded():
            return proof_needed(outcome)
        case SlotFull(alternatives):
            also = {"alternatives": [opening_body(each, True) for each in alternatives]}
            return Refusal(409, "slot_full", outcome.message, also=also)
        case LimitReached():
            return Refusal(409, "limit_reached", outcome.message)
        case Restricted():
            return Refusal(409, "restricted", outcome.message)
        case NotOpen(reason):
            return Refusal(422, reason, outcome.message)
        case NotAllowed(reason):
            return Refusal(409, reason, outcome.message)
        case Unknown():
            return Refusal(404, "unknown_code", outcome.message)
