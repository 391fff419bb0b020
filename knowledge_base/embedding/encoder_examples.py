"""What the encoder is tuned on: the guides' own questions with the statements that answer them, and general pairs.

A tenth of the questions is kept back, by a digest of each, to measure on. Nothing of `evaluation/` comes in: whatever
stands there word for word is left out here too.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.content_files import load_content
from knowledge_base.documents import asked_in
from knowledge_base.language.asking import whole_question
from knowledge_base.language.plain import plain
from knowledge_base.language.spoken import load_spoken
from knowledge_base.model import NATIONAL

KEPT_BACK = 10
"""One question in so many."""
MOST_CHARACTERS = 60
"""Of a general text: what stands behind costs more than it teaches."""
PAIRS = (("paraphrases", "q", "p"), ("question_passage", "q", "a"), ("citizen_messages", "title", "text"))
"""Files of the data folder, with the fields of a pair."""
_FAR = {
    "afqmc_train": 0.3, "afqmc_dev": 0.3, "bq_dev": 0.5, "atec_train": 0.5, "pawsx_zh_dev": 0.0, "pawsx_zh_test": 0.0,
    "drcd_dev": 0.3, "drcd_test": 0.3, "cmrc2018_dev": 0.3, "beike_housing_qa": 0.5,
}  # fmt: skip
"""The share that is used of what is far from a service hall."""


@dataclass(frozen=True)
class AskedOf:
    """One question of a guide."""

    item: str
    statement: str
    question: str
    """With its item in front where it leaves that out; in plain simplified words."""
    says: str
    """The statement that answers it."""
    is_summary: bool
    """What it comes down to: other statements of the guide may answer as well."""

    @property
    def is_kept_back(self) -> bool:
        digest = hashlib.sha256(plain(self.question).encode()).digest()
        return int.from_bytes(digest[:4], "big") % KEPT_BACK == 0


@dataclass(frozen=True)
class OfGuides:
    asked: tuple[AskedOf, ...]
    says: dict[tuple[str, str], str]
    """(item, statement) → its sentence: every statement, with questions or without."""
    names: dict[str, tuple[str, ...]]
    """Item → its names and aliases."""
    near: dict[str, tuple[str, ...]]
    """Item → those that are easily taken for it, then those of its theme."""


def of_guides(left_out: Collection[str] = ()) -> OfGuides:
    """What the national guides say. `left_out`: no question that comes to one of these, as `plain` writes them."""
    content, plainly = load_content(), load_spoken()
    kept_out = frozenset(left_out)
    asked: list[AskedOf] = []
    says: dict[tuple[str, str], str] = {}
    names, neighbours, theme = {}, {}, {}
    for item in content.catalogue:
        theme[item.id] = item.theme
        bodies = [each.body for each in content.documents.get(item.id, ()) if each.region == NATIONAL]
        aliases = [alias for body in bodies for alias in body.get("aliases", ())]
        names[item.id] = tuple(dict.fromkeys((item.name, *item.also_called, *aliases)))
        neighbours[item.id] = [each["item"] for body in bodies for each in body.get("neighbours", ())]
        short = bodies[0]["short_name"] if bodies else item.name
        for body in bodies:
            told = {each["id"]: each for each in body.get("statements", ())}
            says |= {(item.id, name): plainly(each["says"]) for name, each in told.items()}
            for statement, question in asked_in(body):
                whole = plainly(whole_question(question, short, names[item.id]))
                if statement in told and kept_out.isdisjoint((plain(question), plain(whole), plain(plainly(question)))):
                    is_summary = told[statement]["kind"] == "summary"
                    asked.append(AskedOf(item.id, statement, whole, says[item.id, statement], is_summary))
    near = {
        one: tuple(
            dict.fromkeys(
                (
                    *(other for other in neighbours[one] if other in theme),
                    *(other for other in theme if other != one and theme[other] == theme[one]),
                )
            )
        )
        for one in theme
    }
    return OfGuides(tuple(dict.fromkeys(asked)), says, names, near)


def general_pairs(
    data: Path, chance: random.Random, left_out: Collection[str] = ()
) -> dict[str, list[tuple[str, str]]]:
    """By file. The same chance gives the same pairs."""
    plainly, kept_out = load_spoken(), frozenset(left_out)
    pairs: dict[str, list[tuple[str, str]]] = {}
    for name, first, second in PAIRS:
        pairs[name] = [
            (plainly(row[first][:MOST_CHARACTERS]), plainly(row[second][:MOST_CHARACTERS]))
            for row in _rows(data / f"{name}.jsonl.gz")
            if chance.random() < _FAR.get(row["src"], 1.0)
            and kept_out.isdisjoint((plain(row[first]), plain(row[second])))
        ]
    return pairs


def held_out_texts(folder: Path) -> frozenset[str]:
    """Every sentence that a citizen says in the JSON lines under `folder`, as `plain` writes it."""
    found: set[str] = set()
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            turns = row.get("turns", ()) if isinstance(row, dict) else ()
            for said in (row, *turns):
                found.update(plain(said[name]) for name in ("text", "user") if isinstance(said.get(name), str))
    return frozenset(found - {""})


def texts_to_read(guides: OfGuides, pairs: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[str]:
    """All of it, for the pieces that it needs."""
    yield from (each.question for each in guides.asked)
    yield from guides.says.values()
    yield from (name for names in guides.names.values() for name in names)
    yield from (text for file in pairs.values() for pair in file for text in pair)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
