"""An account of a member of staff, and what the book of accounts is asked for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from service_hall.staff.audit import Entry
from service_hall.staff.member import Member
from service_hall.staff.roles import Role


@dataclass(frozen=True)
class Duties:
    roles: frozenset[Role] = frozenset()
    regions: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    disabled: bool = False

    @property
    def rules_all(self) -> bool:
        """Somebody of this kind has to be there always: else nobody could mend the accounts."""
        is_limited = self.disabled or self.regions or self.departments
        return Role.ADMINISTRATOR in self.roles and not is_limited

    def told(self) -> dict[str, object]:
        """For the book of who did what."""
        return {
            "roles": sorted(self.roles),
            "regions": sorted(self.regions),
            "departments": sorted(self.departments),
            "disabled": self.disabled,
        }


@dataclass(frozen=True)
class Account:
    """`second_step`: the secret of her codes, sealed; empty: a password is enough."""

    name: str
    password_hash: str
    session_mark: str
    duties: Duties = Duties()
    must_change: bool = False
    second_step: str = ""
    made_at: datetime | None = None

    @property
    def member(self) -> Member:
        duties = self.duties
        return Member(self.name, duties.roles, duties.regions, duties.departments, self.must_change)


class StaffBook(Protocol):
    """What is changed is written with its entry, in one transaction."""

    def find(self, name: str) -> Account | None: ...

    def everybody(self) -> list[Account]:
        """By name."""
        ...

    def add(
        self,
        name: str,
        password_hash: str,
        at: datetime,
        duties: Duties = ...,
        *,
        must_change: bool = False,
        entry: Entry | None = None,
    ) -> bool:
        """False: the account was there already, and stays as it is."""
        ...

    def change(self, name: str, password_hash: str, *, must_change: bool = False, entry: Entry | None = None) -> None:
        """Another password: every session of the account ends."""
        ...

    def set_duties(self, name: str, duties: Duties, entry: Entry) -> bool:
        """False: nobody would be left who rules all, and nothing was changed. Whoever is disabled is signed out."""
        ...

    def set_second_step(self, name: str, sealed: str, entry: Entry) -> None:
        """Empty: none from now on."""
        ...

    def use_code(self, name: str, step: int) -> bool:
        """False: the code of this time step, or of a later one, was used before."""
        ...

    def end_sessions(self, name: str, entry: Entry | None = None) -> None: ...


def read_as(name: str) -> str:
    """The same for names that nobody tells apart: ＡＤＭＩＮ, Admin, admin."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
