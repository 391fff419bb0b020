"""Every way through a scenario, and what must hold of all of them: each ends soon, in a list of known items.

A way is one set of answers that decide anything: what is asked next, or what stands in the list. Where there are too
many, every way of asking is walked, and of the lists so many as are drawn.
"""

from __future__ import annotations

import random
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, islice

from knowledge_base.scenarios.checking import conditions_in, questions_behind
from knowledge_base.scenarios.conditions import NONE, UNSURE, Test, parts_of
from knowledge_base.scenarios.model import Scenario
from knowledge_base.scenarios.papers import bare_name
from knowledge_base.scenarios.questions import Question
from knowledge_base.standing import Standing
from service_hall.scenarios.answering import NoAnswer, as_json, read_answer
from service_hall.scenarios.checklist import Checklist, make_checklist
from service_hall.scenarios.reckoning import Calculators
from service_hall.scenarios.way import Way, find_way

MOST_QUESTIONS = 15
MOST_WAYS = 1000
TRIED_BESIDE = 200
"""Lists that are made with other answers to what decides nothing but sums; drawn with a fixed seed."""


@dataclass
class Walked:
    """What was met on all ways."""

    faults: list[str] = field(default_factory=list)
    ways: int = 0
    is_whole: bool = True
    """False: there are more ways than were walked."""
    longest: int = 0
    questions: set[str] = field(default_factory=set)
    steps: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)
    rates: set[str] = field(default_factory=set)
    """Names of those that calculators reckoned with."""
    true: set[str] = field(default_factory=set)
    false: set[str] = field(default_factory=set)
    """Named conditions that were met so."""

    def fault(self, message: str) -> None:
        if message not in self.faults:
            self.faults.append(message)


def walk_all(scenario: Scenario, standing: Standing, as_of: date, calculators: Calculators) -> Walked:
    walked = Walked()
    _check_calculators(scenario, calculators, walked)
    candidates = {question.id: tuple(answers_to(question, scenario, as_of)) for question in scenario.questions}
    if unanswerable := [name for name, values in candidates.items() if not values]:
        walked.fault(f"没有一个答案合得上界限：{'、'.join(unanswerable)}")
        return walked
    drawn, decides = _drawn(scenario, candidates), _deciding(scenario)
    ways = list(islice(_ways(scenario, candidates, as_of, calculators, decides), MOST_WAYS + 1))
    if len(ways) > MOST_WAYS:
        walked.is_whole = False
        of_asking = _ways(scenario, candidates, as_of, calculators, _deciding_what_is_asked(scenario))
        ways = list(islice(chain(of_asking, drawn), MOST_WAYS))
    gone = set()
    for answers in chain(ways, islice(drawn, TRIED_BESIDE)):
        way = _walk(scenario, answers, standing, as_of, calculators, walked)
        gone.add(tuple((name, str(given)) for name, given in way.told.answers.items() if name in decides))
    walked.ways = len(ways) if walked.is_whole else len(gone)
    _what_was_never_met(scenario, walked)
    apart = Walked()  # whoever does not know comes to a list, too, and meets nothing new
    unknowing, decide = _unknowing(scenario, candidates), _deciding_what_is_asked(scenario)
    for answers in islice(_ways(scenario, unknowing, as_of, calculators, decide), MOST_WAYS):
        _walk(scenario, answers, standing, as_of, calculators, apart)
    for fault in apart.faults:
        walked.fault(fault)
    return walked


def answers_to(question: Question, scenario: Scenario, as_of: date) -> Iterator[object]:
    """JSON: every option; of numbers and days those just below, at and above what a condition looks at, and the ends
    of the bounds; what the question itself refuses is left out."""
    if question.unsure and question.kind not in ("single", "multi"):
        yield UNSURE
    match question.kind:
        case "single":
            yield from question.values
        case "multi":
            yield [NONE]
            yield from ([value] for value in question.values)
            yield list(question.values)
        case "text":
            yield "某某"
        case _:
            tests = [
                leaf
                for _, condition in conditions_in(scenario)
                for leaf in parts_of(condition)
                if isinstance(leaf, Test) and not leaf.is_computed and leaf.subject == question.id
            ]
            tried = _days(question, tests, as_of) if question.kind == "date" else _numbers(question, tests)
            found = dict.fromkeys(as_json(each) for each in tried)
            yield from (each for each in found if not isinstance(read_answer(question, each, as_of), NoAnswer))


def _deciding(scenario: Scenario) -> set[str]:
    """Questions whose answer a condition looks at."""
    return {name for _, condition in conditions_in(scenario) for name in questions_behind(condition, scenario)}


def _deciding_what_is_asked(scenario: Scenario) -> set[str]:
    return {name for each in scenario.questions if each.when for name in questions_behind(each.when, scenario)}


