"""Where an edit leaves one guide with two figures of the same matter: 20个工作日 in one sentence, 22 in another.

What stood there before is not asked again: of 230 guides nine have two limits of one kind, each for another step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.figures import Figure, figures_in
from knowledge_base.model import Aspect, ServiceGuide
from knowledge_base.statements import Amount, Fee, Limit, Material, Statement


@dataclass(frozen=True)
class Inconsistency:
    statement_id: str
    """Which the edit changed or brought in."""
    says: str
    other: str
    """The sentence that says it otherwise."""
    figure: str


def inconsistencies(before: ServiceGuide | None, after: ServiceGuide) -> Iterator[Inconsistency]:
    """Both as they stand in one region on one day. `before`: None where there was no guide."""
    was = {each.id: each for each in before.statements} if before else {}
    for each in after.statements:
        earlier = was.get(each.id)
        if earlier and _tells(earlier) == _tells(each):
            continue
        replaced = _replaced(earlier, each)
        for other in after.statements:
            if other.id == each.id or not _of_one_matter(each, other):
                continue
            known = was.get(other.id)
            stands = known is not None and _tells(known) == _tells(other)
            if _same_limit(each, other) and (stands or each.id < other.id):  # two that are new are told once
                yield Inconsistency(each.id, each.says, other.says, _of_limit(each))
            elif stands and not _told_apart(each, other) and (left := replaced & figures_in(other.says)):
                yield Inconsistency(each.id, each.says, other.says, "、".join(sorted(map(str, left))))


def _of_one_matter(one: Statement, other: Statement) -> bool:
    """Of one aspect, said by one region; a summary says over again what stands elsewhere, above it too."""
    if Aspect.OVERVIEW in (*one.about, *other.about):
        return True
    return one.region == other.region and bool(set(one.about) & set(other.about))


def _replaced(earlier: Statement | None, now: Statement) -> frozenset[Figure]:
    """Figures that another of their unit took the place of."""
    if earlier is None or isinstance(now, Material):  # 1份 is said of every paper
        return frozenset()
    come = figures_in(now.says) - figures_in(earlier.says)
    units = {each.unit for each in come}
    return frozenset(each for each in figures_in(earlier.says) - figures_in(now.says) if each.unit in units)


def _same_limit(one: Statement, other: Statement) -> bool:
    """Two lengths of time on one footing, in one unit, of the same aspects."""
    match one, other:
        case Limit(), Limit():
            same = (one.basis, one.unit, set(one.about)) == (other.basis, other.unit, set(other.about))
            return same and one.value != other.value
    return False


def _told_apart(one: Statement, other: Statement) -> bool:
    """By what they are: another fee, a limit on another footing, a paper."""
    match one, other:
        case (Material(), _) | (_, Material()):
            return True
        case (Fee(name=name), Fee(name=its)) | (Amount(name=name), Amount(name=its)):
            return name != its
        case Limit(), Limit():
            return True
    return False


def _tells(statement: Statement) -> tuple[str, ...]:
    return (statement.says, _of_limit(statement))


def _of_limit(statement: Statement) -> str:
    return f"{statement.value}{statement.unit}" if isinstance(statement, Limit) else ""
