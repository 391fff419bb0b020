"""What the machines learn from, kept apart from what they are examined with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.questions import load_questions
from knowledge_base.content_files import Content
from knowledge_base.language.examples import NLU_DATA, PRIVATE
from knowledge_base.language.tokenize import plain
from knowledge_base.yaml_lines import read_yaml

_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def examples() -> Iterator[tuple[str, str, Path]]:
    """Every example of every intent: text, intent, file."""
    for path in [*sorted(NLU_DATA.glob("*.yml")), *sorted(NLU_DATA.with_name(PRIVATE).glob("*.yml"))]:
        for block in read_yaml(path).data["nlu"]:
            for line in str(block.get("examples", "")).splitlines() if "intent" in block else ():
                if text := line.strip().removeprefix("-").strip():
                    yield _ANNOTATION.sub(r"\1", text), block["intent"], path


def test_no_example_stands_for_two_intents() -> None:
    meant: dict[str, set[str]] = {}
    for text, intent, _ in examples():
        meant.setdefault(plain(text), set()).add(intent)
    assert {text: intents for text, intents in meant.items() if len(intents) > 1} == {}


def test_every_example_says_something() -> None:
    assert [(text, path.name) for text, _, path in examples() if not plain(text)] == []


def test_every_intent_has_examples_enough_to_be_learned() -> None:
    counts: dict[str, int] = {}
    for _, intent, _ in examples():
        counts[intent] = counts.get(intent, 0) + 1
    assert {intent: count for intent, count in counts.items() if count < 30} == {}


@pytest.mark.parametrize("split", ["dev", "test"])
def test_no_evaluation_question_was_learned(split: str, content: Content) -> None:
    learned = {plain(text) for text, _, _ in examples()}
    for documents in content.documents.values():
        for document in documents:
            for name in ("statements", "add", "replace"):
                asked = (one for each in document.body.get(name) or () for one in each.get("asked") or ())
                learned.update(plain(one if isinstance(one, str) else one["q"]) for one in asked)
            learned.update(plain(text) for text in document.body.get("aliases", ()))
    held_out = load_questions("dev" if split == "dev" else "test")
    # 嗯 and 7 are what they are wherever they stand.
    assert [each.text for each in held_out if each.kind != "nonsense" and plain(each.text) in learned] == []


def test_what_thresholds_were_set_on_is_not_what_is_scored() -> None:
    dev, test = (
        {plain(each.text) for each in questions if each.kind != "nonsense"}
        for questions in (load_questions("dev"), load_questions("test"))
    )
    assert not dev & test


def test_evaluation_questions_name_guides_that_are_written(content: Content) -> None:
    for question in (*load_questions("dev"), *load_questions("test")):
        assert set(question.guide_ids) <= set(content.documents), question.id
        assert bool(question.guide_ids) == question.is_in_scope, question.id
