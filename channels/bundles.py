"""A page's many small modules as one file (docs/adr/0034).

`link` follows the imports of a script. Each module becomes a function that gives what it exports, in an order in which
each finds what it needs. It knows the few forms of import and export that the pages use, and refuses any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath

_IMPORT = re.compile(r'^import \{([^}]+)\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
_OTHER_FORM = re.compile(r'^(?:import|export)\b.*|\bimport\.meta\b|\bimport\((?!"/).*', re.MULTILINE)
# On lines of their own. No text of several lines holds such a line: a template of the pages ends where it begins.
_COMMENTS = re.compile(r"^[ \t]*(?://.*|/\*(?s:.*?)\*/[ \t]*)\n", re.MULTILINE)


TABLE = "words.js"
"""What a page itself says stands in a module of this name."""


class CannotLink(Exception):
    """A module is written in a form that is not known here, or needs itself."""


@dataclass(frozen=True)
class Bundle:
    """`sources`: the files that it was made of, and when each was last changed (ns)."""

    body: bytes
    sources: Mapping[Path, int]

    def is_current(self) -> bool:
        return all(path.exists() and path.stat().st_mtime_ns == changed for path, changed in self.sources.items())


@dataclass(frozen=True)
class Spoken:
    """How a page speaks. `table`: the file that stands in for `words.js`; `spelled`: its letters."""

    table: str = TABLE
    spelled: Callable[[str], str] = str


_AS_WRITTEN = Spoken()


def link_script(address: str, folders: Mapping[str, Path], spoken: Spoken = _AS_WRITTEN) -> Bundle:
    """`address`: of the module where the page begins. `folders`: where each first part of an address lies."""
    linked = _Linked(folders, spoken)
    linked.add(address, is_first=True)
    return Bundle("".join(linked.parts).encode(), linked.sources)


def join_styles(addresses: Sequence[str], folders: Mapping[str, Path]) -> Bundle:
    paths = [_path_of(address, folders) for address in addresses]
    body = "".join(_COMMENTS.sub("", path.read_text("utf-8")) for path in paths)
    return Bundle(body.encode(), _changes(paths))


class _Linked:
    def __init__(self, folders: Mapping[str, Path], spoken: Spoken) -> None:
        self._folders, self._spoken = folders, spoken
        self._names: dict[str, str] = {}
        self._being_read: list[str] = []
        self.parts: list[str] = []
        self.sources: dict[Path, int] = {}

    def add(self, address: str, *, is_first: bool = False) -> str:
        """The name under which others find what the module exports; what it needs itself is added before it."""
        if address in self._being_read:
            raise CannotLink(f"{' → '.join([*self._being_read, address])} is a circle")
        if address in self._names:
            return self._names[address]
        self._being_read.append(address)
        path = _path_of(address, self._folders)
        is_table = path.name == TABLE
        if is_table:
            path = path.with_name(self._spoken.table)
        self.sources.update(_changes([path]))
        text = path.read_text("utf-8")
        text = self._spoken.spelled(text) if is_table else text
        needs = [self._needed(names, source, address) for names, source in _IMPORT.findall(text)]
        body = _IMPORT.sub("", text)
        exported = _EXPORT.findall(body)
        body = _COMMENTS.sub("", _EXPORT.sub("", body))
        if unknown := _OTHER_FORM.search(body):
            raise CannotLink(f"{address}: {unknown[0].strip()}")
        self._being_read.pop()
        name = self._names[address] = f"$_{len(self._names)}"
        inside = "".join(needs) + body
        # The first may await at its top, where no function stands around it.
        whole = inside if is_first else f"const {name}=(()=>{{\n{inside}return{{{','.join(exported)}}};\n}})();\n"
        self.parts.append(whole)
        return name

    def _needed(self, names: str, source: str, needed_by: str) -> str:
        address = source if source.startswith("/") else normpath(PurePosixPath(needed_by).parent / source)
        wanted = ",".join(":".join(name.replace(" as ", " ").split()) for name in names.split(",") if name.strip())
        return f"const{{{wanted}}}={self.add(address)};\n"


def _path_of(address: str, folders: Mapping[str, Path]) -> Path:
    for beginning, folder in folders.items():
        if address.startswith(beginning):
            return folder / address.removeprefix(beginning)
    raise CannotLink(f"{address} lies in no folder of the pages")


def _changes(paths: Sequence[Path]) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in paths}
