"""Whence a message or a request came: what a door can tell of it, and no more than is needed."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Origin(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    address_key: str = ""
    """Keyed hash of the network address (of an IPv6 address: of its /64). Empty: the door knows none."""
    solves_puzzles: bool = False
    """Programs stand at that door, or pages with scripts."""


NOWHERE = Origin()
