"""Which question comes next. Pure and stateless: the same answers in any order, on the same day, lead the same way.

Answers to what is not asked on this way neither count nor stand in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from knowledge_base.scenarios.checking import questions_behind
from knowledge_base.scenarios.conditions import UNSURE, Answer, Condition, holds
from knowledge_base.scenarios.model import Calculated, Holds, Scenario
from knowledge_base.scenarios.questions import OfAnswer, Question
from service_hall.scenarios.answering import NoAnswer, beyond_bounds, read_answer
from service_hall.scenarios.reckoning import Calculators, Reckoned, reckon


@dataclass(eq=False)
class Told:
    """What the answers on this way say; conditions are weighed by it (`knowledge_base.scenarios.conditions.Known`)."""

    scenario: Scenario
    as_of: date
    calculators: Calculators
    answers: dict[str, Answer] = field(default_factory=dict)
    """Of the questions that are asked on this way, in order."""
    unknown: list[Question] = field(default_factory=list)
    """Those whose answer is open, or is taken for another one (`Question.if_unknown`)."""
    _results: dict[str, Reckoned] = field(default_factory=dict)

    def answer(self, question: str) -> Answer | None:
        return self.answers.get(question)

    def named(self, name: str) -> bool:
        return holds(self.scenario.conditions[name], self)

    def holds(self, condition: Condition | None) -> bool:
        """None: always."""
        return condition is None or holds(condition, self)

    def computed(self, name: str) -> object:
        """`name`: a calculation, or one figure of it: `benefit.months`."""
        result, _, figure = name.partition(".")
        reckoned = self.reckoned(result)
        value = reckoned.value if reckoned else None
        if figure:
            value = value.get(figure) if isinstance(value, Mapping) else None
        return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value

    def reckoned(self, name: str) -> Reckoned | None:
        """None where it does not apply, or what it needs is not told yet."""
        result = self._result(name)
        return result if isinstance(result, Reckoned) else None

    def refused_by_calculator(self) -> NoAnswer | None:
        """An answer of which a calculator says that it cannot be."""
        for calculated in self.scenario.calculated:
            result = self._result(calculated.id)
            given = calculated.given.get(result.node) if isinstance(result, NoAnswer) else None
            if isinstance(result, NoAnswer) and isinstance(given, OfAnswer):
                return NoAnswer(given.answer, result.says)
        return None

    def _result(self, name: str) -> Reckoned | NoAnswer | None:
        if name in self._results:
            return self._results[name]
        calculated = next(each for each in self.scenario.calculated if each.id == name)
        result = self._reckon(calculated)
        if isinstance(result, Reckoned):  # it stays so, whatever else is told on this way
            self._results[name] = result
        return result

    def _reckon(self, calculated: Calculated) -> Reckoned | NoAnswer | None:
        calculator = self.calculators.get(calculated.compute)
        if calculator is None or not self.holds(calculated.when):
            return None
        given = {name: self._given(each) for name, each in calculated.given.items()}
        known = {name: value for name, value in given.items() if value is not None and value != UNSURE}
        return reckon(calculator, known, self.as_of)

    def _given(self, given: OfAnswer | Holds | str | int) -> object:
        match given:
            case OfAnswer(answer=answer):
                return self.answers.get(answer)
            case Holds(holds=condition):
                return self.holds(condition)
        return given


@dataclass(frozen=True)
class Way:
    told: Told
    asked: tuple[Question, ...]
    """The questions on this way up to the next one, which is the last of them where there is one."""
    next: Question | None
    """None: all is told."""
    refused: NoAnswer | None = None
    """An answer that cannot be."""

    @property
    def step(self) -> int:
        """Of how many it is, from 1."""
        return len(self.asked)


def find_way(scenario: Scenario, given: Mapping[str, object], as_of: date, calculators: Calculators) -> Way:
    """`given`: JSON, question → answer; what is no question of the scenario is not looked at."""
    told = Told(scenario, as_of, calculators)
    asked: list[Question] = []
    for question in scenario.questions:
        if not told.holds(question.when):
            continue
        asked.append(question)
        if question.id not in given:
            return Way(told, tuple(asked), question, _refused_later(scenario, given, told, question))
        answer = read_answer(question, given[question.id], as_of)
        refused = answer if isinstance(answer, NoAnswer) else beyond_bounds(question, answer, as_of, told.answers)
        if isinstance(answer, NoAnswer) or refused:
            return Way(told, tuple(asked), question, refused)
        told.answers[question.id] = answer
        if given[question.id] == UNSURE and not question.unsure:
            told.unknown.append(question)
    refused = told.refused_by_calculator()
    again = scenario.question(refused.node) if refused else None
    return Way(told, tuple(asked), again, refused if again else None)


def questions_ahead(way: Way) -> int:
    """How many may still come after the next one: those whose conditions are not settled against them."""
    if way.next is None:
        return 0
    scenario = way.told.scenario
    later = scenario.questions[scenario.questions.index(way.next) + 1 :]
    open_ones = {way.next.id, *(each.id for each in later)}
    return sum(
        not each.when or bool(questions_behind(each.when, scenario) & open_ones) or way.told.holds(each.when)
        for each in later
    )


def _refused_later(scenario: Scenario, given: Mapping[str, object], told: Told, missing: Question) -> NoAnswer | None:
    """An impossible answer to a later question is told at once, where that question is sure to be asked."""
    later = scenario.questions[scenario.questions.index(missing) + 1 :]
    open_ones = {missing.id, *(each.id for each in later)}
    for question in later:
        is_settled = not question.when or not (questions_behind(question.when, scenario) & open_ones)
        if question.id in given and is_settled and told.holds(question.when):
            answer = read_answer(question, given[question.id], told.as_of)
            if isinstance(answer, NoAnswer):
                return answer
    return None
