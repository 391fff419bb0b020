"""What the service writes is its own: in its folder, and for nobody else's eyes."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

OWN_EYES_ONLY = 0o077
"""The umask: files 0600, folders 0700."""


def settle_in(var: Path) -> None:
    """From now on what this process and its children write is theirs alone, and what libraries put aside stays in
    `var/tmp`. jieba reads its cache back with marshal: nobody else may leave one where it looks."""
    os.umask(OWN_EYES_ONLY)
    folder = temporary_folder(var)
    for path in _own(var.resolve()):
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode & OWN_EYES_ONLY:
            path.chmod(mode & ~OWN_EYES_ONLY)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)


def temporary_folder(var: Path, of: str = "") -> Path:
    """For what `of` puts aside. Folders that an earlier run left there are gone; files, which are caches, stay."""
    folder = var.resolve() / "tmp" / of
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if of:
        for left in folder.iterdir():
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
    return folder


def _own(var: Path) -> Iterator[Path]:
    """None where the folder is everybody's, like /tmp."""
    if var.stat().st_mode & stat.S_ISVTX:
        return
    yield var
    yield from (path for path in var.rglob("*") if not path.is_symlink())
