"""Put what two labellers found side by side, without the texts: `python -m evaluation.letters.keep A.jsonl B.jsonl`.

Half of the letters, drawn by a fixed seed, are for development, half for figures. Each line of A and B has `n`, `text`,
`items`, `kind`, `sure` and `aspect`; the two hold the same letters.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.letters.letters import FOLDER, digest_of
from evaluation.results import read_lines, write_lines

SEED = 20261130


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("a", type=Path)
    options.add_argument("b", type=Path)
    chosen = options.parse_args()
    for split, rows in kept(read_lines(chosen.a), read_lines(chosen.b)).items():
        write_lines(FOLDER / f"labels.{split}.jsonl", rows)
        print(f"{len(rows)} letters for {split}")


def kept(a: Sequence[Mapping[str, Any]], b: Sequence[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Raises ValueError where the two labelled different letters."""
    rows = []
    for of_a, of_b in zip(a, b, strict=True):
        if (of_a["n"], of_a["text"]) != (of_b["n"], of_b["text"]):
            raise ValueError(f"letter {of_a['n']} is not the same to both")
        rows.append({"n": of_a["n"], "sha256": digest_of(of_a["text"]), "a": _found(of_a), "b": _found(of_b)})
    for_development = set(random.Random(SEED).sample(range(len(rows)), len(rows) // 2))
    return {
        "dev": [row for at, row in enumerate(rows) if at in for_development],
        "test": [row for at, row in enumerate(rows) if at not in for_development],
    }


def _found(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"items": row["items"], "kind": row["kind"], "aspect": row["aspect"] or "", "sure": row["sure"]}


if __name__ == "__main__":
    main()
