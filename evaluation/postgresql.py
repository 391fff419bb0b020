"""A PostgreSQL of our own on a free port, for as long as it is needed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.stack import free_ports


def find_programs() -> Path | None:
    """The folder that holds `initdb` and `pg_ctl`, the newest version's first."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    found = [Path(on_path)] if on_path else []
    return next((path.parent for path in (*reversed(packaged), *found)), None)


@dataclass(frozen=True)
class Server:
    programs: Path
    folder: Path
    port: int
    durable: bool = False
    """What is committed is on the disk."""

    @property
    def url(self) -> str:
        """SQLAlchemy's, of its database `postgres`."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = (
            f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 "
            f"-c fsync={'on' if self.durable else 'off'} -c max_connections=60"
        )
        self._control("-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """At once, as when the machine is switched off."""
        self._control("-m", "immediate", "stop")

    def _control(self, *arguments: str) -> None:
        _run(self.programs / "pg_ctl", "-D", str(self.folder / "data"), "-w", *arguments)


@contextlib.contextmanager
def running_server(programs: Path, durable: bool = False) -> Iterator[Server]:
    """Whoever stops it starts it again."""
    [port] = free_ports(1)
    # Under /tmp itself: PostgreSQL refuses to run as root, and its own user may not enter other folders.
    folder = Path(tempfile.mkdtemp(prefix="wenban-postgresql-", dir="/tmp"))
    try:
        if _is_root():
            shutil.chown(folder, "postgres", "postgres")
        data = str(folder / "data")
        _run(programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync")
        server = Server(programs, folder, port, durable)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running_postgresql(programs: Path, durable: bool = False) -> Iterator[str]:
    """Yields its URL."""
    with running_server(programs, durable) as server:
        yield server.url


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
