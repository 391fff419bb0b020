"""JioNLP's dictionaries, read where they lie."""

from __future__ import annotations

import importlib.util
import zipfile
from collections.abc import Iterator
from pathlib import Path


def dictionary_lines(name: str) -> Iterator[str]:
    """Not through the package: its front door unpacks all it has."""
    spec = importlib.util.find_spec("jionlp")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'jionlp'")
    packed = Path(spec.submodule_search_locations[0]) / "dictionary" / f"{name}.zip"
    with zipfile.ZipFile(packed) as archive:
        yield from archive.read(f"{name}.txt").decode("utf-8").splitlines()
