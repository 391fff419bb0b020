"""Letters are labelled here, and their texts lie elsewhere."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any, get_args

import pytest

from evaluation.letters.keep import kept
from evaluation.letters.letters import FOLDER, LettersMissing, digest_of, load_letters, read_letter, texts_of
from evaluation.questions import Split
from knowledge_base.content_files import CONTENT

TEXTS = ["工资一直不发", "路灯坏了", "怎么落户"]


def found(n: int, **stated: Any) -> dict[str, Any]:
    return {"n": n, "text": TEXTS[n], "items": [], "kind": "complaint", "aspect": None, "sure": "high", **stated}


def letters_file(path: Path, *texts: str) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    return path


def test_what_is_kept_holds_no_text() -> None:
    rows = kept([found(n) for n in range(3)], [found(n, items=["x"]) for n in range(3)])
    assert sorted(row["n"] for half in rows.values() for row in half) == [0, 1, 2]
    assert not any(text in json.dumps(rows, ensure_ascii=False) for text in TEXTS)
    assert kept([found(0)], [found(0)]) == kept([found(0)], [found(0)])


def test_two_who_labelled_different_letters_are_not_put_together() -> None:
    with pytest.raises(ValueError):
        kept([found(0)], [found(1)])


def test_texts_are_found_by_their_digest(tmp_path: Path) -> None:
    letters = [read_letter(row) for half in kept([found(0), found(1)], [found(0), found(1)]).values() for row in half]
    path = letters_file(tmp_path / "letters.gz", *reversed(TEXTS))
    assert [digest_of(text) for text in texts_of(letters, path)] == [letter.sha256 for letter in letters]


def test_a_file_without_the_letters_is_said_to_lack_them(tmp_path: Path) -> None:
    letters = [read_letter(row) for row in kept([found(0)], [found(0)])["test"]]
    with pytest.raises(LettersMissing):
        texts_of(letters, letters_file(tmp_path / "others.gz", "别的"))
    with pytest.raises(LettersMissing):
        texts_of(letters, tmp_path / "nowhere.gz")


def test_the_labelled_letters_name_items_of_the_catalogue() -> None:
    catalogue = {line.split(",")[0] for line in (CONTENT / "catalogue.csv").read_text("utf-8").splitlines()}
    letters = [letter for split in get_args(Split) for letter in load_letters(split)]
    assert len({letter.sha256 for letter in letters}) == len(letters) >= 300
    assert {item for letter in letters for item in letter.items} - catalogue == set()


def test_no_text_lies_beside_the_labels() -> None:
    rows = [json.loads(line) for path in FOLDER.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    assert {name for row in rows for name in row} == {"n", "sha256", "a", "b"}
    assert {name for row in rows for who in "ab" for name in row[who]} == {"items", "kind", "aspect", "sure"}
