"""The loaders that were ever given out. A site pins one by its number: the file of a number never changes again."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from channels.bundles import link_script
from channels.packing import Packed, pack

FOLDER = Path(__file__).parent / "versions"
VERSIONS = tuple(sorted((path.stem for path in FOLDER.glob("*.js")), key=int))
NEWEST = VERSIONS[-1]


@cache
def loader_of(version: str) -> Packed | None:
    return pack(link_script(f"/widget/{version}.js", {"/widget/": FOLDER}).body) if version in VERSIONS else None
