"""A caller's key: what was asked with it once is the same when it is asked again, and not another one."""

from __future__ import annotations

import hashlib
from enum import StrEnum


class Operation(StrEnum):
    """The same key may stand for one of each."""

    BOOK = "book"
    TAKE_TICKET = "take_ticket"


def kept_key(operation: Operation, key: str) -> str:
    """64 characters, however long the caller's is: what is kept never outgrows its column."""
    return hashlib.sha256(f"{operation}\n{key}".encode()).hexdigest()
