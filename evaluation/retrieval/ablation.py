"""What each part of the search is worth: `python -m evaluation.retrieval.ablation`.

A part's evidence is left out, for the development questions and for the test questions alike; how the rest weighs is
learned anew on the development questions, and nothing of what is shipped changes. Only the weighing of the items is
measured: what the library decides before and after it stands aside. Writes var/evaluation/ablation.json.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evaluation.library import open_library
from evaluation.questions import Question, load_questions
from evaluation.rankings import Ranked, ranking_table
from evaluation.results import RESULTS, write_json
from evaluation.retrieval.fitting import MEANT_COLUMNS, SURE, development_questions, rows_of, trees_grown
from evaluation.retrieval.fitting import weighing_of_all_else as all_else
from evaluation.retrieval.measures import rank_of_right
from evaluation.tables import Table
from knowledge_base.library import Library
from knowledge_base.search.find import NOT_AT_ALL, Calibration, Evidence, Hit, Weighings, is_sure, rank
from knowledge_base.search.index import CANDIDATES

RESULT = RESULTS / "ablation.json"
LeaveOut = Callable[[Evidence], Evidence]
PARTS: Mapping[str, LeaveOut | None] = {
    "nothing": None,
    "the encoder": lambda each: each._replace(meant=None),
    "the static model": lambda each: each._replace(nearest=0.0, nearby=0.0, to_the_point=0.0),
    "BM25 and the words covered": lambda each: each._replace(lexical=0.0, coverage=0.0),
    "the item reader": lambda each: each._replace(learned=NOT_AT_ALL),
    "names": lambda each: each._replace(named=0.0),
}
ENCODER = "the encoder"


@dataclass(frozen=True)
class Looked:
    """The evidence for one question, at a glance and with what the encoder says."""

    question: Question
    glance: list[Evidence]
    close: list[Evidence]


def main() -> None:
    library = open_library()
    learned_from, asked = _looked(library, development_questions()), _looked(library, load_questions("test"))
    ranked = {}
    for part in PARTS:
        ranked[part] = [asdict(each) for each in _ranked_without(part, learned_from, asked)]
        print(f"measured without {part}", flush=True)
    write_json(RESULT, ranked)
    print(ablation_table(ranked))


def without(found: Sequence[Evidence], leave_out: LeaveOut | None) -> list[Evidence]:
    """What would speak for the items if the part were not there. Candidates that only the part brought are gone, too:
    they are the first by any one kind of evidence, and those that are named."""
    if leave_out is None:
        return list(found)
    left = [leave_out(each) for each in found]
    kept = {each.guide_id for each in left if each.named}
    for figure in _KINDS:
        figures = {each.guide_id: figure(each) for each in left}
        if len(set(figures.values())) > 1:
            kept.update(sorted(figures, key=lambda item: -figures[item])[:CANDIDATES])
    return [each for each in left if each.guide_id in kept]


_KINDS: tuple[Callable[[Evidence], float], ...] = (
    lambda each: each.nearest,
    lambda each: each.to_the_point,
    lambda each: each.lexical,
    lambda each: NOT_AT_ALL if each.learned is None else each.learned,
    lambda each: each.meant.nearest if each.meant else 0.0,
)


def ablation_table(measured: Mapping[str, Any]) -> Table:
    """`measured`: what RESULT holds."""
    found = {part: [Ranked(**each) for each in rows] for part, rows in measured.items()}
    return ranking_table("Each part of the search left out", "left out", found)


def _looked(library: Library, questions: Sequence[Question]) -> list[Looked]:
    look = library.look
    return [Looked(each, look.at_a_glance(each.text), look.closely(each.text)) for each in questions]


def _ranked_without(part: str, learned_from: Sequence[Looked], asked: Sequence[Looked]) -> list[Ranked]:
    leave_out, has_encoder = PARTS[part], part != ENCODER
    questions = [each.question for each in learned_from]
    at_a_glance = _weighings(questions, [without(each.glance, leave_out) for each in learned_from], 0)
    closely = (
        _weighings(questions, [without(each.close, leave_out) for each in learned_from], MEANT_COLUMNS)
        if has_encoder
        else at_a_glance
    )
    calibration = Calibration(at_a_glance, closely, SURE if has_encoder else 0.0, 0.0, 0.0, 0.0, 0.0)
    return [_ranked(each, leave_out, calibration) for each in asked]


def _weighings(questions: Sequence[Question], evidence: Sequence[list[Evidence]], meant_columns: int) -> Weighings:
    rows = rows_of(questions, evidence)
    return Weighings(trees_grown(rows), all_else(rows, meant_columns))


def _ranked(looked: Looked, leave_out: LeaveOut | None, calibration: Calibration) -> Ranked:
    hits: Sequence[Hit] = rank(without(looked.glance, leave_out), calibration)
    if hits and not is_sure(hits, calibration):
        hits = rank(without(looked.close, leave_out), calibration)
    place = rank_of_right(looked.question.guide_ids, [hit.guide_id for hit in hits])
    return Ranked(place, round(hits[0].score, 5) if hits else 0.0, looked.question.is_in_scope)


if __name__ == "__main__":
    main()