def _drawn(scenario: Scenario, candidates: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
    """Without end; each question's answer by itself, the same in each run."""
    chance = random.Random(scenario.id)
    while True:
        yield {name: chance.choice(values) for name, values in candidates.items()}


def _ways(
    scenario: Scenario,
    candidates: Mapping[str, Sequence[object]],
    as_of: date,
    calculators: Calculators,
    decides: Container[str],
) -> Iterator[dict[str, object]]:
    """Answers of each way, once: branching where the answer `decides`."""
    open_ways: list[dict[str, object]] = [{}]
    while open_ways:
        answers = open_ways.pop()
        way = find_way(scenario, answers, as_of, calculators)
        if way.next is None or way.refused:
            yield answers
            continue
        values = candidates[way.next.id]
        tried = values if way.next.id in decides else values[:1]
        open_ways += [{**answers, way.next.id: value} for value in reversed(tried)]


def _walk(
    scenario: Scenario,
    answers: Mapping[str, object],
    standing: Standing,
    as_of: date,
    calculators: Calculators,
    walked: Walked,
) -> Way:
    way = find_way(scenario, answers, as_of, calculators)
    if way.refused:  # one answer against another; both were possible by themselves
        return way
    walked.questions |= {question.id for question in way.asked}
    walked.longest = max(walked.longest, len(way.asked))
    if len(way.asked) > MOST_QUESTIONS:
        walked.fault(f"有一条路问了{len(way.asked)}个问题，最多{MOST_QUESTIONS}个：{_told(way)}")
    checklist = make_checklist(way.told, standing, None)
    walked.steps |= {due.step.id for due in checklist.steps}
    walked.items |= set(checklist.items)
    for calculated in scenario.calculated:
        if reckoned := way.told.reckoned(calculated.id):
            walked.rates |= set(reckoned.rates)
    for name in scenario.conditions:
        (walked.true if way.told.named(name) else walked.false).add(name)
    _check(checklist, way, walked)
    return way


def _unknowing(scenario: Scenario, candidates: Mapping[str, Sequence[object]]) -> Mapping[str, Sequence[object]]:
    """The answers of whoever does not know what can be left open."""
    left_open = {each.id for each in scenario.questions if each.if_unsure is not None and not each.unsure}
    return {name: (UNSURE,) if name in left_open else values for name, values in candidates.items()}


def _check_calculators(scenario: Scenario, calculators: Calculators, walked: Walked) -> None:
    for calculated in scenario.calculated:
        calculator = calculators.get(calculated.compute)
        if calculator is None:
            walked.fault(f"没有这个计算：{calculated.compute}")
            continue
        known = {each.name for each in getattr(calculator, "inputs", ())}
        if known and (unknown := sorted(set(calculated.given) - known)):
            walked.fault(f"{calculated.compute} 没有这些输入：{'、'.join(unknown)}")


def _check(checklist: Checklist, way: Way, walked: Walked) -> None:
    if not checklist.steps:
        walked.fault(f"有一条路最后什么都不用办：{_told(way)}")
    for due in checklist.steps:
        if due.step.item and due.guide is None:
            walked.fault(f"{due.step.id}：{due.step.item} 的指南当天没有生效")
    names = [bare_name(paper.name) for paper in checklist.papers]
    for name in {name for name in names if names.count(name) > 1}:
        walked.fault(f"材料列了两遍：{name}")


def _what_was_never_met(scenario: Scenario, walked: Walked) -> None:
    for question in scenario.questions:
        if question.id not in walked.questions:
            walked.fault(f"问题走不到：{question.id}")
    for step in scenario.steps:
        if step.id not in walked.steps:
            walked.fault(f"步骤走不到：{step.id}")
    for name in scenario.conditions:
        if name not in walked.true:
            walked.fault(f"条件从来不成立：{name}")
        if name not in walked.false:
            walked.fault(f"条件总是成立：{name}")


def _numbers(question: Question, tests: Sequence[Test]) -> Iterator[Decimal]:
    ends = [end for bound in question.bounds for end in (bound.at_least, bound.at_most) if isinstance(end, Decimal)]
    looked_at = [test.value for test in tests if isinstance(test.value, Decimal)]
    for value in (*ends, *looked_at):
        yield from (value, value - 1, value + 1)
    if len(ends) > 1:
        least, most = min(ends), max(ends)
        yield from ((least + (most - least) * part / 8).to_integral_value() for part in (1, 2, 4))


def _days(question: Question, tests: Sequence[Test], as_of: date) -> Iterator[date]:
    yield from (as_of - timedelta(days=each) for each in (0, 1, 31, 100, 200, 400, 800, 4000, 12000, 22500))
    yield from (as_of + timedelta(days=each) for each in (1, 20, 70, 200))
    for test in tests:
        if isinstance(test.value, date):
            days = [test.value]
        elif isinstance(test.value, int):
            back = timedelta(days=1 if test.kind.startswith("days") else 366) * test.value
            days = [as_of - back, as_of - back + timedelta(days=300)]
        else:
            days = []
        yield from (day + timedelta(days=shift) for day in days for shift in (-1, 0, 1))


def _told(way: Way) -> str:
    return "、".join(f"{name}={as_json(answer)}" for name, answer in way.told.answers.items())
