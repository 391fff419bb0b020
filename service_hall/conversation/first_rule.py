"""An ordered list of named rules: the first that has something to say ends the turn, and its name is the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import TypeAlias, TypeVar

from service_hall.conversation.turn import Turn

S = TypeVar("S")
Rule: TypeAlias = Callable[[S], Turn | None]


_DECLINED: ContextVar[list[str] | None] = ContextVar("declined", default=None)


@contextmanager
def noting_who_declines() -> Iterator[list[str]]:
    """Within the block the list fills with the names of the rules that had nothing to say, in order."""
    declined: list[str] = []
    token = _DECLINED.set(declined)
    try:
        yield declined
    finally:
        _DECLINED.reset(token)


def first_of(rules: Sequence[Rule[S]], said: S) -> Turn | None:
    """A turn that has a reason of its own keeps it; one of a walk says beside the rule whose it was:
    `open_walk_hears:booking.when`."""
    declined = _DECLINED.get()
    for rule in rules:
        if turn := rule(said):
            return replace(turn, reason=turn.reason or ":".join(filter(None, (rule.__name__, turn.taken_by))))
        if declined is not None:
            declined.append(rule.__name__)
    return None


def always(rules: Sequence[Rule[S]], said: S) -> Turn:
    """For rules of which the last has something to say whatever comes to it."""
    turn = first_of(rules, said)
    if turn is None:
        raise AssertionError(f"{rules[-1].__name__} has nothing to say")
    return turn
