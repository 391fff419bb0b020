"""Staff accounts: the first one, `admin`, is made on the first run."""

from __future__ import annotations

import secrets
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.storage.staff_store import StaffStore
from service_hall.shared.clock import Clock

ADMIN = "admin"
LANES = 1
"""Threads of one hash. With the library's four, one log-in would take every core from the citizens; an attacker with
a stolen database works as long at each guess either way (RFC 9106: memory times passes)."""


class StaffAccounts:
    def __init__(self, store: StaffStore, clock: Clock, hasher: PasswordHasher | None = None) -> None:
        """`hasher`: slow on purpose, unless another is given."""
        self._store, self._clock = store, clock
        self._hasher = hasher or PasswordHasher(parallelism=LANES)

    def accepts(self, name: str, password: str) -> str | None:
        """The mark that the new session carries. Takes a core and 64 MB for a sixth of a second."""
        # A name that there is not takes as long: nobody learns who works here.
        kept = self._store.find(name)
        if not self._verifies(kept.password_hash if kept else self._nobodys, password) or kept is None:
            return None
        if self._hasher.check_needs_rehash(kept.password_hash):
            self._store.hash_anew(name, kept, self._hasher.hash(password))
        return kept.session_mark

    def session_mark(self, name: str) -> str | None:
        """None: there is no such account. Asked with every request: one row by its key."""
        kept = self._store.find(name)
        return kept.session_mark if kept else None

    def end_sessions(self, name: str) -> None:
        """Everywhere at once."""
        self._store.end_sessions(name)

    def open_admin(self, password: str) -> str:
        """With `password` from the settings, that is the admin's from now on; if it is another one, the sessions end.
        Without, one is made with the account, and returned this once; empty: there was nothing to make."""
        is_there = self._store.find(ADMIN) is not None
        if password:
            if not is_there or self.accepts(ADMIN, password) is None:
                hashed = self._hasher.hash(password)
                if not self._store.add(ADMIN, hashed, self._clock()):
                    self._store.change(ADMIN, hashed)
            return ""
        if is_there:
            return ""
        made = secrets.token_urlsafe(12)
        return made if self._store.add(ADMIN, self._hasher.hash(made), self._clock()) else ""

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_urlsafe(12))

    def _verifies(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
