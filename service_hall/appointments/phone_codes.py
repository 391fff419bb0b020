"""A code by phone: six digits, sent once or twice, typed a few times, good for one request of one visitor."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from knowledge_base.booking_rules import BookingRules
from service_hall.appointments.asking import Asker
from service_hall.appointments.budgets import day_began
from service_hall.appointments.outcomes import wording
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means
from service_hall.visits.person import phone_key_of
from service_hall.visits.takings import PhoneCode


@dataclass(frozen=True)
class CodeAsked:
    tries_left: int
    was_wrong: bool
    is_new: bool
    """To be sent, when the transaction is over."""


class PhoneCodes:
    """Of one request; inside its transaction, but for `send`."""

    def __init__(self, means: Means, asker: Asker) -> None:
        self._means, self._asker = means, asker
        self.phone_key = phone_key_of(asker.phone, means.safe)
        self._asked_for = means.safe.fingerprint(f"{asker.good_for} {asker.phone}")
        # Made here: the transaction's work may be run again, and must say the same.
        self._code_id, self._digits = "c_" + secrets.token_urlsafe(16), f"{secrets.randbelow(10**6):06}"

    @property
    def can_be_sent(self) -> bool:
        return self._means.sms is not None and bool(self._asker.phone)

    def confirm(self, page: Page, digits: str, now: datetime) -> bool:
        """Uses the code up, or one of its tries."""
        code = page.code_for(self._asked_for)
        if code is None or not _is_good(code, now):
            return False
        is_right = hmac.compare_digest(code.digits_key, self._key_of(code.code_id, digits))
        page.keep_code(replace(code, tries_left=0 if is_right else code.tries_left - 1))
        return is_right

    def ask(self, page: Page, rules: BookingRules, now: datetime) -> CodeAsked | None:
        """The code that was sent a moment ago is asked for again; else another is to be sent. None: too many were."""
        was_wrong = self._asker.proof is not None
        sent = page.code_for(self._asked_for)
        if sent and _is_good(sent, now) and (was_wrong or now < sent.sent_at + _pause(rules)):
            return CodeAsked(sent.tries_left, was_wrong, is_new=False)
        if self._too_many(page, rules, now):
            return None
        address_key = self._asker.origin.address_key
        page.keep_code(
            PhoneCode(
                code_id=self._code_id,
                asked_for=self._asked_for,
                visitor_id=self._asker.visitor_id,
                address_key=address_key,
                phone_key=self.phone_key,
                digits_key=self._key_of(self._code_id, self._digits),
                sent_at=now,
                expires_at=now + timedelta(minutes=rules.proof_minutes),
                tries_left=rules.code_tries,
            )
        )
        return CodeAsked(rules.code_tries, was_wrong, is_new=True)

    def send(self, rules: BookingRules) -> bool:
        """Outside the transaction: nobody waits for the network with a lock in hand."""
        sender = self._means.sms
        text = wording.say("code_message", digits=self._digits, minutes=rules.proof_minutes)
        return sender is not None and sender.send(self._asker.phone, text)

    def _too_many(self, page: Page, rules: BookingRules, now: datetime) -> bool:
        """A number from which too much was sent already gets no more; from one address nobody comes that far for a
        number of somebody else."""
        asker = self._asker
        sent = page.codes_sent(asker.visitor_id, asker.origin.address_key, self.phone_key, day_began(now))
        return (
            sent.of_visitor >= rules.codes_per_visitor
            or sent.of_address >= rules.codes_per_address
            or sent.of_phone >= rules.codes_per_phone
            or sent.of_phone_from_address >= rules.codes_per_phone_from_address
        )

    def _key_of(self, code_id: str, digits: str) -> str:
        return self._means.safe.fingerprint(f"code {code_id} {digits}")


def _is_good(code: PhoneCode, now: datetime) -> bool:
    return code.tries_left > 0 and now < code.expires_at


def _pause(rules: BookingRules) -> timedelta:
    return timedelta(seconds=rules.code_again_seconds)
