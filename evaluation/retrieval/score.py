"""Figures from results already there: `python -m evaluation.retrieval.score --split test`. Nothing is asked again."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evaluation.results import read_lines
from evaluation.retrieval.records import Asked, read_asked, results_path
from evaluation.tables import Table


@dataclass(frozen=True)
class Share:
    of: int
    count: int

    @property
    def percent(self) -> float:
        return 100 * self.count / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.percent:.1f} % ({self.count}/{self.of})"


@dataclass(frozen=True)
class Scores:
    """Of the in-scope questions, unless it says out. `first`: the right guide is the first hit; in the chat, it
    answers or stands first among the options."""

    search_first: Share
    search_aspect: Share
    search_answered_wrong: Share
    search_out_answered: Share
    chat_first: Share
    chat_answered_right: Share
    chat_offered_first: Share
    chat_offered: Share
    chat_aspect: Share
    chat_answered_wrong: Share
    chat_clarify: Share
    chat_not_found: Share
    chat_out_answered: Share
    chat_degraded: Share
    """Of all questions."""


def search_is_right(asked: Asked) -> bool:
    return asked.search.first in asked.guide_ids


def chat_answers_right(asked: Asked) -> bool:
    return asked.chat is not None and asked.chat.guide_id in asked.guide_ids


def chat_answers_wrong(asked: Asked) -> bool:
    return asked.chat is not None and bool(asked.chat.guide_id) and asked.chat.guide_id not in asked.guide_ids


def chat_offers_first(asked: Asked) -> bool:
    return asked.chat is not None and bool(asked.chat.offered) and asked.chat.offered[0] in asked.guide_ids


def chat_offers(asked: Asked) -> bool:
    return asked.chat is not None and bool(set(asked.chat.offered) & set(asked.guide_ids))


def chat_aspect_is_right(asked: Asked) -> bool:
    return asked.chat is not None and asked.chat.aspect in asked.aspects


def score(results: Sequence[Asked]) -> Scores:
    within = [asked for asked in results if asked.is_in_scope]
    out = [asked for asked in results if not asked.is_in_scope]
    found, answered = [*filter(search_is_right, within)], [*filter(chat_answers_right, within)]
    return Scores(
        search_first=_share(within, search_is_right),
        search_aspect=_share(found, lambda asked: asked.search.aspect in asked.aspects),
        search_answered_wrong=_share(within, lambda asked: _search_answers(asked) and not search_is_right(asked)),
        search_out_answered=_share(out, _search_answers),
        chat_first=_share(within, lambda asked: chat_answers_right(asked) or chat_offers_first(asked)),
        chat_answered_right=_share(within, chat_answers_right),
        chat_offered_first=_share(within, chat_offers_first),
        chat_offered=_share(within, chat_offers),
        chat_aspect=_share(answered, chat_aspect_is_right),
        chat_answered_wrong=_share(within, chat_answers_wrong),
        chat_clarify=_share(within, lambda asked: asked.chat is not None and asked.chat.outcome == "clarify"),
        chat_not_found=_share(within, lambda asked: asked.chat is not None and asked.chat.outcome == "not_found"),
        chat_out_answered=_share(out, lambda asked: asked.chat is not None and bool(asked.chat.guide_id)),
        chat_degraded=_share(results, lambda asked: asked.chat is not None and asked.chat.outcome == "degraded"),
    )


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


def load_results(path_of: str) -> list[Asked]:
    return [read_asked(row) for row in read_lines(results_path("dev" if path_of == "dev" else "test"))]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", choices=["dev", "test"], default="test")
    results = load_results(options.parse_args().split)
    for name, share in vars(score(results)).items():
        print(f"{name.replace('_', ' '):24} {share}")
    for table in (by(results, "theme", lambda asked: asked.theme), by(results, "style", lambda asked: asked.style)):
        print(f"\n{table}")
    print(f"\n{out_of_scope(results)}\n\nAspects taken for others (meant → answered):")
    wrong = {pair: count for pair, count in aspect_confusion(results).items() if pair[0] != pair[1]}
    for (meant, answered), count in sorted(wrong.items(), key=lambda each: -each[1]):
        print(f"  {meant} → {answered}: {count}")


def _search_answers(asked: Asked) -> bool:
    return asked.search.decision == "answer"


def _share(results: Sequence[Asked], claim: Callable[[Asked], bool]) -> Share:
    return Share(len(results), sum(map(claim, results)))


if __name__ == "__main__":
    main()
