"""FastAPI makes a validator for each of the thousand parameters of an app, half of what an app takes to make. Here an app is
made for every other test, and the validators are the same each time."""

from __future__ import annotations

from typing import Any, get_args

import pydantic
from fastapi._compat import v2

_made: dict[object, pydantic.TypeAdapter[Any]] = {}


def remember_fields() -> None:
    """For this process."""
    v2.TypeAdapter = _of_field  # type: ignore[attr-defined, assignment]


def _of_field(kind: Any, *, config: Any = None) -> pydantic.TypeAdapter[Any]:
    """`kind`: what is annotated, and with what. The type counts by itself, for two may have one name."""
    annotated, *said = get_args(kind) or (kind,)
    key = (annotated, repr(said), repr(config))
    try:
        found = _made.get(key)
    except TypeError:  # not every annotation can be looked up
        return pydantic.TypeAdapter(kind, config=config)
    if found is None:
        found = _made[key] = pydantic.TypeAdapter(kind, config=config)
    return found
