"""Packages of the peers: had when they are asked for, in a folder of their own, and no part of what is locked."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from server.settings import ROOT

SITE = ROOT / "var" / "peers" / "site"


class NotHad(Exception):
    """The package cannot be had here: one sentence says why."""


def load_peer(package: str, module: str, site: Path = SITE) -> ModuleType:
    """`package`: name and version as pip takes them; what it depends on is among what is locked. Raises NotHad."""
    folder = site / package
    if not folder.is_dir():
        _install(package, folder)
    if str(folder) not in sys.path:
        sys.path.append(str(folder))  # behind ours: nothing of ours is hidden by it
    try:
        return importlib.import_module(module)
    except (ImportError, OSError) as fault:
        raise NotHad(f"{package} is installed and cannot be loaded here ({type(fault).__name__})") from fault


def _install(package: str, folder: Path) -> None:
    part = folder.with_name(f"{folder.name}.part")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", package]
    done = subprocess.run([*command, "--upgrade", "--target", str(part)], capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise NotHad(f"{package} cannot be installed here: {last[:200]}")
    part.rename(folder)
