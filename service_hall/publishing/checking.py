"""The gate, run for a draft; a run is good as long as neither the draft nor what is published changes."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from knowledge_base.documents import GuideDocument
from knowledge_base.library import Library
from knowledge_base.trying_out import findings_in
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.draft import Draft, digest_of
from service_hall.publishing.gate import Report, check
from service_hall.publishing.outcomes import Faulty
from service_hall.publishing.question_sets import SavedQuestion

MOST_KEPT = 32


class Checking:
    def __init__(self, desk: PublishingDesk) -> None:
        self._desk = desk
        self._kept: OrderedDict[str, tuple[Library, Report]] = OrderedDict()
        self._one_checks = Lock()

    def of_draft(self, draft: Draft) -> Report | Faulty:
        return self.of_document(draft.document)

    def of_document(self, edited: GuideDocument) -> Report | Faulty:
        """Takes some seconds where nobody has asked before."""
        library = self._desk.library
        if findings := findings_in(library.published, edited, self._desk.today):
            return Faulty(findings)
        questions = self._questions()
        key = digest_of(
            [edited.guide_id, edited.region, edited.body, [(each.text, each.expects) for each in questions]]
        )
        with self._one_checks:  # two at once would take twice as long each, and every core from citizens
            kept = self._kept.get(key)
            if kept is None or kept[0] is not library:
                kept = library, check(library, edited, questions, self._desk.reception_over)
                self._kept[key] = kept
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
        return kept[1]

    def _questions(self) -> list[SavedQuestion]:
        """Of every set that is run before a publication, each once."""
        asked: dict[str, SavedQuestion] = {}
        for each in self._desk.questions.sets():
            if each.is_gate:
                asked |= {question.text: question for question in each.questions}
        return list(asked.values())
