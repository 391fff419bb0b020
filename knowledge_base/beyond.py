"""What people ask for and no item of the catalogue is: matters that others handle, and talk.

Known, so that it is not taken for the item that happens to be nearest (docs/adr/0069).
"""

from __future__ import annotations

from collections import Counter

from pydantic import Field

from knowledge_base.content_reading import Reading
from knowledge_base.parts import Part

FOLDER = "beyond"


class Matter(Part):
    id: str = Field(pattern=r"^beyond-[a-z0-9-]+$")
    name: str = Field(min_length=2, max_length=30)
    also_called: tuple[str, ...] = ()
    handled_by: str = Field(default="", max_length=20)
    """Who generally does; '' for talk, and where it is not known."""
    asked: tuple[str, ...] = Field(min_length=4)
    """As people say it."""

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.name, *self.also_called, *self.asked)


def read_beyond(reading: Reading) -> tuple[Matter, ...]:
    """In the order of the files; nothing of one with a fault."""
    matters: list[Matter] = []
    for path in sorted((reading.folder / FOLDER).glob("*.yml")):
        lined = reading.read(path)
        if lined is None:
            continue
        read = reading.validate_all(path, lined, "matters", Matter)
        counts = Counter(matter.id for matter in (*matters, *(each for _, each in read)))
        for position, matter in read:
            if counts[matter.id] > 1:
                reading.fault_at(path, lined, ("matters", position, "id"), f"编号重复：{matter.id}")
            else:
                matters.append(matter)
    return tuple(matters)
