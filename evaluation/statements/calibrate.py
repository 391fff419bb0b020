"""Fit which statement of a guide answers a question: a part of `make calibrate`.

The weights are fitted on the guides' questions that the encoder was not tuned on, each with what is asked of its guide
less itself. From which likelihood on a statement leads is set on the development questions about one fact.
Writes knowledge_base/search/statement_calibration.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from evaluation.library import open_library
from evaluation.statements.questions import has_all, load_fact_questions
from knowledge_base.embedding.encoder_examples import of_guides
from knowledge_base.language.intents import IntentReader
from knowledge_base.library import Library
from knowledge_base.model import Aspect, ServiceGuide
from knowledge_base.search.find import Weighing
from knowledge_base.search.statement_reader import STATEMENT_CALIBRATION, StatementReader
from knowledge_base.statements import Statement

WRONG_COSTS = 0.5
"""What leads without being the fact: the answer behind it is told all the same."""
FLOORS = np.arange(0.35, 1.0, 0.05).round(2).tolist()
"""The development set knows few facts and would allow less; then 身份证丢失的，应当申请补领 led whoever asked how, and
the summary that answers stood below."""


@dataclass(frozen=True)
class Case:
    guide: ServiceGuide
    aspects: tuple[Aspect, ...]
    rows: list[tuple[float, ...]]
    right: int = -1
    """The statement that answers; -1: not known."""


@dataclass(frozen=True)
class Best:
    statement: Statement
    likelihood: float
    is_about_asked: bool


def main() -> None:
    library = open_library()
    kept_back = list(_kept_back(library))
    rows = [row for case in kept_back for row in case.rows]
    labels = [at == case.right for case in kept_back for at in range(len(case.rows))]
    model = LogisticRegression(C=10.0, max_iter=5000).fit(rows, labels)
    weighing = Weighing(tuple(round(float(each), 4) for each in model.coef_[0]), round(float(model.intercept_[0]), 4))
    _print_kept_back(kept_back, weighing)
    print(weighing)
    floors = {name: _printed_floors(library, weighing, name == "asked") for name in ("asked", "other")}
    STATEMENT_CALIBRATION.write_text(
        json.dumps(
            {
                "weights": weighing.weights,
                "bias": weighing.bias,
                "floors": floors,
                "fitted_on": f"{len(kept_back)} questions of the guides by evaluation/statements/calibrate.py",
            },
            indent=1,
        )
        + "\n"
    )


def _kept_back(library: Library) -> Iterator[Case]:
    for each in of_guides().asked:
        guide = library.guide(each.item) if each.is_kept_back else None
        if guide and (statement := guide.statement(each.statement)):
            aspects = aspects_of(library.intents, each.question)
            rows = _reader(library).rows(guide, each.question, aspects, without=each.question)
            yield Case(guide, aspects, rows, guide.statements.index(statement))


def _printed_floors(library: Library, weighing: Weighing, is_about_asked: bool) -> float:
    """Prints what each floor would do, and gives the best one."""
    led = []
    for question in load_fact_questions("dev"):
        guide = library.guide(question.guide_ids[0])
        if guide:
            best = _best(_case(library, guide, question.text), weighing)
            if best.is_about_asked is is_about_asked:
                led.append((best.likelihood, has_all(question.must_have, best.statement.says)))
    print(f"\nabout what was understood to be asked: {is_about_asked}")
    worth = {}
    for floor in FLOORS:
        told = [is_told for likelihood, is_told in led if likelihood >= floor]
        worth[floor] = sum(told) - WRONG_COSTS * (len(told) - sum(told))
        print(f"floor {floor:.2f}: {sum(told)} facts told of {len(told)} led by a statement")
    return float(max(FLOORS, key=lambda floor: (worth[floor], floor)))


def aspects_of(intents: IntentReader, text: str) -> tuple[Aspect, ...]:
    clear = intents.read_aspects(text)
    first = clear[0] if clear else intents.likeliest_aspect(text)
    others = [each for each in clear if each not in (first, Aspect.OVERVIEW)]
    if first is Aspect.OVERVIEW and others:
        first, *others = others
    return (first, *others)


def _case(library: Library, guide: ServiceGuide, text: str) -> Case:
    aspects = aspects_of(library.intents, text)
    return Case(guide, aspects, _reader(library).rows(guide, text, aspects))


def _reader(library: Library) -> StatementReader:
    if library.statement_reader is None:
        raise SystemExit("WENBAN_EMBEDDING_MODEL stands in for the encoder: there is nothing to fit")
    return library.statement_reader


def _best(case: Case, weighing: Weighing) -> Best:
    likely = [weighing.likelihood(row) for row in case.rows]
    at = int(np.argmax(likely))
    statement = case.guide.statements[at]
    return Best(statement, likely[at], case.aspects[0] in statement.about)


def _print_kept_back(cases: Sequence[Case], weighing: Weighing) -> None:
    ranked = [np.argsort([-weighing.likelihood(row) for row in case.rows]).tolist() for case in cases]
    for most in (1, 3, 5):
        found = sum(case.right in order[:most] for case, order in zip(cases, ranked, strict=True))
        print(f"kept back: the right statement among the first {most}: {found / len(cases):.3f} of {len(cases)}")


if __name__ == "__main__":
    main()
