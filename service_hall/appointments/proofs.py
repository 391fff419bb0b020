"""Before a place is taken: whose day's budget is used up proves first that it is not a robot.

Where the hall sends short messages, by a code to the phone of the booking; else by a puzzle. Where neither can be had,
the hotline and the hall are left. Staff are never asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from knowledge_base.booking_rules import BookingRules
from service_hall.appointments.asking import Asker, SolvedPuzzle, ToldCode
from service_hall.appointments.budgets import day_began, level_needed
from service_hall.appointments.outcomes import ProofNeeded
from service_hall.appointments.phone_codes import CodeAsked, PhoneCodes
from service_hall.appointments.puzzles import make_puzzle, solved
from service_hall.hearing.who.checks import masked_phone
from service_hall.visits.ledger import Page, address_locks, phone_lock
from service_hall.visits.means import Means
from service_hall.visits.takings import Taking
from service_hall.visits.visit import VisitId
from service_hall.visits.waiting import WishId


@dataclass(frozen=True)
class Admitted:
    is_proven: bool = False
    phone_key: str | None = None
    """Of the phone that a code has confirmed."""


@dataclass(frozen=True)
class Stopped:
    """What is to be asked for; made and sent when the transaction is over."""

    level: int
    code: CodeAsked | None = None
    phone_first: bool = False
    """A code will be asked for, once the phone is known."""


class Gate:
    """Of one request. `admit` and `note` are for the transaction that takes the place, under the gate's locks."""

    def __init__(self, means: Means, asker: Asker) -> None:
        self._means, self._asker = means, asker
        self._codes = PhoneCodes(means, asker)
        proof = asker.proof
        self._digits = proof.digits if isinstance(proof, ToldCode) else ""
        self._solved = (
            solved(means.safe, proof.payload, asker.good_for, means.now()) if isinstance(proof, SolvedPuzzle) else None
        )

    @property
    def locks(self) -> list[str]:
        phone = [phone_lock(self._codes.phone_key)] if self._codes.can_be_sent else []
        return [*address_locks(self._asker.origin.address_key), *phone]

    def admit(self, page: Page, rules: BookingRules, now: datetime) -> Admitted | Stopped:
        address_key = self._asker.origin.address_key
        level = level_needed(page.counted(self._asker.visitor_id, address_key, day_began(now)), address_key, rules)
        if level == 0:
            return Admitted()
        # While one citizen's page solved it, others at the same address may have booked: one level is not held against
        # whoever began below it.
        if self._solved and self._solved.level >= level - 1 and page.use_up(self._solved.proof_key, now):
            return Admitted(is_proven=True)
        if not self._means.sms:
            return Stopped(level)
        if not self._codes.can_be_sent:
            return Stopped(level, phone_first=True)
        if self._digits and self._codes.confirm(page, self._digits, now):
            return Admitted(is_proven=True, phone_key=self._codes.phone_key)
        return Stopped(level, self._codes.ask(page, rules, now))

    def note(self, page: Page, taken_id: VisitId | WishId, admitted: Admitted, now: datetime) -> None:
        asker = self._asker
        page.add_taking(Taking(taken_id, asker.visitor_id, asker.origin.address_key, now, admitted.is_proven))

    def ask(self, stopped: Stopped) -> ProofNeeded:
        """A code that does not go out is no dead end: the puzzle stands in."""
        means, asker, rules = self._means, self._asker, self._means.rules_now()
        if stopped.phone_first:
            return ProofNeeded("phone_code")
        if (code := stopped.code) and (not code.is_new or self._codes.send(rules)):
            return ProofNeeded(
                "phone_code",
                phone=masked_phone(asker.phone),
                tries_left=code.tries_left,
                was_wrong=code.was_wrong,
                is_new=code.is_new,
            )
        if not asker.origin.solves_puzzles:
            return ProofNeeded("hall")
        puzzle = make_puzzle(means.safe, asker.good_for, stopped.level, rules, means.now())
        return ProofNeeded("puzzle", challenge=puzzle, was_wrong=isinstance(asker.proof, SolvedPuzzle))
