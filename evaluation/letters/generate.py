"""Put every labelled letter to the search: `python -m evaluation.letters.generate --letters citizen_messages.jsonl.gz`.

Writes var/evaluation/letters.<split>.jsonl, without a word of the letters.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import get_args

from evaluation.letters.letters import load_letters, texts_of
from evaluation.library import open_library
from evaluation.questions import Split
from evaluation.results import RESULTS, read_lines, write_lines
from evaluation.retrieval.generate import searched
from evaluation.retrieval.records import SearchResult, read_search
from knowledge_base.library import Library


@dataclass(frozen=True)
class Read:
    n: int
    search: SearchResult


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--letters", type=Path, required=True, help="the file that the letters were drawn from")
    generate(options.parse_args().letters)


def generate(path: Path) -> None:
    """Raises LettersMissing."""
    texts = {split: texts_of(load_letters(split), path) for split in get_args(Split)}
    library = open_library()
    for split in get_args(Split):
        found = _read_all(library, split, texts[split])
        write_lines(results_path(split), map(asdict, found))
        print(f"{len(found)} letters read ({split})")


def results_path(split: Split) -> Path:
    return RESULTS / f"letters.{split}.jsonl"


def load_read(split: Split) -> list[Read] | None:
    """None where no letters were read."""
    path = results_path(split)
    return [Read(row["n"], read_search(row["search"])) for row in read_lines(path)] if path.is_file() else None


def _read_all(library: Library, split: Split, texts: Sequence[str]) -> list[Read]:
    return [Read(letter.n, searched(library, text)) for letter, text in zip(load_letters(split), texts, strict=True)]


if __name__ == "__main__":
    main()
