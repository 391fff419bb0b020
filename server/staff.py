"""Staff accounts: the first one, `admin`, is made on the first run."""

from __future__ import annotations

import secrets
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.storage.staff_store import StaffStore
from service_hall.shared.clock import Clock

ADMIN = "admin"


class StaffAccounts:
    def __init__(self, store: StaffStore, clock: Clock, hasher: PasswordHasher | None = None) -> None:
        """`hasher`: slow on purpose, unless another is given."""
        self._store, self._clock = store, clock
        self._hasher = hasher or PasswordHasher()

    def accepts(self, name: str, password: str) -> bool:
        # A name that there is not takes as long: nobody learns who works here.
        kept = self._store.hash_of(name)
        return self._verifies(kept or self._nobodys, password) and kept is not None

    def open_admin(self, password: str) -> str:
        """With `password` from the settings, that is the admin's from now on. Without, one is made with the account,
        and returned this once; empty: there was nothing to make."""
        if password:
            hashed = self._hasher.hash(password)
            if not self._store.add(ADMIN, hashed, self._clock()) and not self.accepts(ADMIN, password):
                self._store.change(ADMIN, hashed)
            return ""
        if self._store.hash_of(ADMIN):
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
