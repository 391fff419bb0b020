"""Where one guide says a number of an item, and another guide another number of the same item.

A guide speaks of another item where a statement names it: 补领身份证每证收40元, in that of the temporary card. Such a
number has to stand in the item's own guide among its facts of that kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from knowledge_base.figures import Figure, figures_in, stands_among
from knowledge_base.language.tokenize import plain
from knowledge_base.model import ServiceGuide
from knowledge_base.statements import Amount, Fee, Limit, Statement

FEWEST_CHARACTERS = 4
"""Of a name: 办证 stands in what is said of anything."""


@dataclass(frozen=True)
class Contradiction:
    guide_id: str
    statement_id: str
    says: str
    """What names the item with a number that its own guide does not have."""
    item: str
    """The item that it names."""
    of_item: tuple[str, ...]
    """What that item's guide says of it."""
    figure: str


def contradictions(guide: ServiceGuide, others: Iterable[ServiceGuide]) -> Iterator[Contradiction]:
    """Within the guide, of it by others, and of others by it. All as they stand in one region on one day."""
    yield from _within(guide)
    own = _names_of(guide)
    for other in others:
        if other.id != guide.id:
            yield from _of_each_other(other, guide, own)
            yield from _of_each_other(guide, other, _names_of(other))


def _within(guide: ServiceGuide) -> Iterator[Contradiction]:
    """Two fees or sums of one name and measure, of one region: a region's own stands beside the nation's. Limits differ
    by what is waited for."""
    told: dict[tuple[str, str, str, str], tuple[Decimal, str]] = {}
    for each in guide.statements:
        match each:
            case Fee(name=called, amount=value, unit=unit) | Amount(name=called, value=value, unit=unit) if value:
                first, says = told.setdefault((each.kind, called, unit, each.region), (value, each.says))
                if first != value:
                    yield Contradiction(guide.id, each.id, each.says, guide.id, (says,), f"{value:f}{unit}")


def _of_each_other(telling: ServiceGuide, told_of: ServiceGuide, names: frozenset[str]) -> Iterator[Contradiction]:
    own = "\n".join(_names_of(telling))
    names = frozenset(name for name in names if name not in own)  # 补发出生医学证明 is no 出生医学证明
    known: Mapping[str, Mapping[Figure, str]] | None = None
    for each in _deciding(telling):
        bare = plain(each.says)
        if not any(name in bare for name in names):
            continue
        known = known if known is not None else _figures_by_unit(told_of)
        for figure in figures_in(each.says):
            of_item = known.get(figure.unit)
            if of_item and _decides(each, figure) and not stands_among(figure, frozenset(of_item)):
                yield Contradiction(
                    telling.id, each.id, each.says, told_of.id, tuple(sorted(set(of_item.values()))), str(figure)
                )


def _deciding(guide: ServiceGuide) -> tuple[Statement, ...]:
    return guide.of(Limit, Fee, Amount)


def _decides(statement: Statement, figure: Figure) -> bool:
    """It is the number of the fact itself, not one that is mentioned: 40元 of a fee of 40元."""
    match statement:
        case Limit(value=value, unit=unit):
            return figure in figures_in(f"{value}{unit}")
        case Fee(amount=value) | Amount(value=value) if value is not None:
            return figure.unit == "元" and figure.value == value
    return False


def _figures_by_unit(guide: ServiceGuide) -> Mapping[str, Mapping[Figure, str]]:
    """Unit → each figure that a fact of that kind decides by → the sentence."""
    found: dict[str, dict[Figure, str]] = {}
    for each in _deciding(guide):
        for figure in figures_in(each.says):
            if _decides(each, figure):
                found.setdefault(figure.unit, {})[figure] = each.says
    return found


def _names_of(guide: ServiceGuide) -> frozenset[str]:
    return _bare((guide.name, guide.short_name, *guide.aliases))


@lru_cache(maxsize=16384)
def _bare(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(bare for name in names if len(bare := plain(name)) >= FEWEST_CHARACTERS)
