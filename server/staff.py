"""Staff accounts as the doors ask them: passwords, codes, sessions. The first, `admin`, is made on the first run."""

from __future__ import annotations

import secrets
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.second_step import NewSecret, SecondStep
from server.storage.staff_store import StaffStore
from service_hall.shared.clock import Clock
from service_hall.shared.safe import Safe
from service_hall.staff.accounts import Account, Duties
from service_hall.staff.audit import Entry
from service_hall.staff.member import Member
from service_hall.staff.roles import Role

ADMIN = "admin"
RULES_ALL = Duties(frozenset({Role.ADMINISTRATOR}))
OPERATOR = "operator"
"""Who sets the service up, in the book of who did what."""
LANES = 1
"""Threads of one hash. With the library's four, one log-in would take every core from the citizens; an attacker with
a stolen database works as long at each guess either way (RFC 9106: memory times passes)."""


class StaffAccounts:
    def __init__(self, store: StaffStore, clock: Clock, safe: Safe, hasher: PasswordHasher | None = None) -> None:
        """`hasher`: slow on purpose, unless another is given."""
        self._store, self._clock = store, clock
        self._second_step = SecondStep(safe, clock)
        self._hasher = hasher or PasswordHasher(parallelism=LANES)

    def accepts(self, name: str, password: str, code: str = "") -> str | None:
        """The mark that the new session carries. `code`: of the second step, where the account has one; it is used up.
        Takes a core and 64 MB for a sixth of a second."""
        kept = self._with_password(name, password)
        if kept is None or kept.duties.disabled:
            return None
        if kept.second_step:
            step = self._second_step.step_of(name, kept.second_step, code)
            if step is None or not self._store.use_code(name, step):
                return None
        return kept.session_mark

    def is_password(self, name: str, password: str) -> bool:
        return self._with_password(name, password) is not None

    def hashed(self, password: str) -> str:
        return self._hasher.hash(password)

    def at_work(self, name: str, mark: str) -> Member | None:
        """Who shows a session with this mark. None: it has ended, or so has the account. Asked with every request: one
        row by its key."""
        kept = self._store.find(name)
        return kept.member if kept and kept.session_mark == mark and not kept.duties.disabled else None

    def has_second_step(self, name: str) -> bool:
        kept = self._store.find(name)
        return bool(kept and kept.second_step)

    def begin_second_step(self, name: str) -> NewSecret:
        return self._second_step.begin(name)

    def confirmed_second_step(self, name: str, sealed: str, code: str) -> str:
        """What is to be kept; empty: the code is not right. It is used up."""
        confirmed = self._second_step.confirmed(name, sealed, code)
        return confirmed[0] if confirmed and self._store.use_code(name, confirmed[1]) else ""

    def session_mark(self, name: str) -> str | None:
        """None: there is no such account."""
        kept = self._store.find(name)
        return kept.session_mark if kept else None

    def end_sessions(self, name: str) -> None:
        """Everywhere at once."""
        self._store.end_sessions(name)

    def open_admin(self, password: str) -> str:
        """With `password` from the settings, that is the admin's from now on; if it is another one, the sessions end,
        and so does whatever kept the admin out. Without, one is made with the account, and returned this once; empty:
        there was nothing to make."""
        is_there = self._store.find(ADMIN) is not None
        if password:
            if not is_there or not self.is_password(ADMIN, password):
                hashed = self._hasher.hash(password)
                if not self._store.add(ADMIN, hashed, self._clock(), RULES_ALL, entry=self._by_operator("add")):
                    self._store.change(ADMIN, hashed, entry=self._by_operator("reset_password"))
                    self._store.set_duties(ADMIN, RULES_ALL, self._by_operator("roles"))
                    self._store.set_second_step(ADMIN, "", self._by_operator("second_step_off"))
            return ""
        if is_there:
            return ""
        made, entry = secrets.token_urlsafe(12), self._by_operator("add")
        return made if self._store.add(ADMIN, self._hasher.hash(made), self._clock(), RULES_ALL, entry=entry) else ""

    def _by_operator(self, deed: str) -> Entry:
        return Entry(OPERATOR, f"staff.{deed}", "account", ADMIN, self._clock(), after=RULES_ALL.told())

    def _with_password(self, name: str, password: str) -> Account | None:
        # A name that there is not takes as long: nobody learns who works here.
        kept = self._store.find(name)
        if not self._verifies(kept.password_hash if kept else self._nobodys, password) or kept is None:
            return None
        if self._hasher.check_needs_rehash(kept.password_hash):
            self._store.hash_anew(name, kept, self._hasher.hash(password))
        return kept

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_urlsafe(12))

    def _verifies(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def welcome_admin(accounts: StaffAccounts, password: str) -> None:
    """Tells the operator the password that was made, if one was; no log has any business with it."""
    if made := accounts.open_admin(password):
        print(f"First account of /console and /counter: name {ADMIN}, password {made}  (shown this once)", flush=True)
