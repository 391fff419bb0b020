"""What the encoder is tuned on: never what it is measured on."""

from __future__ import annotations

import gzip
import json
import random
from functools import cache
from pathlib import Path

from evaluation.questions import load_questions
from evaluation.statements.questions import load_fact_questions
from knowledge_base.embedding.encoder_examples import (
    PAIRS,
    OfGuides,
    general_pairs,
    held_out_texts,
    of_guides,
    texts_to_read,
)
from knowledge_base.language.plain import plain
from server.settings import ROOT


@cache
def held_out() -> frozenset[str]:
    return held_out_texts(ROOT / "evaluation")


@cache
def guides() -> OfGuides:
    return of_guides(held_out())


def _folder(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    for name, first, second in PAIRS:
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            for one, other in pairs:
                file.write(json.dumps({first: one, second: other, "src": "test"}) + "\n")
    return tmp_path


def test_every_question_of_the_evaluation_is_known_as_held_out() -> None:
    asked = [each.text for split in ("dev", "test") for each in load_questions(split)]
    asked += [each.text for split in ("dev", "test") for each in load_fact_questions(split)]
    assert {plain(text) for text in asked if plain(text)} <= held_out()


def test_what_citizens_say_in_dialogues_is_held_out() -> None:
    lines = (ROOT / "evaluation" / "dialogue" / "dialogues.jsonl").read_text("utf-8").splitlines()
    said = {plain(turn["user"]) for line in lines for turn in json.loads(line)["turns"] if "user" in turn}
    assert said - {""} <= held_out()


def test_no_question_of_the_evaluation_is_tuned_on() -> None:
    assert held_out().isdisjoint(plain(each.question) for each in guides().asked)


def test_no_general_pair_has_a_question_of_the_evaluation(tmp_path: Path) -> None:
    held = next(iter(sorted(held_out(), key=len, reverse=True)))
    folder = _folder(tmp_path, (held, "答案"), ("问题", held), ("问题", "答案"))
    pairs = general_pairs(folder, random.Random(1), held_out())
    assert pairs == {name: [("问题", "答案")] for name, _, _ in PAIRS}


def test_a_tenth_of_the_questions_is_kept_back_the_same_each_time() -> None:
    kept = [each.is_kept_back for each in guides().asked]
    assert 0.08 < sum(kept) / len(kept) < 0.12
    assert kept == [each.is_kept_back for each in guides().asked]


def test_every_item_has_questions_and_neighbours() -> None:
    assert {each.item for each in guides().asked} == set(guides().names) == set(guides().near)
    assert all(item not in near and near for item, near in guides().near.items())


def test_what_is_read_for_the_pieces_holds_no_question_of_the_evaluation() -> None:
    read = {plain(text) for text in texts_to_read(guides(), {})} - {plain(each) for each in guides().says.values()}
    names = {plain(name) for names in guides().names.values() for name in names}
    assert held_out().isdisjoint(read - names)


def test_each_question_has_the_sentence_of_its_statement() -> None:
    assert all(each.says and (each.item, each.statement) in guides().says for each in guides().asked)
    assert any(each.is_summary for each in guides().asked)
