"""How far two labellers agree. Disagreements are told, not settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from evaluation.letters.letters import Letter
from evaluation.retrieval.measures import Share
from evaluation.tables import Table


@dataclass(frozen=True)
class Agreement:
    same_first: Share
    """The same item first, or none of both."""
    overlapping: Share
    """An item in common, or none of both."""
    kappa_first: float
    same_kind: Share
    kappa_kind: float


def agreement(letters: Sequence[Letter]) -> Agreement:
    firsts = [(letter.a.first, letter.b.first) for letter in letters]
    kinds = [(letter.a.kind, letter.b.kind) for letter in letters]
    return Agreement(
        same_first=_same(firsts),
        overlapping=Share(len(letters), sum(map(_overlap, letters))),
        kappa_first=cohens_kappa(firsts),
        same_kind=_same(kinds),
        kappa_kind=cohens_kappa(kinds),
    )


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Agreement beyond what chance would bring, by how often each of the two gives each label; 1: always."""
    of = len(pairs)
    same = sum(a == b for a, b in pairs) / of
    by_a, by_b = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(by_a[label] * by_b[label] for label in by_a) / of**2
    return 1.0 if by_chance == 1 else (same - by_chance) / (1 - by_chance)


def agreement_table(letters: Sequence[Letter]) -> Table:
    found = agreement(letters)
    rows = (
        ("the same item first, or none of both", str(found.same_first), f"{found.kappa_first:.2f}"),
        ("an item in common, or none of both", str(found.overlapping), ""),
        ("the same kind of letter", str(found.same_kind), f"{found.kappa_kind:.2f}"),
    )
    return Table(f"Two who labelled {len(letters)} letters", ("they gave", "share", "Cohen's kappa"), rows)


def _same(pairs: Sequence[tuple[str, str]]) -> Share:
    return Share(len(pairs), sum(a == b for a, b in pairs))


def _overlap(letter: Letter) -> bool:
    return bool(set(letter.a.items) & set(letter.b.items)) or not letter.items
