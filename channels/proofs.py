"""A proof at any door: what is asked for (428), and what comes back with the same request."""

from __future__ import annotations

import string
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from channels.refusals import Refusal
from service_hall.appointments.asking import Proof, SolvedPuzzle, ToldCode
from service_hall.appointments.outcomes import ProofNeeded

PROOF_NEEDED = {428: "proof_needed (with `proof`)"}
"""For the schema of a route that takes places."""


class PuzzleIn(BaseModel):
    model_config = ConfigDict(extra="ignore")
    kind: Literal["puzzle"]
    payload: Annotated[str, Field(max_length=4000)]


class PhoneCodeIn(BaseModel):
    model_config = ConfigDict(extra="ignore")
    kind: Literal["phone_code"]
    code: Annotated[str, Field(max_length=20)]


ProofIn = Annotated[PuzzleIn | PhoneCodeIn, Field(discriminator="kind")]


def proof_given(given: PuzzleIn | PhoneCodeIn | None) -> Proof | None:
    match given:
        case PuzzleIn():
            return SolvedPuzzle(given.payload)
        case PhoneCodeIn():
            return ToldCode(_digits_in(given.code))
    return None


def _digits_in(code: str) -> str:
    """As people type it: with a blank in the middle, in wide digits."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", code) if sign in string.digits)


def proof_body(needed: ProofNeeded) -> dict[str, Any]:
    if needed.kind == "puzzle":
        return {"kind": "puzzle", "challenge": needed.challenge}
    return {"kind": "phone_code", "phone": needed.phone, "tries_left": needed.tries_left}


def proof_needed(needed: ProofNeeded) -> Refusal:
    return Refusal(428, "proof_needed", needed.message, also={"proof": proof_body(needed)})
