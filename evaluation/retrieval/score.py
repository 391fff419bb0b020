"""Figures by theme, style and kind, from results at hand: `python -m evaluation.retrieval.score --split test`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from evaluation.retrieval.measures import chat_answers_right, chat_aspect_is_right, score
from evaluation.retrieval.records import Asked, load_results
from evaluation.tables import Table

FIRST_ITEMS = frozenset((Path(__file__).parent / "first_items.txt").read_text("ascii").split())
"""The 64 whose guides were written first: figures before and after the others came are compared on these."""


def by_age(results: Sequence[Asked]) -> Table:
    return by(results, "items", lambda asked: "the first 64" if FIRST_ITEMS.intersection(asked.guide_ids) else "since")


def by(results: Sequence[Asked], what: str, key: Callable[[Asked], str]) -> Table:
    """One line a theme or style, in-scope questions only, the most numerous first."""
    groups = Counter(key(asked) for asked in results if asked.is_in_scope)
    rows = []
    for name, count in groups.most_common():
        scores = score([asked for asked in results if asked.is_in_scope and key(asked) == name])
        rows.append(
            (
                name,
                count,
                scores.search_first.percent,
                scores.chat_first.percent,
                scores.chat_answered_right.percent,
                scores.chat_answered_wrong.percent,
                scores.chat_clarify.percent,
                scores.chat_not_found.percent,
                scores.chat_aspect.percent,
            )
        )
    columns = ("search first", "chat first", "answered right", "answered wrong", "clarify", "not found", "aspect")
    return Table(f"By {what}, %", (what, "questions", *columns), tuple(rows))


def out_of_scope(results: Sequence[Asked]) -> Table:
    rows = []
    for kind in dict.fromkeys(asked.kind for asked in results if not asked.is_in_scope):
        of_kind = [asked for asked in results if asked.kind == kind]
        outcomes = Counter(asked.chat.outcome if asked.chat else "" for asked in of_kind)
        scores = score(of_kind)
        rows.append(
            (
                kind,
                len(of_kind),
                scores.search_out_answered.percent,
                scores.chat_out_answered.percent,
                ", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common()),
            )
        )
    columns = ("kind", "questions", "search answered", "chat answered", "outcomes")
    return Table("Out of scope, % that a guide answered", columns, tuple(rows))


def aspect_confusion(results: Iterable[Asked]) -> dict[tuple[str, str], int]:
    """(meant, answered) → how often, where the right guide answered. What is acceptable counts as meant."""
    pairs: Counter[tuple[str, str]] = Counter()
    for asked in results:
        if asked.chat and chat_answers_right(asked):
            meant = asked.chat.aspect if chat_aspect_is_right(asked) else asked.aspects[0]
            pairs[meant, asked.chat.aspect] += 1
    return dict(pairs)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", choices=["dev", "test"], default="test")
    results = load_results(options.parse_args().split)
    for name, share in vars(score(results)).items():
        print(f"{name.replace('_', ' '):24} {share}")
    for table in (
        by_age(results),
        by(results, "theme", lambda asked: asked.theme),
        by(results, "style", lambda asked: asked.style),
    ):
        print(f"\n{table}")
    print(f"\n{out_of_scope(results)}\n\nAspects taken for others (meant → answered):")
    wrong = {pair: count for pair, count in aspect_confusion(results).items() if pair[0] != pair[1]}
    for (meant, answered), count in sorted(wrong.items(), key=lambda each: -each[1]):
        print(f"  {meant} → {answered}: {count}")


if __name__ == "__main__":
    main()
