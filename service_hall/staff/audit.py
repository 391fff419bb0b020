"""The book of who did what: lines are added to it, and neither changed nor taken out.

Whoever changes something for staff writes a line. Where the change is one transaction of our database, its store takes
the `Entry` along and writes it within (`server.storage.audit_store.write_entry`), so that neither is there without the
other; elsewhere `Audit.record` follows the change. A look at personal data is a line too. No line tells a password, a
name or number of a citizen, or what a citizen said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class Entry:
    """`what`: the deed, in the words of programs (`guide.publish`, `staff.roles`, `visit.look`). `kind` and `thing`: on
    what it was done. `before`, `after`: the fields that it changed, or enough to find them (`{"version": 3}`)."""

    by: str
    what: str
    kind: str
    thing: str
    at: datetime
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    number: int
    entry: Entry


@dataclass(frozen=True)
class Within:
    """The part of somebody who is limited: what these people did, and what was done to their accounts or to these
    offices."""

    people: frozenset[str]
    offices: frozenset[str]


@dataclass(frozen=True)
class Wanted:
    """Which lines. Empty: all. `since` is part of it, `until` is not."""

    by: str = ""
    what: str = ""
    """How it begins: `staff.` are all deeds on accounts."""
    kind: str = ""
    thing: str = ""
    since: datetime | None = None
    until: datetime | None = None
    within: Within | None = None
    """None: of the whole hall."""


class Audit(Protocol):
    def record(self, entry: Entry) -> None:
        """In a transaction of its own, and durable."""
        ...

    def lines(self, wanted: Wanted, *, before: int | None = None, most: int = 50) -> list[Line]:
        """Newest first; `before`: the number of the last one of the page before."""
        ...
