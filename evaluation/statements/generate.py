"""Put every question about one fact to a running service: `python -m evaluation.statements.generate --address …`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import httpx

from evaluation.library import open_library
from evaluation.questions import Split
from evaluation.results import write_lines
from evaluation.statements.questions import FactQuestion, load_fact_questions
from evaluation.statements.records import Told, results_path
from evaluation.visitor import Said, Visitor, open_door
from service_hall.conversation.message import read_payload

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
        hint=_without_attribution(_hint(said, question.guide_ids)),
    )


def _hint(said: Said, guide_ids: Sequence[str]) -> str:
    """What was told of the right guide where it was only offered: all of it where nothing else was."""
    if said.answer is not None or not set(guide_ids) & set(said.offered):
        return ""
    if len(said.offered) == 1:
        return said.text
    chosen = ((option["label"], read_payload(option["payload"])) for option in said.options)
    own = [label for label, each in chosen if each and each.guide_id in guide_ids]
    return "\n".join(line for line in said.text.splitlines() if line.startswith(tuple(f"· {name}：" for name in own)))


def _without_attribution(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(ATTRIBUTION))


if __name__ == "__main__":
    main()
