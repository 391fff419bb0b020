"""Put every question of a split to the search and, given an address, to a running service.

`python -m evaluation.retrieval.generate --split test [--address http://127.0.0.1:8000]`
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from evaluation.library import open_library
from evaluation.questions import Question, Split, load_questions
from evaluation.results import write_lines
from evaluation.retrieval.records import Asked, ChatResult, FoundHit, SearchResult, results_path
from evaluation.visitor import Visitor, open_door
from knowledge_base.library import Library
from knowledge_base.model import Aspect
from knowledge_base.search.find import Answered, NotFound

MOST_HITS = 10


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--split", choices=["dev", "test"], default="test")
    options.add_argument("--address", help="of a running service; without it search alone is asked")
    chosen = options.parse_args()
    print(generate(chosen.split, chosen.address))


def generate(split: Split, address: str | None) -> Path:
    """The file that was written."""
    library = open_library()
    themes = {item.id: item.theme for item in library.published.catalogue}
    questions = load_questions(split)
    chats = _chat_all(questions, address) if address else [None] * len(questions)
    path = results_path(split)
    write_lines(
        path,
        (
            Asked(
                id=question.id,
                text=question.text,
                guide_ids=question.guide_ids,
                aspects=question.aspects,
                kind=question.kind,
                style=question.style,
                theme=themes.get(question.guide_ids[0], "") if question.guide_ids else "",
                search=searched(library, question.text),
                chat=chat,
            ).as_row
            for question, chat in zip(questions, chats, strict=True)
        ),
    )
    return path


def searched(library: Library, text: str) -> SearchResult:
    began = time.perf_counter()
    decision = library.find(text)
    took_ms = (time.perf_counter() - began) * 1000
    clear = library.intents.read_aspects(text)
    aspect = next((each for each in clear if each is not Aspect.OVERVIEW), None) or (
        clear[0] if clear else library.intents.likeliest_aspect(text)
    )
    return SearchResult(
        decision="answer"
        if isinstance(decision, Answered)
        else "not_found"
        if isinstance(decision, NotFound)
        else "clarify",
        aspect=aspect,
        hits=tuple(FoundHit(hit.guide_id, round(hit.score, 5), hit.has_guide) for hit in decision.hits[:MOST_HITS]),
        took_ms=round(took_ms, 3),
    )


def _chat_all(questions: Sequence[Question], address: str) -> list[ChatResult]:
    with open_door(address) as http:
        return [_chat(http, question.text) for question in questions]


def _chat(http: httpx.Client, text: str) -> ChatResult:
    said = Visitor(http).say(text)
    answer = said.answer or {}
    return ChatResult(
        outcome=said.outcome,
        guide_id=answer.get("guide_id", ""),
        aspect=answer.get("aspect", ""),
        offered=said.offered,
        took_ms=round(said.took_ms, 2),
    )


if __name__ == "__main__":
    main()
