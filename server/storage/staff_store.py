"""Accounts of staff. Passwords are kept as hashes alone; a session is good for as long as its account has its mark."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.storage.audit_store import write_entry
from server.storage.engine import insert_for, pen_of, take_locks, writing
from server.storage.staff_schema import staff_accounts
from service_hall.staff.accounts import Account, Duties, read_as
from service_hall.staff.audit import Entry
from service_hall.staff.roles import Role

_LOCK = "staff"
"""Two who let go of the last administrators at the same time do so one after the other."""


class StaffStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def find(self, name: str) -> Account | None:
        with self._engine.begin() as transaction:
            found = transaction.execute(_accounts().where(staff_accounts.c.name == name)).one_or_none()
        return _account(found) if found else None

    def everybody(self) -> list[Account]:
        with self._engine.begin() as transaction:
            return [_account(row) for row in transaction.execute(_accounts().order_by(staff_accounts.c.name))]

    def add(
        self,
        name: str,
        password_hash: str,
        at: datetime,
        duties: Duties = Duties(),  # noqa: B008 - frozen
        *,
        must_change: bool = False,
        entry: Entry | None = None,
    ) -> bool:
        """False: the account was there already, or one that reads the same, and stays as it is."""
        with pen_of(self._engine), writing(self._engine).begin() as transaction:
            take_locks(transaction, [_LOCK])
            names = transaction.execute(sa.select(staff_accounts.c.name)).scalars()
            if read_as(name) in map(read_as, names):
                return False
            account = insert_for(transaction)(staff_accounts).values(
                name=name,
                password_hash=password_hash,
                made_at=at,
                session_mark=_new_mark(),
                must_change=must_change,
                **_written(duties),
            )
            # Not by rowcount: on PostgreSQL that says nothing here.
            added = account.on_conflict_do_nothing().returning(staff_accounts.c.name)
            if transaction.execute(added).one_or_none() is None:
                return False
            write_entry(transaction, entry)
            return True

    def change(self, name: str, password_hash: str, *, must_change: bool = False, entry: Entry | None = None) -> None:
        """Another password: every session of the account ends."""
        self._write(name, entry=entry, password_hash=password_hash, session_mark=_new_mark(), must_change=must_change)

    def hash_anew(self, name: str, old: Account, password_hash: str) -> None:
        """Of the same password, unless it was changed meanwhile; the sessions go on."""
        self._write(name, staff_accounts.c.password_hash == old.password_hash, password_hash=password_hash)

    def set_duties(self, name: str, duties: Duties, entry: Entry) -> bool:
        """False: nobody would be left who rules all, and nothing was changed. Whoever is disabled is signed out."""
        ended = {"session_mark": _new_mark()} if duties.disabled else {}
        with pen_of(self._engine), writing(self._engine, durable=True).begin() as transaction:
            take_locks(transaction, [_LOCK])
            others = transaction.execute(_accounts().where(staff_accounts.c.name != name))
            if not duties.rules_all and not any(_account(row).duties.rules_all for row in others):
                return False
            transaction.execute(_change_of(name).values(**_written(duties), **ended))
            write_entry(transaction, entry)
            return True

    def set_second_step(self, name: str, sealed: str, entry: Entry) -> None:
        """Empty: none from now on."""
        self._write(name, entry=entry, second_step=sealed or None)

    def use_code(self, name: str, step: int) -> bool:
        """False: the code of this time step, or of a later one, was used before."""
        used = _change_of(name).where(staff_accounts.c.last_code < step).values(last_code=step)
        with pen_of(self._engine), writing(self._engine, durable=True).begin() as transaction:
            return transaction.execute(used).rowcount == 1

    def end_sessions(self, name: str, entry: Entry | None = None) -> None:
        self._write(name, entry=entry, session_mark=_new_mark())

    def _write(self, name: str, *only_if: sa.ColumnElement[bool], entry: Entry | None = None, **changed: Any) -> None:
        with pen_of(self._engine), writing(self._engine, durable=entry is not None).begin() as transaction:
            transaction.execute(_change_of(name).where(*only_if).values(**changed))
            write_entry(transaction, entry)


def _accounts() -> sa.Select[Any]:
    return sa.select(staff_accounts)


def _change_of(name: str) -> sa.Update:
    return sa.update(staff_accounts).where(staff_accounts.c.name == name)


def _account(row: Any) -> Account:
    return Account(
        name=row.name,
        password_hash=row.password_hash,
        session_mark=row.session_mark,
        duties=Duties(
            # A role of a later version means nothing here.
            roles=frozenset(Role(each) for each in row.roles if each in set(Role)),
            regions=frozenset(row.regions),
            departments=frozenset(row.departments),
            disabled=row.disabled,
        ),
        must_change=row.must_change,
        second_step=row.second_step or "",
        made_at=row.made_at,
    )


def _written(duties: Duties) -> dict[str, object]:
    return duties.told()


def _new_mark() -> str:
    # Not a count: an account that was removed and made again must not let the sessions of the first one in.
    return secrets.token_hex(16)
