"""Why a sentence is taken for what it is: what speaks for each item, and what the decision hung on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.language.asking import left_unsaid
from knowledge_base.library import Library
from knowledge_base.model import Aspect, ServiceGuide
from knowledge_base.search.find import (
    Answered,
    Calibration,
    Evidence,
    Hit,
    NotFound,
    feature_rows,
    figures_named,
    rank,
    weighing_of,
)
from knowledge_base.search.lived import Telling
from knowledge_base.search.statement_reader import floor_of, load_statement_calibration
from knowledge_base.search.topics import against

MOST_CANDIDATES = 6
MOST_STATEMENTS = 3


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    speaks: float
    """For the item, where above 0; in log-odds."""


@dataclass(frozen=True)
class Candidate:
    guide_id: str
    name: str
    likelihood: float
    has_guide: bool
    nearest_text: str
    bias: float
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Bar:
    """Something that had to be so likely."""

    name: str
    value: float
    bar: float

    @property
    def is_met(self) -> bool:
        return self.value >= self.bar


@dataclass(frozen=True)
class Weighed:
    looked: str
    """`at a glance`, or `closely`: the encoder was asked."""
    candidates: tuple[Candidate, ...]
    """The likeliest first."""
    bars: tuple[Bar, ...]
    decision: str
    """`answer`, `choices` or `nothing`."""
    decided: tuple[str, ...]
    """The items or topics that it came to."""


@dataclass(frozen=True)
class Told:
    statement_id: str
    says: str
    likelihood: float
    bar: float
    """From here on it leads the answer."""
    bar_beside: float
    """From here on it is told before the rest."""


def explain_search(library: Library, question: str) -> Weighed:
    calibration = library.calibration
    evidence, decision = library.evidence(question), library.find(question)
    chosen = [decision.hit] if isinstance(decision, Answered) else getattr(decision, "choices", ())
    return Weighed(
        looked="closely" if any(each.meant for each in evidence) else "at a glance",
        candidates=_candidates(library, evidence, calibration),
        bars=_bars(library, question, rank(evidence, calibration)),
        decision={Answered: "answer", NotFound: "nothing"}.get(type(decision), "choices"),
        decided=tuple(hit.guide_id for hit in chosen),
    )


def explain_statements(
    library: Library, guide: ServiceGuide, question: str, aspects: Sequence[Aspect]
) -> tuple[Told, ...]:
    """The likeliest first; empty where no encoder reads them. `aspects`: what is asked, at least one."""
    if library.statement_reader is None:
        return ()
    floors = load_statement_calibration().floors
    likely = library.statement_reader.ranked(guide, question, aspects)[:MOST_STATEMENTS]
    return tuple(
        Told(
            each.statement.id,
            each.statement.says,
            each.likelihood,
            floors[floor_of(each.statement, aspects[0])],
            floors["beside"],
        )
        for each in likely
    )


def _candidates(library: Library, evidence: Sequence[Evidence], calibration: Calibration) -> tuple[Candidate, ...]:
    found = []
    for each, row in zip(evidence, feature_rows(evidence), strict=True):
        weighing = weighing_of(each, calibration)
        figures = zip(figures_named(each), row, weighing.speaks(row), strict=True)
        found.append(
            Candidate(
                guide_id=each.guide_id,
                name=library.title(each.guide_id),
                likelihood=weighing.likelihoods([row])[0],
                has_guide=each.has_guide,
                nearest_text=each.text,
                bias=weighing.bias,
                figures=tuple(Figure(name, value, speaks) for name, value, speaks in figures),
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.likelihood, each.guide_id))[:MOST_CANDIDATES])


def _bars(library: Library, question: str, hits: Sequence[Hit]) -> tuple[Bar, ...]:
    calibration = library.calibration
    glance = rank(library.look.at_a_glance(question), calibration)
    bars = [
        Bar("the encoder is not asked: lead at a glance", _lead(glance), calibration.sure),
        Bar("an item is answered: likelihood", hits[0].score if hits else 0.0, calibration.answer_floor),
        Bar(
            "the only item in question is answered: likelihood", hits[0].score if hits else 0.0, calibration.alone_floor
        ),
        Bar("an item is answered: lead", _lead(hits), calibration.margin),
        Bar("an item is offered: likelihood", hits[0].score if hits else 0.0, calibration.choice_floor),
    ]
    items = library.find_item(question)
    if topic := library.topic_meant(question):
        speaks = against(items, left_unsaid(question), is_grieved=False)
        floor = library.hall_calibration.floors[speaks]
        bars.append(Bar(f"{topic.guide_id} is told, with an item {speaks}: likelihood", topic.score, floor))
    if library.lived and (event := library.lived.likeliest(question)):
        floors = library.lived.calibration.floors
        bars += [Bar(f"{event.guide_id} is told {how}: likelihood", event.score, floors[how]) for how in Telling]
    return tuple(bars)


def _lead(hits: Sequence[Hit]) -> float:
    return hits[0].score - (hits[1].score if len(hits) > 1 else 0.0) if hits else 0.0
