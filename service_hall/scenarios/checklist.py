"""The list that a scenario comes to: steps, papers, what it costs and takes in all, and what else is to be known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from knowledge_base.standing import Standing
from knowledge_base.statements import Fee
from service_hall.scenarios.asking import unknown_in_words
from service_hall.scenarios.materials import PaperDue, papers_due
from service_hall.scenarios.steps import StepDue, longest_days, steps_due, waits_for
from service_hall.scenarios.way import Told

_WHOLE_SUMS = ("元", "元/证", "元/件", "元/本", "元/次", "元/张", "元/套", "元/户")
"""Units of a fee that is paid once, so that it can be added up."""


@dataclass(frozen=True)
class Said:
    """One sentence, with what bears it; `order`: below which step, 0 for all of them."""

    text: str
    source: tuple[str, ...]
    order: int = 0


@dataclass(frozen=True)
class Totals:
    is_of_items: bool
    """An item is among the steps; of what is said in words alone no fee is known."""
    yuan: Decimal
    """Of the fees whose sum is known."""
    is_at_most: bool
    """One of them is not paid by everybody."""
    all_fees_known: bool
    """Each item says what it costs, or that it costs nothing."""
    free_fees: tuple[Fee, ...]
    """Those of which nothing is to be paid."""
    other_fees: tuple[Fee, ...]
    """Those that hang on something: a rate, a price by the year, or set elsewhere."""
    days: int
    """Working days of the longest way, as far as limits are known."""
    all_days_known: bool
    amounts: tuple[str, ...]
    """What one may receive, in the words of the statements."""


@dataclass(frozen=True)
class Checklist:
    told: Told
    steps: tuple[StepDue, ...]
    papers: tuple[PaperDue, ...]
    said: tuple[Said, ...]
    """What calculators reckoned, what steps say in words, and notes."""
    totals: Totals

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(due.step.item for due in self.steps if due.step.item))

    @property
    def references(self) -> tuple[str, ...]:
        """Sources of all that it tells."""
        of_steps = [source for due in self.steps for source in self.references_of(due)]
        return tuple(dict.fromkeys((*of_steps, *(source for each in self.said for source in each.source))))

    def references_of(self, due: StepDue) -> tuple[str, ...]:
        """Sources of what it tells of one step."""
        of_item = [source for each in due.statements for source in each.source]
        said = [source for each in self.said if each.order == due.order for source in each.source]
        return tuple(dict.fromkeys((*of_item, *said)))

    @property
    def one_visit(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Offices at which several steps can be done on one visit, with their orders: none waits for another, and what
        is urgent is not put off for what is not. Each step once, at its nearest office."""
        found: dict[tuple[str, bool], list[StepDue]] = {}
        for due in self.steps:
            for office_id in due.office_ids[:1]:
                together = found.setdefault((office_id, due.step.urgent), [])
                if not waits_for(due, self.steps) & {each.order for each in together}:
                    together.append(due)
        return tuple(
            (office_id, tuple(due.order for due in each)) for (office_id, _), each in found.items() if len(each) > 1
        )


def make_checklist(told: Told, library: Standing, region: str | None, on: date | None = None) -> Checklist:
    """Of a way on which all is told. `region`: as of an answer; `on`: the day whose guides hold, if not that on which
    the answers were judged."""
    steps = steps_due(told, library, region, on or told.as_of)
    return Checklist(told, steps, papers_due(steps, told), tuple(_said(told, steps)), totals_of(steps))


def untold(told: Told) -> Told:
    """For whoever opens a list by its address: nothing is reckoned from an answer or named as open, and no step or note
    is there that tells one by itself."""
    scenario = told.scenario
    shown = {
        "steps": tuple(each for each in scenario.steps if not each.is_private),
        "notes": tuple(each for each in scenario.notes if not each.is_private),
        "calculated": tuple(each.model_copy(update={"quiet": True}) for each in scenario.calculated),
    }
    return replace(told, scenario=scenario.model_copy(update=shown), unknown=[])


def _said(told: Told, steps: Sequence[StepDue]) -> Iterator[Said]:
    scenario = told.scenario
    orders = {due.step.id: due.order for due in steps}
    for due in steps:
        if due.step.says:
            yield Said(due.step.says, due.step.source, due.order)
        for reminder in due.reminders:
            yield Said(reminder.says, reminder.source, due.order)
    for calculated in scenario.calculated:
        reckoned = None if calculated.quiet else told.reckoned(calculated.id)
        if reckoned and (calculated.step is None or calculated.step in orders):
            yield Said(reckoned.says, tuple(reckoned.source), orders.get(calculated.step or "", 0))
    for question in told.unknown:
        yield Said(unknown_in_words(question), ())
    for note in scenario.notes:
        if told.holds(note.when):
            yield Said(note.says, note.source)


def totals_of(steps: Sequence[StepDue]) -> Totals:
    fees = [fee for due in steps for fee in due.fees]
    whole = [fee for fee in fees if _is_whole(fee)]
    return Totals(
        is_of_items=any(due.guide for due in steps),
        yuan=sum((fee.amount or Decimal(0) for fee in whole), Decimal(0)),
        is_at_most=any(_is_for_some(due.fees) for due in steps),
        all_fees_known=all(due.fees for due in steps if due.guide) and not any(due.step.open_end for due in steps),
        free_fees=tuple(fee for fee in fees if fee.amount == 0),
        other_fees=tuple(fee for fee in fees if not _is_whole(fee)),
        days=longest_days(steps),
        all_days_known=all(due.limit is not None for due in steps if due.step.item)
        and not any(due.step.open_end for due in steps),
        amounts=tuple(amount.says for due in steps for amount in due.amounts),
    )


def _is_whole(fee: Fee) -> bool:
    return fee.amount is not None and not fee.rate and (fee.amount == 0 or fee.unit in _WHOLE_SUMS)


def _is_for_some(fees: Sequence[Fee]) -> bool:
    """免费 stands beside a sum: which of them, the answers do not decide."""
    return any(fee.amount == 0 for fee in fees) and any(fee.amount and _is_whole(fee) for fee in fees)
