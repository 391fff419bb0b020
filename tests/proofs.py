"""What a page and a phone do with a proof that is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from altcha import Challenge, Payload, solve_challenge

from service_hall.appointments.asking import SolvedPuzzle, ToldCode
from service_hall.appointments.outcomes import ProofNeeded
from service_hall.shared.origin import Origin

HERE, THERE = Origin(address_key="here", solves_puzzles=True), Origin(address_key="there", solves_puzzles=True)
NO_SCRIPTS = Origin()
"""A door like WeChat's: no address, no scripts."""


class FakeSms:
    """Keeps what it is given; breaks when it is told to."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.works = True

    def send(self, phone: str, text: str) -> bool:
        if self.works:
            self.sent.append((phone, text))
        return self.works

    @property
    def digits(self) -> str:
        """Of the last code."""
        [digits] = re.findall(r"(?<!\d)\d{6}(?!\d)", self.sent[-1][1])
        return str(digits)

    @property
    def told(self) -> ToldCode:
        return ToldCode(self.digits)


def solution_of(challenge: Mapping[str, Any]) -> str:
    """As altcha's own solver finds it, in altcha's own form."""
    read = Challenge.from_dict(dict(challenge))
    found = solve_challenge(read)
    assert found
    payload: str = Payload(read, found).to_base64()
    return payload


def solved(needed: object) -> SolvedPuzzle:
    assert isinstance(needed, ProofNeeded) and needed.challenge, needed
    return SolvedPuzzle(solution_of(needed.challenge))
