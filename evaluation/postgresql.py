"""A PostgreSQL of our own on a free port, for as long as it is needed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from evaluation.stack import free_ports


def find_programs() -> Path | None:
    """The folder that holds `initdb` and `pg_ctl`, the newest version's first."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    found = [Path(on_path)] if on_path else []
    return next((path.parent for path in (*reversed(packaged), *found)), None)


@contextlib.contextmanager
def running_postgresql(programs: Path, durable: bool = False) -> Iterator[str]:
    """Yields the SQLAlchemy URL of its database `postgres`. `durable`: what is committed is on the disk."""
    [port] = free_ports(1)
    # Under /tmp itself: PostgreSQL refuses to run as root, and its own user may not enter other folders.
    folder = Path(tempfile.mkdtemp(prefix="wenban-postgresql-"))
    try:
        if _is_root():
            shutil.chown(folder, "postgres", "postgres")
        data = str(folder / "data")
        _run(programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync")
        fsync = "on" if durable else "off"
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync={fsync} -c max_connections=60"
        _run(programs / "pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: Path, *arguments: str) -> None:
    as_postgres = ["runuser", "-u", "postgres", "--"] if _is_root() else []
    # pg_ctl's server would hold a pipe open for ever: nothing of it is captured.
    subprocess.run(
        [*as_postgres, str(program), *arguments],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _is_root() -> bool:
    return os.geteuid() == 0
