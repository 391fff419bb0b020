"""The one merged list: each paper once, with all that want it. What the window hands out is not on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge_base.codes import MaterialForm
from knowledge_base.scenarios.model import Paper
from knowledge_base.scenarios.papers import bare_name
from knowledge_base.statements import UNVERIFIED, Material
from service_hall.scenarios.steps import StepDue, counts
from service_hall.scenarios.way import Told


@dataclass(frozen=True)
class PaperDue:
    name: str
    form: str
    originals: int
    """The same ones are shown at each counter."""
    copies: int
    """Each counter keeps its own."""
    steps: tuple[int, ...]
    """Orders of those that want it."""
    needed_by: tuple[str, ...]
    """Their items."""
    only_when: tuple[str, ...] = ()
    """In which situations; none: always."""
    given_by: int | None = None
    """Order of the step by which one gets it."""
    statements: tuple[str, ...] = ()
    """`<item>/<statement>` of those that want it."""
    is_unverified: bool = False
    """Whoever wants it, no text that was held against says so."""


def papers_due(steps: Sequence[StepDue], told: Told) -> tuple[PaperDue, ...]:
    """What is always needed first; what some situations alone need after it."""
    merged: dict[str, PaperDue] = {}
    for key, paper in _wanted(steps, told):
        merged[key] = _both(merged[key], paper) if key in merged else paper
    return tuple(sorted(merged.values(), key=lambda paper: bool(paper.only_when)))


def _wanted(steps: Sequence[StepDue], told: Told) -> Iterator[tuple[str, PaperDue]]:
    """Under the key by which those that are one paper are found."""
    papers = told.scenario.papers
    orders = {due.step.id: due.order for due in steps}
    for due in steps:
        for material in _materials(due, told):
            reference = f"{due.step.item}/{material.id}"
            named = [paper for paper in papers if reference in paper.of]
            for paper in filter(lambda each: told.holds(each.when), named):
                yield paper.id, _as_named(paper, _of(due, material, reference, told), orders)
            if not named:
                paper_due = _of(due, material, reference, told)
                yield bare_name(paper_due.name), paper_due
        for paper in papers:
            if due.step.id in paper.also_for and told.holds(paper.when):
                items = (due.step.item,) if due.step.item else ()
                yield paper.id, _as_named(paper, PaperDue(paper.name, "纸质", 1, 0, (due.order,), items), orders)


def _materials(due: StepDue, told: Told) -> Iterator[Material]:
    for material in due.guide.of(Material) if due.guide else ():
        if material.brings == "citizen" and counts(material, due.step, told) is not False:
            yield material


def _of(due: StepDue, material: Material, reference: str, told: Told) -> PaperDue:
    is_decided = counts(material, due.step, told) is True
    is_own_form = due.guide and material.form is MaterialForm.FORM  # 申请表 is another one at each counter
    only_when = "" if is_decided or (material.required and not material.when) else material.when or "有的话"
    return PaperDue(
        name=f"{due.guide.short_name}的{material.name}" if due.guide and is_own_form else material.name,
        form=material.form.value,
        originals=material.originals,
        copies=material.copies,
        steps=(due.order,),
        needed_by=(due.step.item or "",),
        only_when=(only_when,) if only_when else (),
        statements=(reference,),
        is_unverified=UNVERIFIED in material.source,
    )


def _as_named(paper: Paper, due: PaperDue, orders: dict[str, int]) -> PaperDue:
    given_by = next((orders[each] for each in paper.given_by if each in orders), None)
    return replace(due, name=paper.name, given_by=None if given_by in due.steps else given_by)


def _both(one: PaperDue, other: PaperDue) -> PaperDue:
    only_when = tuple(dict.fromkeys((*one.only_when, *other.only_when)))
    new_counter = other.steps[0] not in one.steps
    return replace(
        one,
        originals=max(one.originals, other.originals),
        copies=one.copies + other.copies if new_counter else max(one.copies, other.copies),
        steps=tuple(dict.fromkeys((*one.steps, *other.steps))),
        needed_by=tuple(dict.fromkeys((*one.needed_by, *other.needed_by))),
        only_when=only_when if one.only_when and other.only_when else (),
        given_by=one.given_by or other.given_by,
        is_unverified=one.is_unverified and other.is_unverified,
        statements=tuple(dict.fromkeys((*one.statements, *other.statements))),
    )
