"""Misheard and mistyped sentences: how many are put right, and whether the right item comes first; `python -m
evaluation.voices.score` writes var/evaluation/voices.json."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluation.library import open_library
from evaluation.results import RESULTS, write_json
from evaluation.tables import Table
from evaluation.voices.sentences import Misheard, load_misheard, right_sentences
from knowledge_base.language.confusions import Slip
from knowledge_base.library import Library

RESULT = RESULTS / "voices.json"
ALL = "all"


def measure(library: Library) -> dict[str, Any]:
    """Counts by kind of slip: of them all, put right as a whole, and with the right item first as they were said, as
    they are read, and had they been written right; and how many right sentences are changed."""
    misheard, right = load_misheard(), [library.plainly(text) for text in right_sentences()]
    kinds = [slip for slip in Slip if any(each.slip is slip for each in misheard)]
    return {
        "by_kind": {
            ALL: _counts(library, misheard),
            **{kind.value: _counts(library, [each for each in misheard if each.slip is kind]) for kind in kinds},
        },
        "right": len(right),
        "right_changed": sum(bool(library.spelling.read(text).put_right) for text in right),
    }


def table(measured: dict[str, Any]) -> Table:
    columns = ("slip", "sentences", "put right", "right item first", "as it was said", "as it was meant")
    rows = tuple(
        (kind, each["of"], each["put_right"], each["read"], each["said"], each["meant"])
        for kind, each in measured["by_kind"].items()
    )
    changed = f"{measured['right_changed']} of {measured['right']} right ones changed"
    return Table(f"Misheard and mistyped, sentences; {changed}", columns, rows)


def _counts(library: Library, misheard: Sequence[Misheard]) -> dict[str, int]:
    return {
        "of": len(misheard),
        "put_right": sum(library.spelling(each.said) == library.plainly(each.right) for each in misheard),
        "read": sum(_is_found(library, library.spelling(each.said), each) for each in misheard),
        "said": sum(_is_found(library, library.plainly(each.said), each) for each in misheard),
        "meant": sum(_is_found(library, library.plainly(each.right), each) for each in misheard),
    }


def _is_found(library: Library, text: str, misheard: Misheard) -> bool:
    hits = library.find_item(text).hits
    return bool(hits) and hits[0].guide_id in misheard.guide_ids


def score() -> dict[str, Any]:
    measured = measure(open_library())
    write_json(RESULT, measured)
    return measured


if __name__ == "__main__":
    print(table(score()))
