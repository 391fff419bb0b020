"""One way through a scenario, as somebody writes it who has no buttons: by numbers, days and figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge_base.library import Library
from knowledge_base.scenarios.conditions import NONE, UNSURE
from knowledge_base.scenarios.model import Scenario
from knowledge_base.scenarios.questions import Question
from server.shelf import Shelf
from service_hall.scenarios.all_ways import answers_to
from service_hall.scenarios.calculators import CALCULATORS
from service_hall.scenarios.way import find_way


def written_answers(scenario: Scenario, on: date) -> Iterator[tuple[Question, str]]:
    """Each question that is asked, with what is written to it, until nothing is open. The first answer that can be."""
    answers: dict[str, object] = {}
    while question := find_way(scenario, answers, on, CALCULATORS).next:
        answers[question.id] = next(
            value
            for value in answers_to(question, scenario, on)
            if not find_way(scenario, {**answers, question.id: value}, on, CALCULATORS).refused
        )
        yield question, _written(question, answers[question.id])


def _written(question: Question, answer: object) -> str:
    if answer == UNSURE and question.unsure and question.kind not in ("single", "multi"):
        return question.unsure.label
    if isinstance(answer, list):
        values = [*question.values, NONE]
        return "、".join(str(values.index(each) + 1) for each in answer or [NONE])
    return str(question.values.index(answer) + 1) if question.kind == "single" else str(answer)


def shelf_of(library: Library) -> type[Shelf]:
    """The shipped content on the shelf of a made-up town."""

    class ShippedShelf(Shelf):
        def restock(self) -> None:
            self._library = library

    return ShippedShelf
