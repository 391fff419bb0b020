"""What the appointment routes take in."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from channels.bookings import PersonIn
from channels.inputs import CatalogueId, Day, Moment, Said
from channels.proofs import ProofIn
from channels.refusals import Refusal
from service_hall.appointments.outcomes import Unknown
from service_hall.shared.ids import read_code
from service_hall.visits.visit import Code


class BookingIn(PersonIn):
    guide_id: CatalogueId
    office_id: CatalogueId
    starts_at: Moment
    share_with_clerk: bool = False
    proof: ProofIn | None = None


class WishIn(PersonIn):
    guide_id: CatalogueId
    office_id: CatalogueId
    first_day: Day
    last_day: Day
    proof: ProofIn | None = None


class TicksIn(BaseModel):
    ticked: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=100)]


class ConsentIn(BaseModel):
    share: bool


class RatingIn(BaseModel):
    score: int
    comment: Annotated[Said, Field(max_length=1000)] = ""


class AppealIn(BaseModel):
    reason: Annotated[Said, Field(min_length=1, max_length=1000)]


def checked_code(code: str) -> Code:
    read = read_code(code)
    if not read:
        raise Refusal(404, "unknown_code", Unknown().message)
    return Code(read)
