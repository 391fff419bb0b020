"""Rasa's own tools over what Rasa loads: its check of domain, rules and training data, and its test of the stories."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from evaluation.questions import load_questions
from knowledge_base.language.examples import examples_of, examples_of_file
from knowledge_base.language.plain import plain
from knowledge_base.yaml_lines import read_yaml
from server.settings import ROOT
from server.training import MODEL, RASA, rasa_environment
from tests.made_once import all_is_trained

pytestmark = pytest.mark.rasa
STORIES = ROOT / "tests" / "dialogue" / "test_stories.yml"


def run_rasa(*arguments: str | Path) -> None:
    """Fails with the end of what Rasa said."""
    ended = subprocess.run(
        [str(RASA), *map(str, arguments)],
        cwd=ROOT,
        env=rasa_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-3000:]


HELD_OUT = ROOT / "tests" / "dialogue" / "held_out_nlu.yml"
MOST_MISREAD = 0.08
"""Of the sentences held out. Measured: 0.05."""


def test_rasa_finds_nothing_to_warn_about() -> None:
    run_rasa("data", "validate", "--domain", "bot/domain", "--fail-on-warnings")


def test_the_trained_model_plays_every_story(tmp_path: Path) -> None:
    all_is_trained()
    run_rasa(
        "test",
        "core",
        "--model",
        MODEL,
        "--stories",
        STORIES,
        "--out",
        tmp_path,
        "--e2e",
        "--fail-on-prediction-errors",
        "--no-plot",
    )
    # Rasa says well done to no stories at all, too.
    played = json.loads((tmp_path / "story_report.json").read_text("utf-8"))["conversation_accuracy"]
    assert played["correct"] == played["total"] == STORIES.read_text("utf-8").count("- story: ")


def test_stories_are_many_and_some_have_a_walk_open() -> None:
    stories = read_yaml(STORIES).data["stories"]
    with_walk = [story for story in stories if any("slot_was_set" in step for step in story["steps"])]
    assert len(stories) >= 40 and len(with_walk) >= 10


def test_sentences_that_nobody_learned_from_are_understood(tmp_path: Path) -> None:
    all_is_trained()
    run_rasa("test", "nlu", "--model", MODEL, "--nlu", HELD_OUT, "--out", tmp_path, "--no-plot")
    report = json.loads((tmp_path / "intent_report.json").read_text("utf-8"))
    assert report["accuracy"] >= 1 - MOST_MISREAD
    assert report["macro avg"]["support"] == len(examples_of_file(HELD_OUT)) > 100


def test_nobody_learned_from_the_sentences_held_out() -> None:
    learned = {plain(text) for text, _ in examples_of()}
    asked = {plain(question.text) for which in ("dev", "test") for question in load_questions(which)}
    held_out = examples_of_file(HELD_OUT)
    assert {plain(text) for text, _ in held_out} & (learned | asked) == set()
    assert {intent for _, intent in held_out} == {intent for _, intent in examples_of()}
