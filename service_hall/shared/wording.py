"""Sentences for citizens, kept in YAML beside the room that says them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content


class Wording:
    """`path`: a flat YAML file, name → sentence with {fields}."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def say(self, name: str, /, **filled: Any) -> str:
        """Raises KeyError for a name or field that is not there."""
        return str(_read(self._path)[name]).format(**filled)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(_read(self._path))
