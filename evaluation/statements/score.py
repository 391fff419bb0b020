"""How often the fact that was asked for was told, and told first: `python -m evaluation.statements.score`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation.retrieval.measures import Share
from evaluation.statements.records import Told, load_told
from evaluation.tables import Table


@dataclass(frozen=True)
class FactScores:
    right_guide: Share
    """It answered."""
    fact_told: Share
    """Somewhere in the answer of a right guide."""
    fact_told_first: Share
    """Within its first 120 characters."""
    fact_told_or_hinted: Share
    """In the answer, or where it was asked back beside the right choice."""
    fact_answered_wrong: Share
    """Another guide answered."""


def score(told: Sequence[Told]) -> FactScores:
    return FactScores(
        right_guide=_share(told, lambda each: each.is_right_guide),
        fact_told=_share(told, lambda each: each.tells_the_fact),
        fact_told_first=_share(told, lambda each: each.tells_it_first),
        fact_told_or_hinted=_share(told, lambda each: each.tells_or_hints),
        fact_answered_wrong=_share(told, lambda each: bool(each.guide_id) and not each.is_right_guide),
    )


def by(told: Sequence[Told], what: str, key: Callable[[Told], str]) -> Table:
    """One line a theme or style, the most numerous first."""
    rows = []
    for name, count in Counter(map(key, told)).most_common():
        scores = score([each for each in told if key(each) == name])
        rows.append((name, count, *(share.percent for share in vars(scores).values())))
    columns = ("right guide", "fact told", "told first", "told or hinted", "answered wrong")
    return Table(f"Facts by {what}, %", (what, "questions", *columns), tuple(rows))


def _share(told: Sequence[Told], claim: Callable[[Told], bool]) -> Share:
    return Share(len(told), sum(map(claim, told)))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", choices=["dev", "test"], default="test")
    told = load_told(options.parse_args().split)
    for name, share in vars(score(told)).items():
        print(f"{name.replace('_', ' '):24} {share}")
    for table in (by(told, "theme", lambda each: each.theme), by(told, "style", lambda each: each.question.style)):
        print(f"\n{table}")


if __name__ == "__main__":
    main()
