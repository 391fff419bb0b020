"""Which fields a statement of each kind has, as the model says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from knowledge_base.statements import Fact, Statement

_OF_ITSELF = frozenset({"id", "kind", "region"})
"""Not written as a field: they stand elsewhere."""


@cache
def models() -> Mapping[str, type[Fact]]:
    """Kind → its model."""
    union, *_ = get_args(Statement)
    return {str(get_args(each.model_fields["kind"].annotation)[0]): each for each in get_args(union)}


def annotations_of(kind: str) -> Mapping[str, Any]:
    """What is written of a statement of that kind: field → its type."""
    return {name: each.annotation for name, each in models()[kind].model_fields.items() if name not in _OF_ITSELF}


def fields_of(kind: str) -> tuple[str, ...]:
    return tuple(annotations_of(kind))


STATEMENT_FIELDS = tuple(dict.fromkeys(name for kind in models() for name in fields_of(kind)))
"""Of all kinds together."""
