"""A scenario tried out on some day: the way so far, the list as the citizen gets it, and why each step stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge_base.scenarios.conditions import Condition
from knowledge_base.scenarios.in_words import in_words
from knowledge_base.scenarios.model import Scenario, Step
from knowledge_base.standing import Standing
from service_hall.conversation.reply import ChecklistReply
from service_hall.scenarios.checklist import Checklist, make_checklist
from service_hall.scenarios.reckoning import Calculators, Reckoned
from service_hall.scenarios.telling import tell_checklist
from service_hall.scenarios.way import Told, Way, find_way


@dataclass(frozen=True)
class Decided:
    """A statement that the step counts on a condition."""

    says: str
    when: str
    counts: bool


@dataclass(frozen=True)
class Reason:
    step: Step
    name: str
    order: int
    """0: it is not on the list."""
    when: str
    """Its condition in words; '': it always is."""
    decided: tuple[Decided, ...] = ()


@dataclass(frozen=True)
class Figure:
    title: str
    reckoned: Reckoned


@dataclass(frozen=True)
class Trial:
    way: Way
    told: ChecklistReply | None = None
    """None: a question is open, or an answer cannot be."""
    reasons: tuple[Reason, ...] = ()
    """Of all steps: those on the list in its order, then the others."""
    figures: tuple[Figure, ...] = ()


def try_out(
    scenario: Scenario,
    answers: Mapping[str, object],
    as_of: date,
    region: str | None,
    library: Standing,
    calculators: Calculators,
) -> Trial:
    """`answers`: JSON, question → answer. Nothing is kept."""
    way = find_way(scenario, answers, as_of, calculators)
    if way.next or way.refused:
        return Trial(way)
    checklist = make_checklist(way.told, library, region)
    return Trial(
        way,
        tell_checklist(checklist, library, region),
        tuple(_reasons(checklist, library)),
        tuple(_figures(way.told)),
    )


def _reasons(checklist: Checklist, library: Standing) -> Iterator[Reason]:
    told, due_ones = checklist.told, {due.step.id for due in checklist.steps}
    for due in checklist.steps:
        says = {each.id: each.says for each in due.guide.statements} if due.guide else {}
        decided = tuple(
            Decided(says.get(name, name), in_words(when, told.scenario), told.holds(when))
            for name, when in due.step.statements.items()
            if not isinstance(when, bool)
        )
        yield Reason(due.step, due.name, due.order, _when(due.step.when, told), decided)
    for step in told.scenario.steps:
        if step.id not in due_ones:
            yield Reason(step, library.names.get(step.item or "", step.title), 0, _when(step.when, told))


def _when(condition: Condition | None, told: Told) -> str:
    return in_words(condition, told.scenario) if condition else ""


def _figures(told: Told) -> Iterator[Figure]:
    for calculated in told.scenario.calculated:
        if reckoned := told.reckoned(calculated.id):
            calculator = told.calculators.get(calculated.compute)
            yield Figure(str(getattr(calculator, "title", calculated.id)), reckoned)
