"""Notions that sentences may express: a YAML file each, with the sentences that must and must not, which are its tests.

means:        the notion, in a sentence
said:         anywhere in the text (left out), or whole: nothing else is said
read:         written (left out): as it was written; narrow: in narrow letters; plain: letters and digits alone
around:       the run of words that may stand before and behind, where the whole is looked at
before:       the run of words that goes with it, where it is taken out of a text
words:        name → fragments, for this file alone
says:         fragments (`language.fragments`), any of which says it
unless:       fragments that must not stand in the text
unless_said:  names of notions that must not be said
or_said:      names of notions that say it, too
yes, no:      example sentences, one a line
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge_base.language.fragments import Words, compiled, one_of
from knowledge_base.language.tokenize import plain
from knowledge_base.yaml_lines import read_yaml

_WORDS = "words"
_READ: Mapping[str, Callable[[str], str]] = {
    "written": lambda text: text,
    "narrow": lambda text: unicodedata.normalize("NFKC", text),
    "plain": plain,
}
_KEYS = {"means", "said", "read", "around", "before", "words", "says", "unless", "unless_said", "or_said", "yes", "no"}


@dataclass(frozen=True)
class Phrase:
    """One notion. `taken`, as a group of its pattern: what is taken out."""

    name: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    read: Callable[[str], str]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    unless_said: tuple[Phrase, ...] = field(default=())
    or_said: tuple[Phrase, ...] = field(default=())

    def is_said(self, text: str) -> bool:
        said = self.read(text)
        if not any(found["taken"] is not None for found in self.pattern.finditer(said)):
            return any(each.is_said(text) for each in self.or_said)
        if self.unless and self.unless.search(said):
            return False
        return not any(each.is_said(text) for each in self.unless_said)

    def without(self, text: str, instead: str = "，") -> str:
        """`text` as it is, where this is said something else instead."""
        return self.pattern.sub(lambda found: instead if found["taken"] else found[0], text)


class Phrasebook(Mapping[str, Phrase]):
    """All notions of a folder."""

    def __init__(self, folder: Path, words: Words | None = None) -> None:
        """`words`: of a room below, which these may use. Raises ValueError for what is no phrase."""
        own: Words = read_yaml(folder / "words.yml").data if (folder / "words.yml").exists() else {}
        self.words: Words = {**(words or {}), **own}
        self._written = {
            path.stem: read_yaml(path).data for path in sorted(folder.glob("*.yml")) if path.stem != _WORDS
        }
        self._made: dict[str, Phrase] = {}
        for name in self._written:
            self._make(name)

    def __getitem__(self, name: str) -> Phrase:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def _make(self, name: str) -> Phrase:
        if name not in self._made:
            written = self._written[name]
            if unknown := set(written) - _KEYS:
                raise ValueError(f"{name}: no such key: {', '.join(sorted(unknown))}")
            named = {key: tuple(map(self._make, written.get(key, "").split())) for key in ("unless_said", "or_said")}
            self._made[name] = _phrase(name, written, self.words | written.get("words", {}), named)
        return self._made[name]


def _phrase(name: str, written: dict[str, Any], words: Words, named: dict[str, tuple[Phrase, ...]]) -> Phrase:
    says = one_of(written["says"], words)
    if "before" in written:
        # Taken in one bite, and given back where nothing follows it: begun anew at each of its words, a run would be
        # read as many times as it has words.
        pattern = rf"{one_of(written['before'], words)}*+(?P<taken>{says})?"
    elif written.get("said") == "whole":
        run = rf"{one_of(written['around'], words)}*+" if "around" in written else ""
        pattern = rf"\A{run}(?P<taken>{says}){run}\Z"
    else:
        pattern = rf"(?P<taken>{says})"
    return Phrase(
        name=name,
        pattern=compiled(pattern),
        unless=compiled(one_of(written["unless"], words)) if "unless" in written else None,
        read=_READ[written.get("read", "written")],
        yes=tuple(written.get("yes", "").splitlines()),
        no=tuple(written.get("no", "").splitlines()),
        **named,
    )
