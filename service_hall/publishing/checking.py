"""The gate, run for a draft; a run is good as long as neither the draft nor what is published changes."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event, Lock

from knowledge_base.library import Library
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.documents import findings_of
from service_hall.publishing.draft import Draft, digest_of
from service_hall.publishing.gate import Report, check
from service_hall.publishing.hit_testing import Closing
from service_hall.publishing.outcomes import Faulty
from service_hall.publishing.question_sets import SavedQuestion

MOST_KEPT = 32


@dataclass
class _Errand:
    library: Library
    """That it is held against; with another one it is worth nothing."""
    questions: int
    is_over: Event
    asked: int = 0
    report: Future[Report] | None = None

    def note(self, asked: int) -> None:
        if self.is_over.is_set():
            raise Closing
        self.asked = asked


@dataclass(frozen=True)
class UnderWay:
    asked: int
    questions: int


class Checking:
    def __init__(self, desk: PublishingDesk) -> None:
        self._desk = desk
        self._errands: OrderedDict[str, _Errand] = OrderedDict()
        self._lock, self._is_over = Lock(), Event()
        # One after the other: two at once would take every core from citizens. Its thread begins with the first.
        self._runner = ThreadPoolExecutor(1, thread_name_prefix="publish-check")

    def begin(self, draft: Draft) -> Report | Faulty | UnderWay:
        """What was found; or how far it is, where that takes a while. Ask again."""
        errand = self._errand_of(draft)
        if isinstance(errand, Faulty):
            return errand
        assert errand.report is not None
        return errand.report.result() if errand.report.done() else UnderWay(errand.asked, errand.questions)

    def of_draft(self, draft: Draft) -> Report | Faulty:
        """Waits for it: some seconds where nobody has asked before."""
        errand = self._errand_of(draft)
        if isinstance(errand, Faulty):
            return errand
        assert errand.report is not None
        return errand.report.result()

    def close(self) -> None:
        """What is under way ends with its next question."""
        self._is_over.set()
        self._runner.shutdown(wait=False, cancel_futures=True)

    def _errand_of(self, draft: Draft) -> _Errand | Faulty:
        library = self._desk.library
        if findings := findings_of(library, draft, self._desk.today):
            return Faulty(findings)
        questions = self._questions()
        asked = [(each.text, each.expects) for each in questions]
        key = digest_of([draft.key.guide_id, draft.key.region, draft.body, asked])
        with self._lock:
            errand = self._errands.get(key)
            if errand is None or errand.library is not library:
                errand = self._errands[key] = _Errand(library, len(questions), self._is_over)
                errand.report = self._runner.submit(
                    check, library, draft, questions, self._desk.reception_over, errand.note
                )
                while len(self._errands) > MOST_KEPT:
                    self._errands.popitem(last=False)
            return errand

    def _questions(self) -> list[SavedQuestion]:
        """Of every set that is run before a publication, each once."""
        asked: dict[str, SavedQuestion] = {}
        for each in self._desk.questions.sets():
            if each.is_gate:
                asked |= {question.text: question for question in each.questions}
        return list(asked.values())
