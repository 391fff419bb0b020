"""What is asked of the items by who wants help to break the law, by who asks honestly of the same, and by everybody.

Read only to learn from: a wrong and its honest look-alikes stand side by side, item by item.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge_base.yaml_lines import read_yaml

WRONGS = Path(__file__).parent / "wrongs"


class OfItem(BaseModel):
    """Sentences in citizens' voices."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    item: str
    """Of the catalogue; '': of any."""
    wrong: tuple[str, ...] = ()
    """Help to break the law is wanted: forged papers, a bribe, a stand-in, money by a false proof."""
    honest: tuple[str, ...] = ()
    """What sounds like that: whether it is allowed, what its victim does, where it is reported, how it is put right."""
    ordinary: tuple[str, ...] = ()
    """Of the service itself, with words that mislead: 注销, 代办, 没有…也能, 罚款."""

    @property
    def lawful(self) -> tuple[str, ...]:
        return (*self.honest, *self.ordinary)


_LISTS = TypeAdapter(tuple[OfItem, ...])


def load_wrong_lists(folder: Path = WRONGS) -> tuple[OfItem, ...]:
    """In the order of the files. Raises pydantic.ValidationError: they are shipped, and a test reads them."""
    return tuple(
        of_item for path in sorted(folder.glob("*.yml")) for of_item in _LISTS.validate_python(read_yaml(path).data)
    )
