"""The export files of what is published: each made once, one after the other, in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from anyio import to_thread

from channels.web.guide_export import as_csv, as_json, as_xlsx
from knowledge_base.library import Library

MOST_KEPT = 12
"""Of about one megabyte each: three formats for a city and its districts."""
_MAKE = {"json": as_json, "csv": as_csv, "xlsx": as_xlsx}


class ExportShelf:
    def __init__(self, library: Callable[[], Library]) -> None:
        """`library`: the one of the moment; another one is another edition."""
        self._library = library
        self._edition: Library | None = None
        self._files: dict[tuple[str, str], bytes] = {}
        self._making = asyncio.Lock()

    async def take(self, form: str, region: str) -> bytes:
        library = self._library()
        if library is self._edition and (kept := self._files.get((form, region))):
            return kept
        async with self._making:
            if library is not self._edition:
                self._edition = library
                self._files.clear()
            if (form, region) not in self._files:
                made = await to_thread.run_sync(_make, library, form, region)
                if len(self._files) >= MOST_KEPT:
                    self._files.clear()
                self._files[form, region] = made
            return self._files[form, region]


def _make(library: Library, form: str, region: str) -> bytes:
    return _MAKE[form]([guide for guide_id in library.guide_ids if (guide := library.guide(guide_id, region))])
