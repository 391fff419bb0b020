"""Rasa's own tools over what Rasa loads: its check of domain, rules and training data, and its test of the stories."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

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
