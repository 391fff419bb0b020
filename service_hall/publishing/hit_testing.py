"""Hit-testing: what one question, a sheet or a saved set comes to now, beside what it came to last time."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event

from knowledge_base.search.explaining import Candidate
from service_hall.publishing.answers import Tested, tested
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.question_sets import (
    FIRST_SET,
    MOST_QUESTIONS,
    NO_ITEM,
    QuestionSet,
    Result,
    Run,
    RunId,
    SavedQuestion,
    SetId,
    first_set,
)

MOST_OF_A_SHEET = 500
MOST_WAITED_FOR = 20
"""Questions: with more the page does not wait. On a busy machine each takes a quarter of a second."""
_MOST_CANDIDATES, _MOST_FIGURES = 5, 4


@dataclass
class Errand:
    """A sheet that is asked in the background."""

    questions: int
    asked: int = 0


class Closing(Exception):
    """The service stops: nobody waits for what would be found."""


@dataclass(frozen=True)
class Compared:
    now: Result
    before: Result | None
    """None: it was never asked before."""
    before_at: datetime | None

    @property
    def is_another(self) -> bool:
        return self.before is not None and self.now.differs_from(self.before)


@dataclass(frozen=True)
class Sheet:
    run: Run
    rows: tuple[Compared, ...]


class HitTesting:
    def __init__(self, desk: PublishingDesk) -> None:
        self._desk = desk
        # One set after the other: two at once would take every core from citizens.
        self._runner = ThreadPoolExecutor(1, thread_name_prefix="question-set")
        self._under_way: dict[SetId, Future[Sheet | None]] = {}
        self._sheets: dict[RunId, Errand] = {}
        self._is_over = Event()

    def try_out(self, question: str) -> Tested:
        """Kept nowhere."""
        library = self._desk.library
        return tested(library, self._desk.reception_over(library), question)

    def run(
        self,
        questions: Sequence[SavedQuestion],
        by: str,
        set_id: SetId | None = None,
        run_id: RunId | None = None,
        errand: Errand | None = None,
    ) -> Sheet:
        """`errand`: is told how many were asked."""
        library = self._desk.library
        reception = self._desk.reception_over(library)
        results = []
        for each in questions:
            if self._is_over.is_set():
                raise Closing
            if each.text.strip():
                results.append(_result(each, tested(library, reception, each.text)))
            if errand:
                errand.asked += 1
        expected = [each.is_as_expected for each in results if each.is_as_expected is not None]
        run = Run(
            run_id=run_id or _new_run(),
            set_id=set_id,
            at=self._desk.now(),
            by=by,
            asked=len(results),
            no_hits=sum(not each.is_hit for each in results),
            as_expected=sum(expected) if expected else None,
        )
        before = self._desk.questions.last_results([each.question for each in results], run.at)
        self._desk.questions.keep_run(run, results)
        return Sheet(run, tuple(_compared(each, before.get(each.question)) for each in results))

    def run_set(self, set_id: SetId, by: str) -> Sheet | None:
        """None: there is no such set."""
        kept = self._desk.questions.set(set_id)
        return self.run(kept.questions, by, set_id) if kept else None

    def begin_sheet(self, questions: Sequence[SavedQuestion], by: str) -> RunId:
        """In the thread of the sets, after what is under way there. The run's id, under which it will be kept."""
        run_id, errand = _new_run(), Errand(len(questions))
        self._sheets[run_id] = errand

        def work() -> None:
            try:
                self.run(questions, by, run_id=run_id, errand=errand)
            finally:
                del self._sheets[run_id]

        self._runner.submit(work)
        return run_id

    def sheet_under_way(self, run_id: RunId) -> Errand | None:
        """None: it is done, or nobody began it here."""
        return self._sheets.get(run_id)

    def unknown_items(self, questions: Sequence[SavedQuestion]) -> list[str]:
        """What questions expect, and neither is an item nor a life event nor told by the hall."""
        library = self._desk.library
        named = dict.fromkeys(each for question in questions for each in question.expects)
        return [each for each in named if each != NO_ITEM and not library.title(each)]

    def with_ids(self, questions: Sequence[SavedQuestion]) -> list[SavedQuestion]:
        """Items may be called by their names, too."""
        ids = {name: item_id for item_id, name in self._desk.library.names.items()}
        return [replace(each, expects=tuple(ids.get(one, one) for one in each.expects)) for each in questions]

    def begin_set(self, set_id: SetId, by: str) -> None:
        """In a thread of its own: a large set takes longer than a page may. Once at a time."""
        if not self.is_under_way(set_id):
            self._under_way[set_id] = self._runner.submit(self.run_set, set_id, by)

    def is_under_way(self, set_id: SetId) -> bool:
        run = self._under_way.get(set_id)
        return run is not None and not run.done()

    def close(self) -> None:
        """What is under way ends with its next question, and is kept nowhere."""
        self._is_over.set()
        self._runner.shutdown(wait=False, cancel_futures=True)

    def shown_again(self, run: Run) -> Sheet:
        """A run that was kept, beside what its questions had come to before it."""
        results = self._desk.questions.results(run.run_id)
        before = self._desk.questions.last_results([each.question for each in results], run.at)
        return Sheet(run, tuple(_compared(each, before.get(each.question)) for each in results))

    def keep_set(
        self, set_id: SetId | None, name: str, questions: Sequence[SavedQuestion], is_gate: bool, by: str
    ) -> QuestionSet:
        mask = self._desk.reception_over(self._desk.library).mask
        once = {mask(each.text.strip()): each.expects for each in questions if each.text.strip()}
        kept = QuestionSet(
            set_id=set_id or SetId(f"s_{secrets.token_urlsafe(9)}"),
            name=name.strip(),
            is_gate=is_gate,
            questions=tuple(SavedQuestion(text, expects) for text, expects in once.items())[:MOST_QUESTIONS],
            by=by,
            changed_at=self._desk.now(),
        )
        self._desk.questions.keep_set(kept)
        return kept

    def ship_first_set(self) -> None:
        """Once; what staff have made of it stays."""
        if self._desk.questions.set(FIRST_SET) is None:
            shipped = QuestionSet(FIRST_SET, "发布前必测", True, first_set(), "", self._desk.now())
            self._desk.questions.keep_set(shipped)


def _new_run() -> RunId:
    return RunId(f"r_{secrets.token_urlsafe(9)}")


def _compared(now: Result, before: tuple[datetime, Result] | None) -> Compared:
    return Compared(now, before[1] if before else None, before[0] if before else None)


def _result(asked: SavedQuestion, found: Tested) -> Result:
    answer = found.answer
    return Result(
        question=answer.question,
        expects=asked.expects,
        decision=answer.found.decision,
        items=answer.found.items,
        item=answer.item,
        statement=answer.statement,
        lead=answer.lead,
        outcome=answer.outcome,
        candidates=[_kept(each) for each in found.candidates[:_MOST_CANDIDATES]],
    )


def _kept(candidate: Candidate) -> dict[str, object]:
    """With what says most for and against it."""
    most = sorted(candidate.figures, key=lambda each: -abs(each.speaks))[:_MOST_FIGURES]
    return {
        "item": candidate.guide_id,
        "name": candidate.name,
        "likelihood": round(candidate.likelihood, 4),
        "nearest": candidate.nearest_text,
        "figures": [[each.name, round(each.speaks, 2)] for each in most],
    }
