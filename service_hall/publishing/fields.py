"""What fields and values are called in Chinese, and what to write in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Named:
    label: str
    help: str


@dataclass(frozen=True)
class FieldNames:
    head: Mapping[str, Named]
    statement: Mapping[str, Named]
    kinds: Mapping[str, str]
    values: Mapping[str, str]

    def label(self, name: str) -> str:
        """Of a field of the head or of a statement; itself where it has no other name."""
        found = self.statement.get(name) or self.head.get(name)
        return found.label if found else name

    def value(self, written: Any) -> str:
        """A value as people read it: `True` as 是, a code by its name, lists joined."""
        if isinstance(written, bool):
            return "是" if written else "否"
        if isinstance(written, Mapping):
            return "；".join(f"{self.label(str(name))}：{self.value(each)}" for name, each in written.items())
        if isinstance(written, list | tuple):
            return "\n".join(map(self.value, written))
        return self.values.get(str(written), str(written)) if written is not None else ""


@cache
def field_names() -> FieldNames:
    read: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("fields.yml").read_text("utf-8"))
    return FieldNames(
        head={name: Named(**each) for name, each in read["head"].items()},
        statement={name: Named(**each) for name, each in read["statement"].items()},
        kinds=read["kinds"],
        values=read["values"],
    )
