"""Accounts of staff. Passwords are kept as hashes alone."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from server.storage.engine import insert_for, pen_of, writing
from server.storage.visit_schema import staff_accounts


class StaffStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def hash_of(self, name: str) -> str | None:
        wanted = sa.select(staff_accounts.c.password_hash).where(staff_accounts.c.name == name)
        with self._engine.begin() as transaction:
            found: str | None = transaction.execute(wanted).scalar()
            return found

    def add(self, name: str, password_hash: str, at: datetime) -> bool:
        """False: the account was there already, and stays as it is."""
        with pen_of(self._engine), writing(self._engine).begin() as transaction:
            account = insert_for(transaction)(staff_accounts).values(name=name, password_hash=password_hash, made_at=at)
            return transaction.execute(account.on_conflict_do_nothing()).rowcount > 0

    def change(self, name: str, password_hash: str) -> None:
        changed = sa.update(staff_accounts).where(staff_accounts.c.name == name).values(password_hash=password_hash)
        with pen_of(self._engine), writing(self._engine).begin() as transaction:
            transaction.execute(changed)
