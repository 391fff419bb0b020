"""Accounts of staff. Passwords are kept as hashes alone; a session is good for as long as its account has its mark."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from server.storage.engine import insert_for, pen_of, writing
from server.storage.visit_schema import staff_accounts


@dataclass(frozen=True)
class Account:
    password_hash: str
    session_mark: str


class StaffStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def find(self, name: str) -> Account | None:
        columns = staff_accounts.c.password_hash, staff_accounts.c.session_mark
        with self._engine.begin() as transaction:
            found = transaction.execute(sa.select(*columns).where(staff_accounts.c.name == name)).one_or_none()
        return Account(*found) if found else None

    def add(self, name: str, password_hash: str, at: datetime) -> bool:
        """False: the account was there already, and stays as it is."""
        with pen_of(self._engine), writing(self._engine).begin() as transaction:
            account = insert_for(transaction)(staff_accounts).values(
                name=name, password_hash=password_hash, made_at=at, session_mark=_new_mark()
            )
            # Not by rowcount: on PostgreSQL that says nothing here.
            added = account.on_conflict_do_nothing().returning(staff_accounts.c.name)
            return transaction.execute(added).one_or_none() is not None

    def change(self, name: str, password_hash: str) -> None:
        """Another password: every session of the account ends."""
        self._write(name, password_hash=password_hash, session_mark=_new_mark())

    def hash_anew(self, name: str, old: Account, password_hash: str) -> None:
        """Of the same password, unless it was changed meanwhile; the sessions go on."""
        self._write(name, staff_accounts.c.password_hash == old.password_hash, password_hash=password_hash)

    def end_sessions(self, name: str) -> None:
        self._write(name, session_mark=_new_mark())

    def _write(self, name: str, *only_if: sa.ColumnElement[bool], **changed: str) -> None:
        wanted = sa.update(staff_accounts).where(staff_accounts.c.name == name, *only_if).values(**changed)
        with pen_of(self._engine), writing(self._engine).begin() as transaction:
            transaction.execute(wanted)


def _new_mark() -> str:
    # Not a count: an account that was removed and made again must not let the sessions of the first one in.
    return secrets.token_hex(16)
