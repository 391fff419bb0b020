"""A small puzzle that a page solves by itself: some hashes for one place, a great many for all of them (altcha, v2).

A puzzle is good for one request of one visitor, for some minutes, once. Nothing of it is kept until it is solved: all
stands in the puzzle, signed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from altcha import Challenge, Payload, Solution, create_challenge, verify_solution

from knowledge_base.booking_rules import BookingRules
from service_hall.appointments.budgets import hashes_at
from service_hall.shared.safe import Safe

_ALGORITHM = "SHA-256"
_HASHES_A_TRY = 50
"""What the service spends to make a puzzle, and again to check it."""
_KEY_BYTES = 16
"""Short enough for a solution to travel in a payload of the chat; far too long to be guessed."""
_MOST_LETTERS = 4000


@dataclass(frozen=True)
class Solved:
    level: int
    proof_key: str
    """By which it is noted as used."""


def make_puzzle(safe: Safe, good_for: str, level: int, rules: BookingRules, now: datetime) -> dict[str, Any]:
    """Altcha's challenge, as JSON. `good_for`: the request, in words that nobody else can say."""
    tries = max(2, hashes_at(level, rules) // _HASHES_A_TRY)
    until = now + timedelta(minutes=rules.proof_minutes)
    challenge = create_challenge(
        _ALGORITHM,
        _HASHES_A_TRY,
        # Never at the beginning: what it costs is known, so no citizen has bad luck and no robot has good luck.
        counter=tries // 2 + secrets.randbelow(tries // 2),
        key_length=_KEY_BYTES,
        data={"for": safe.fingerprint(good_for), "level": level, "until": int(until.timestamp())},
        hmac_secret=_secret(safe),
    )
    made: dict[str, Any] = challenge.to_dict()
    return made


def solved(safe: Safe, payload: str, good_for: str, now: datetime) -> Solved | None:
    """`payload`: altcha's, base64. None for what proves nothing, or for another request, or too late."""
    if len(payload) > _MOST_LETTERS or not verify_solution(payload, _secret(safe)).verified:
        return None
    parameters = Payload.from_base64(payload).challenge.parameters
    told: Mapping[str, Any] = parameters.data or {}
    if told.get("for") != safe.fingerprint(good_for) or int(told.get("until", 0)) < now.timestamp():
        return None
    return Solved(int(told["level"]), safe.fingerprint(f"puzzle {parameters.nonce}"))


def payload_of(challenge: Mapping[str, Any], solution: str) -> str:
    """`solution`: counter and derived key, with a dot between them. '' for what is none."""
    counter, _, derived_key = solution.partition(".")
    if not (counter.isascii() and counter.isdigit() and derived_key):
        return ""
    found = Solution(int(counter), derived_key)
    payload: str = Payload(Challenge.from_dict(dict(challenge)), found).to_base64()
    return payload


def _secret(safe: Safe) -> str:
    return safe.fingerprint("the key that signs puzzles")
