"""Content files taken one by one: what can be read, and every fault with file, line and field."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from knowledge_base.faults import Fault, dotted, in_words
from knowledge_base.yaml_lines import LinedYaml, Place, YamlFault, read_yaml

Thing = TypeVar("Thing", bound=BaseModel)


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """A million small objects that all stay: looking for garbage among them takes half of the time of reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass
class Reading:
    folder: Path
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, line: int, name: str, message: str) -> None:
        self.faults.append(Fault(str(path.relative_to(self.folder)), line, name, message))

    def fault_at(self, path: Path, lined: LinedYaml, place: Place, message: str) -> None:
        self.fault(path, lined.line_of(place), dotted(place), message)

    def read(self, path: Path) -> LinedYaml | None:
        try:
            lined = read_yaml(path)
        except YamlFault as fault:
            self.fault(path, fault.line, "", str(fault))
            return None
        if not isinstance(lined.data, dict):
            self.fault(path, 1, "", "文件应当是一组“字段: 值”")
            return None
        return lined

    def validate(self, path: Path, lined: LinedYaml, kind: type[Thing]) -> Thing | None:
        try:
            return kind.model_validate(lined.data)
        except ValidationError as fault:
            for error in fault.errors():
                self.fault_at(path, lined, tuple(error["loc"]), in_words(error))
            return None

    def validate_all(self, path: Path, lined: LinedYaml, name: str, kind: type[Thing]) -> list[tuple[int, Thing]]:
        """The faultless ones of the list of that name, each with its position in it."""
        things: list[tuple[int, Thing]] = []
        entries = lined.data.get(name) or []
        if not isinstance(entries, list):
            self.fault_at(path, lined, (name,), "应当是一个列表")
            return []
        for position, entry in enumerate(entries):
            try:
                things.append((position, kind.model_validate(entry)))
            except ValidationError as fault:
                for error in fault.errors():
                    self.fault_at(path, lined, (name, position, *error["loc"]), in_words(error))
        return things
