"""Read every held-out sentence: into var/evaluation/wrongs.json. Needs no running service."""

from __future__ import annotations

from typing import Any

from evaluation.library import open_library
from evaluation.results import RESULTS, write_json
from evaluation.wrongs.wrongs import load_wrongs
from knowledge_base.library import Library
from knowledge_base.search.wrongs_reader import is_wrong

RESULT = RESULTS / "wrongs.json"


def generate() -> None:
    write_json(RESULT, {"sentences": read_all(open_library())})


def read_all(library: Library) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "is_wrong": each.is_wrong, "is_declined": is_declined(library, each.text)}
        for each in load_wrongs("test")
    ]


def is_declined(library: Library, text: str) -> bool:
    return is_wrong(library.find(text))


if __name__ == "__main__":
    generate()
