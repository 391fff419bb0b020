"""Put every question about one fact to a running service: `python -m evaluation.statements.generate --address …`."""

from __future__ import annotations

import argparse
from pathlib import Path

import httpx

from evaluation.library import open_library
from evaluation.questions import Split
from evaluation.results import write_lines
from evaluation.statements.questions import FactQuestion, load_fact_questions
from evaluation.statements.records import Told, results_path
from evaluation.visitor import Visitor, open_door

ATTRIBUTION = "依据："
"""Begins the last line of an answer: the sources, which are no answer."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", choices=["dev", "test"], default="test")
    options.add_argument("--address", required=True)
    chosen = options.parse_args()
    print(generate(chosen.split, chosen.address))


def generate(split: Split, address: str) -> Path:
    """The file that was written."""
    themes = {item.id: item.theme for item in open_library().published.catalogue}
    path = results_path(split)
    with open_door(address) as http:
        rows = [_ask(http, question, themes.get(question.guide_ids[0], "")) for question in load_fact_questions(split)]
    write_lines(path, (told.as_row for told in rows))
    return path


def _ask(http: httpx.Client, question: FactQuestion, theme: str) -> Told:
    said = Visitor(http).say(question.text)
    answer = said.answer or {}
    return Told(
        question=question,
        theme=theme,
        outcome=said.outcome,
        guide_id=answer.get("guide_id", ""),
        offered=said.offered,
        text=_without_attribution(answer.get("text", "")),
    )


def _without_attribution(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(ATTRIBUTION))


if __name__ == "__main__":
    main()
