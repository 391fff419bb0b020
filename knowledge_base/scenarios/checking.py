"""What has to hold of a scenario beside its shape: names that exist, conditions that can be weighed, items in force."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from knowledge_base.language.asking import PHRASES
from knowledge_base.scenarios.conditions import NONE, Condition, Named, Test, parts_of
from knowledge_base.scenarios.model import Holds, Paper, Scenario
from knowledge_base.scenarios.papers import papers_alike
from knowledge_base.scenarios.questions import OfAnswer, Question
from knowledge_base.statements import Material, Statement
from knowledge_base.yaml_lines import Place

Finding = tuple[Place, str]
Items = Mapping[str, Mapping[str, Statement]]
"""Item in force → its statements by id, those of every region."""
_KINDS: Mapping[str, Collection[str]] = {
    "is": ("single", "multi", "date", "number"),
    "in": ("single",),
    "has": ("multi",),
    "has_any": ("multi",),
    "answered": ("single", "multi", "date", "number", "text"),
    **dict.fromkeys(("at_least", "at_most", "more_than", "less_than"), ("number",)),
    **dict.fromkeys(
        ("before", "since", "years_at_least", "years_less_than", "days_at_least", "days_less_than"), ("date",)
    ),
}


@dataclass(frozen=True)
class Listed:
    """A line of `scenarios.csv`."""

    id: str
    title: str
    theme: str
    audience: str
    items: tuple[str, ...]
    """Each is reached on some way."""


def faults_in(scenario: Scenario, listed: Listed | None, items: Items) -> Iterator[Finding]:
    yield from _unlike_listed(scenario, listed)
    yield from faults_beside(scenario, items)


def faults_beside(scenario: Scenario, items: Items) -> Iterator[Finding]:
    """Of itself, and beside the items as they stand: what an edit of a guide can break."""
    yield from faults_of_itself(scenario)
    yield from _unused(scenario)
    yield from _of_items(scenario, items)
    yield from _of_papers(scenario, items)


def faults_of_itself(scenario: Scenario) -> Iterator[Finding]:
    """Without which no way can be walked through it."""
    if scenario.notion and scenario.notion not in PHRASES:
        yield ("notion",), f"没有这样的说法：{scenario.notion}"
    yield from _of_conditions(scenario)
    yield from _of_bounds(scenario)
    yield from _of_calculated(scenario)
    yield from _of_order(scenario)


def conditions_in(scenario: Scenario) -> Iterator[tuple[Place, Condition]]:
    """All that are written, each with its place."""
    if scenario.opening_unless:
        yield ("opening_unless",), scenario.opening_unless
    for position, question in enumerate(scenario.questions):
        if question.when:
            yield ("questions", position, "when"), question.when
    for name, condition in scenario.conditions.items():
        yield ("conditions", name), condition
    for position, step in enumerate(scenario.steps):
        if step.when:
            yield ("steps", position, "when"), step.when
        for statement, decided in step.statements.items():
            if not isinstance(decided, bool):
                yield ("steps", position, "statements", statement), decided
    for position, calculated in enumerate(scenario.calculated):
        if calculated.when:
            yield ("calculated", position, "when"), calculated.when
        for name, given in calculated.given.items():
            if isinstance(given, Holds):
                yield ("calculated", position, "with", name), given.holds
    for position, paper in enumerate(scenario.papers):
        if paper.when:
            yield ("papers", position, "when"), paper.when
    for position, note in enumerate(scenario.notes):
        if note.when:
            yield ("notes", position, "when"), note.when


def questions_behind(condition: Condition, scenario: Scenario, met: frozenset[str] = frozenset()) -> set[str]:
    """The questions that it hangs on, by way of named conditions and calculators too."""
    found: set[str] = set()
    for leaf in parts_of(condition):
        if isinstance(leaf, Named):
            if leaf.name in scenario.conditions and leaf.name not in met:
                found |= questions_behind(scenario.conditions[leaf.name], scenario, met | {leaf.name})
        elif not leaf.is_computed:
            found.add(leaf.subject)
        else:
            found |= _questions_given(leaf.subject, scenario, met)
    return found


def _questions_given(name: str, scenario: Scenario, met: frozenset[str]) -> set[str]:
    found: set[str] = set()
    calculated = next((each for each in scenario.calculated if each.id == name.partition(".")[0]), None)
    if calculated is None or calculated.id in met:
        return found
    met |= {calculated.id}
    if calculated.when:
        found |= questions_behind(calculated.when, scenario, met)
    for given in calculated.given.values():
        if isinstance(given, OfAnswer):
            found.add(given.answer)
        elif isinstance(given, Holds):
            found |= questions_behind(given.holds, scenario, met)
    return found


def _unlike_listed(scenario: Scenario, listed: Listed | None) -> Iterator[Finding]:
    if listed is None:
        yield ("id",), f"scenarios.csv 里没有 {scenario.id}"
        return
    for name in ("title", "theme", "audience"):
        if getattr(scenario, name) != getattr(listed, name):
            yield (name,), f"应与 scenarios.csv 一致：{getattr(listed, name)}"
    if lacking := [item for item in listed.items if item not in scenario.items]:
        yield ("steps",), f"scenarios.csv 里列的事项没有写到：{'、'.join(lacking)}"


def _of_conditions(scenario: Scenario) -> Iterator[Finding]:
    order = {question.id: number for number, question in enumerate(scenario.questions)}
    for place, condition in conditions_in(scenario):
        for leaf in parts_of(condition):
            yield from ((place, message) for message in _faults_of_leaf(leaf, scenario))
    for name, condition in scenario.conditions.items():
        if name in _named_behind(condition, scenario):
            yield ("conditions", name), "条件绕回了自己"
    for position, question in enumerate(scenario.questions):
        behind = questions_behind(question.when, scenario) if question.when else set()
        if later := sorted(each for each in behind if order.get(each, -1) >= position):
            yield ("questions", position, "when"), f"要看的问题排在后面：{'、'.join(later)}"


def _named_behind(condition: Condition, scenario: Scenario, met: frozenset[str] = frozenset()) -> set[str]:
    names = {leaf.name for leaf in parts_of(condition) if isinstance(leaf, Named)} - met
    found = set(names)
    for name in names:
        if name in scenario.conditions:
            found |= _named_behind(scenario.conditions[name], scenario, met | found)
    return found


def _faults_of_leaf(leaf: Named | Test, scenario: Scenario) -> Iterator[str]:
    if isinstance(leaf, Named):
        if leaf.name not in scenario.conditions:
            yield f"没有叫这个名字的条件：{leaf.name}"
        return
    if leaf.is_computed:
        if leaf.subject.partition(".")[0] not in {each.id for each in scenario.calculated}:
            yield f"没有这个计算：{leaf.subject}"
        return
    question = scenario.question(leaf.subject)
    if question is None:
        yield f"没有这个问题：{leaf.subject}"
    elif question.kind not in _KINDS[leaf.kind]:
        yield f"{leaf.kind} 不能用在 {question.kind} 的问题上：{question.id}"
    else:
        yield from _unknown_values(leaf, question)


def _unknown_values(test: Test, question: Question) -> Iterator[str]:
    if test.kind not in ("is", "in", "has", "has_any"):
        return
    known = {*question.values, *((NONE,) if question.none and test.kind == "is" else ())}
    values = (test.value,) if test.kind in ("is", "has") else test.value
    if unknown := [str(value) for value in values if value not in known]:
        yield f"问题 {question.id} 没有这个答案：{'、'.join(unknown)}"


def _of_bounds(scenario: Scenario) -> Iterator[Finding]:
    for position, question in enumerate(scenario.questions):
        for number, bound in enumerate(question.bounds):
            if not bound.refers_to:
                continue
            other = scenario.question(bound.refers_to)
            place: Place = ("questions", position, "bounds", number)
            if other is None or other.kind != question.kind:
                yield place, f"没有可以比的问题：{bound.refers_to}"
            elif scenario.questions.index(other) >= position:
                yield place, f"要比的问题排在后面：{bound.refers_to}"


def _unused(scenario: Scenario) -> Iterator[Finding]:
    """Nobody is asked for what changes nothing."""
    leaves = [leaf for _, condition in conditions_in(scenario) for leaf in parts_of(condition)]
    answers = {leaf.subject for leaf in leaves if isinstance(leaf, Test) and not leaf.is_computed}
    answers |= {bound.refers_to for question in scenario.questions for bound in question.bounds}
    for calculated in scenario.calculated:
        answers |= {given.answer for given in calculated.given.values() if isinstance(given, OfAnswer)}
    for position, question in enumerate(scenario.questions):
        if question.id not in answers:
            yield ("questions", position), f"问了 {question.id} 却没有用到答案"
    named = {leaf.name for leaf in leaves if isinstance(leaf, Named)}
    yield from ((("conditions", name), "没有用到这个条件") for name in scenario.conditions if name not in named)
    computed = {leaf.subject.partition(".")[0] for leaf in leaves if isinstance(leaf, Test) and leaf.is_computed}
    for position, calculated in enumerate(scenario.calculated):
        if calculated.quiet and calculated.id not in computed:
            yield ("calculated", position), "算了却没有用到，也不说"


def _of_calculated(scenario: Scenario) -> Iterator[Finding]:
    for position, calculated in enumerate(scenario.calculated):
        if calculated.step and scenario.step(calculated.step) is None:
            yield ("calculated", position, "step"), f"没有这一步：{calculated.step}"
        for name, given in calculated.given.items():
            if isinstance(given, OfAnswer) and scenario.question(given.answer) is None:
                yield ("calculated", position, "with", name), f"没有这个问题：{given.answer}"


def _of_order(scenario: Scenario) -> Iterator[Finding]:
    known = {step.id for step in scenario.steps}
    for position, step in enumerate(scenario.steps):
        yield from ((("steps", position, "after"), f"没有这一步：{each}") for each in step.after if each not in known)
    try:
        tuple(TopologicalSorter({step.id: step.after for step in scenario.steps}).static_order())
    except CycleError as circle:
        yield ("steps",), f"先后绕了圈：{' → '.join(circle.args[1])}"


def _of_items(scenario: Scenario, items: Items) -> Iterator[Finding]:
    for position, step in enumerate(scenario.steps):
        place: Place = ("steps", position)
        if step.item and step.item not in items:
            yield (*place, "item"), f"没有在办的事项：{step.item}"
        known_statements = items.get(step.item or "", step.statements)
        for statement in step.statements:
            if statement not in known_statements:
                yield (*place, "statements", statement), f"{step.item} 没有这条陈述：{statement}"


def _of_papers(scenario: Scenario, items: Items) -> Iterator[Finding]:
    known = {step.id for step in scenario.steps}
    for position, paper in enumerate(scenario.papers):
        place: Place = ("papers", position)
        yield from ((place, message) for message in _faults_of_paper(paper, scenario, known, items))
    for alike in papers_alike(scenario, items):
        yield ("papers",), f"看来是同一种材料，请写进 papers 合成一份（确实不同的各写一份，名字说清区别）：{alike}"


def _faults_of_paper(paper: Paper, scenario: Scenario, known: Collection[str], items: Items) -> Iterator[str]:
    for reference in paper.of:
        item, _, statement = reference.partition("/")
        told = items.get(item, {}).get(statement)
        if item not in scenario.items:
            yield f"没有哪一步办这个事项：{item}"
        elif not isinstance(told, Material):
            yield f"没有这条材料：{reference}"
        elif told.brings != "citizen":
            yield f"这份材料不用自己带：{reference}"
    yield from (f"没有这一步：{each}" for each in (*paper.also_for, *paper.given_by) if each not in known)
