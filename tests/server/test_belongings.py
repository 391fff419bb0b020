"""What is written into `var/` is for the service's own user, and nothing is put aside elsewhere."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from server.belongings import temporary_folder
from server.settings import ROOT

SETTLES_IN = """
import sys
from pathlib import Path
from server.belongings import settle_in
var = Path(sys.argv[1])
settle_in(var)
"""
WRITES = """
import jieba
import sqlalchemy as sa
from server.storage.engine import open_database
jieba.Tokenizer().initialize()
with open_database(f"sqlite:///{var / 'wenban.sqlite3'}").begin() as transaction:
    transaction.execute(sa.text("CREATE TABLE anything (id INTEGER)"))
(var / "log" / "more.log").write_text("…")
"""


def settled(var: Path, then: str = "") -> None:
    """In a process of its own, which the usual umask would let write for everybody."""
    elsewhere = {**os.environ, "TMPDIR": str(var.parent / "shared"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", SETTLES_IN + then, str(var)]
    subprocess.run(command, cwd=ROOT, env=elsewhere, check=True, umask=0o022, capture_output=True)


def modes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}


@pytest.fixture
def var(tmp_path: Path) -> Path:
    (tmp_path / "shared").mkdir()
    return tmp_path / "var"


def test_what_the_service_writes_nobody_else_can_read_and_caches_stay_inside(var: Path) -> None:
    var.mkdir(mode=0o755)
    (var / "log").mkdir(mode=0o755)
    (var / "log" / "service.log").touch(mode=0o644)  # of a run before this rule
    settled(var, WRITES)
    found = modes(var)
    assert {"wenban.sqlite3", "log/service.log", "log/more.log", "tmp/jieba.cache"} <= set(found)
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}
    assert list((var.parent / "shared").iterdir()) == []


def test_a_folder_that_is_everybodys_keeps_its_rights(var: Path) -> None:
    var.mkdir()
    var.chmod(0o1777)
    (var / "of-somebody-else").touch(mode=0o644)
    settled(var)
    assert stat.S_IMODE(var.stat().st_mode) == 0o1777
    assert stat.S_IMODE((var / "of-somebody-else").stat().st_mode) == 0o644


def test_what_a_killed_run_left_is_cleared_away_and_its_caches_are_not(tmp_path: Path) -> None:
    left = temporary_folder(tmp_path, "rasa") / "tmp123"
    left.mkdir()
    (left / "model").touch()
    (left.parent / "jieba.cache").touch()
    assert [path.name for path in temporary_folder(tmp_path, "rasa").iterdir()] == ["jieba.cache"]
