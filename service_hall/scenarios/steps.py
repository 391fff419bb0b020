"""The steps of a checklist: which are due, in which order, and what their items' own statements tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from knowledge_base.codes import ChannelKind, TimeUnit
from knowledge_base.model import NATIONAL, ServiceGuide
from knowledge_base.scenarios.model import Scenario, Step
from knowledge_base.standing import Standing
from knowledge_base.statements import Amount, Channel, Fact, Fee, Limit, Material, Statement, Visits
from service_hall.scenarios.way import Told

Kind = TypeVar("Kind", Fee, Amount)
_ONLINE = frozenset({ChannelKind.COMPUTER, ChannelKind.MOBILE})
_WORKING_DAYS: Mapping[TimeUnit, Decimal] = {
    TimeUnit.WORKING_DAY: Decimal(1),
    TimeUnit.DAY: Decimal(5) / 7,
    TimeUnit.MONTH: Decimal(22),
    TimeUnit.HOUR: Decimal(0),
    TimeUnit.MINUTE: Decimal(0),
}
"""Of one unit, rounded up for the whole limit. What takes hours is done the same day."""
_BASES = ("promised", "standard", "legal")
MOST_AMOUNTS = 2


@dataclass(frozen=True)
class StepDue:
    step: Step
    order: int
    after: tuple[int, ...]
    """Orders of those that it waits for."""
    guide: ServiceGuide | None
    """None: a step in words, or nothing of the item is in force here."""
    name: str
    is_online: bool
    office_ids: tuple[str, ...]
    fees: tuple[Fee, ...]
    amounts: tuple[Amount, ...]
    limit: Limit | None
    reminders: tuple[Fact, ...]
    """Other statements that count in this situation."""

    @property
    def days(self) -> int | None:
        """Working days until it is done, at most; None where no limit is known."""
        if self.limit:
            return working_days(self.limit)
        return _working(self.step.wait_days, TimeUnit.DAY) if self.step.wait_days else None

    @property
    def statements(self) -> tuple[Fact, ...]:
        """All that is told of it."""
        return (*self.fees, *self.amounts, *((self.limit,) if self.limit else ()), *self.reminders)


def steps_due(told: Told, library: Standing, region: str | None, on: date) -> tuple[StepDue, ...]:
    """In order: what is urgent comes first, with all that it waits for; else as it is written."""
    scenario = told.scenario
    taken = {step.id: step for step in scenario.steps if told.holds(step.when)}
    before = _without_detours({name: _before(step, scenario, taken.keys()) for name, step in taken.items()})
    orders = {name: order for order, name in enumerate(_in_order(taken, before), start=1)}
    found = []
    for name, order in orders.items():
        after = tuple(sorted(orders[each] for each in before[name]))
        found.append(_due(taken[name], order, after, told, library, region, on))
    return tuple(found)


def working_days(limit: Limit) -> int:
    return _working(limit.value, limit.unit)


def _working(count: int, unit: TimeUnit) -> int:
    exactly = count * _WORKING_DAYS[unit]
    return int(exactly.to_integral_value(rounding="ROUND_CEILING"))


def counts(statement: Statement, step: Step, told: Told) -> bool | None:
    """As the step decides; None: it says nothing of it."""
    decided = step.statements.get(statement.id)
    return decided if decided is None or isinstance(decided, bool) else told.holds(decided)


def waits_for(step: StepDue, steps: Sequence[StepDue]) -> set[int]:
    """Orders of all that it waits for, one behind another."""
    found = set(step.after)
    for earlier in reversed(steps):
        if earlier.order in found:
            found |= set(earlier.after)
    return found


def longest_days(steps: Sequence[StepDue]) -> int:
    """Working days of the longest way through, as far as limits are known."""
    ends: dict[int, int] = {}
    for step in steps:
        ends[step.order] = max((ends[each] for each in step.after), default=0) + (step.days or 0)
    return max(ends.values(), default=0)


def _before(step: Step, scenario: Scenario, taken: Iterable[str], met: frozenset[str] = frozenset()) -> set[str]:
    """Of a step that is not due, what that one would have waited for."""
    found: set[str] = set()
    for name in step.after:
        earlier = scenario.step(name)
        if name in taken:
            found.add(name)
        elif earlier and name not in met:
            found |= _before(earlier, scenario, taken, met | {name})
    return found


def _without_detours(before: Mapping[str, set[str]]) -> Mapping[str, set[str]]:
    """Less what one of those that it waits for waits for anyhow."""
    everything = {name: _all_before(name, before) for name in before}
    return {
        name: {each for each in found if not any(each in everything[other] for other in found)}
        for name, found in before.items()
    }


def _all_before(name: str, before: Mapping[str, set[str]], met: frozenset[str] = frozenset()) -> set[str]:
    found = before[name] - met
    for each in before[name] - met:
        found = found | _all_before(each, before, met | {name, each})
    return found


def _in_order(taken: Mapping[str, Step], before: Mapping[str, set[str]]) -> Iterator[str]:
    urgent = {name for name, step in taken.items() if step.urgent}
    for _ in taken:  # what an urgent one waits for is as urgent
        urgent |= {earlier for name in urgent for earlier in before[name]}
    left, done = list(taken), set[str]()
    while left:
        ready = [name for name in left if before[name] <= done] or left  # a circle is refused when content is read
        name = next((each for each in ready if each in urgent), ready[0])
        left.remove(name)
        done.add(name)
        yield name


def _due(
    step: Step,
    order: int,
    after: tuple[int, ...],
    told: Told,
    library: Standing,
    region: str | None,
    on: date,
) -> StepDue:
    guide = library.guide(step.item, region, on) if step.item else None
    statements = guide.statements if guide else ()
    offices = library.offices_for(step.item, region) if step.item and step.at_hall else ()
    return StepDue(
        step=step,
        order=order,
        after=after,
        guide=guide,
        name=guide.name if guide else library.names.get(step.item or "", step.title),
        is_online=_is_online(guide) if step.online is None else step.online,
        office_ids=tuple(office.id for office in offices),
        fees=tuple(_chosen(statements, Fee, step, told)),
        amounts=tuple(_chosen(statements, Amount, step, told))[:MOST_AMOUNTS],
        limit=_limit([each for each in statements if isinstance(each, Limit)], step, told),
        reminders=tuple(
            each
            for each in statements
            if not isinstance(each, Material | Fee | Amount | Limit) and counts(each, step, told)
        ),
    )


def _is_online(guide: ServiceGuide | None) -> bool:
    if guide is None:
        return False
    visits = guide.of(Visits)
    if visits:
        return visits[-1].online_count == 0  # None: it cannot be done online
    return any(channel.through in _ONLINE for channel in guide.of(Channel))


def _chosen(statements: Sequence[Statement], kind: type[Kind], step: Step, told: Told) -> Iterator[Kind]:
    """Those that the step takes. Where it takes none of the kind: what the place itself sets, else the nation, but for
    what the step leaves out."""
    found = [each for each in statements if isinstance(each, kind) and step.statements.get(each.id) is not False]
    if any(each.id in step.statements for each in found):
        yield from (each for each in found if counts(each, step, told))
        return
    local = [each for each in found if each.region != NATIONAL]
    yield from local or found


def _limit(limits: Sequence[Limit], step: Step, told: Told) -> Limit | None:
    """The one that the step decides for; else what the hall promises, before what all counters and the law allow."""
    if decided := [each for each in limits if counts(each, step, told)]:
        return decided[0]
    left = [each for each in limits if counts(each, step, told) is None]
    return min(reversed(left), key=lambda each: _BASES.index(each.basis), default=None)
