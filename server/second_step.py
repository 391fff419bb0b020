"""The second step of signing in: codes by time (RFC 6238), each good once."""

from __future__ import annotations

from dataclasses import dataclass

import pyotp

from service_hall.shared.clock import Clock
from service_hall.shared.safe import Safe, SealBroken

ISSUER = "问办"
_SECONDS = 30
_NEAR = (0, -1, 1)
"""Time steps: telephones are some seconds early or late, and so are people."""


@dataclass(frozen=True)
class NewSecret:
    """`address`: what the code for the telephone says. `sealed`: the secret, until the first code confirms it."""

    secret: str
    address: str
    sealed: str


class SecondStep:
    def __init__(self, safe: Safe, clock: Clock) -> None:
        self._safe, self._clock = safe, clock

    def begin(self, name: str) -> NewSecret:
        secret = pyotp.random_base32()
        address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
        return NewSecret(secret, address, self._safe.seal(secret, _begun(name)))

    def confirmed(self, name: str, sealed: str, code: str) -> tuple[str, int] | None:
        """What is to be kept, and the time step of the code; None: it is no code of what was begun."""
        try:
            secret = self._safe.open(sealed, _begun(name))
        except SealBroken:
            return None
        step = self.step_in(secret, code)
        return None if step is None else (self._safe.seal(secret, _bound(name)), step)

    def step_of(self, name: str, sealed: str, code: str) -> int | None:
        """The time step whose code it is; None: of none that is near. Raises SealBroken."""
        return self.step_in(self._safe.open(sealed, _bound(name)), code)

    def step_in(self, secret: str, code: str) -> int | None:
        digits = code.replace(" ", "")
        if not (digits.isascii() and digits.isdigit()):
            return None
        now = int(self._clock().timestamp()) // _SECONDS
        codes = pyotp.TOTP(secret)
        return next((now + near for near in _NEAR if codes.verify(digits, for_time=(now + near) * _SECONDS)), None)


def _begun(name: str) -> str:
    return f"second step of {name}, to be confirmed"


def _bound(name: str) -> str:
    return f"second step of {name}"
