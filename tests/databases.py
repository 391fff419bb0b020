"""Databases are brought up to date once and copied for every test: of what a town takes to build, migrating is most.

The migrations have tests of their own, which begin with a database that is empty.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from server.storage.engine import Database, migrate, open_database


@cache
def sqlite_file(fill: Callable[[Database], object] | None = None) -> bytes:
    """Of a database that was brought up to date, and then filled by `fill`."""
    with tempfile.TemporaryDirectory(prefix="wenban-made-once-") as folder:
        path = Path(folder) / "made.sqlite3"
        engine = open_database(f"sqlite:///{path}")
        migrate(engine)
        if fill:
            fill(engine)
        # The last connection to be closed writes into the file what stood beside it.
        engine.dispose()
        return path.read_bytes()


def open_copy(path: Path, fill: Callable[[Database], object] | None = None) -> Database:
    """A new database at `path`, as `sqlite_file` says."""
    path.write_bytes(sqlite_file(fill))
    return open_database(f"sqlite:///{path}")
