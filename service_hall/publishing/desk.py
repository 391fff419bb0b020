"""What the rooms of publishing work with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from knowledge_base.documents import Body
from knowledge_base.library import Library
from knowledge_base.search.embed import Embed
from service_hall.publishing.answers import ReceptionOver
from service_hall.publishing.asked_records import AskedRecords
from service_hall.publishing.documents import published_body
from service_hall.publishing.draft import DocumentKey
from service_hall.publishing.keeping import PublishingRecords
from service_hall.publishing.question_sets import QuestionRecords
from service_hall.scenarios.calculators import calculators_with
from service_hall.scenarios.keeping import ListCount
from service_hall.scenarios.reckoning import CalculatorsWith
from service_hall.visits.means import Means


@dataclass(frozen=True)
class PublishingDesk:
    means: Means
    records: PublishingRecords
    questions: QuestionRecords
    reception_over: ReceptionOver
    asked: AskedRecords
    embed: Embed
    calculators_with: CalculatorsWith = calculators_with
    is_live: Callable[[], object] = lambda: None
    """Called once something was published in this process: it shall answer at once."""
    count_lists: Callable[[str], ListCount] = lambda _: ListCount(0, 0)
    """Those that citizens keep of a life event, by its id."""
    places_of: Callable[[str], Sequence[str]] = lambda _: ()
    """Where else the hall's pages list a life event, in words."""

    def now(self) -> datetime:
        return self.means.now()

    @property
    def library(self) -> Library:
        return self.means.library()

    @property
    def today(self) -> date:
        return self.now().date()

    def published(self, key: DocumentKey) -> Body | None:
        """The document as it is published; None: there is none."""
        return published_body(self.library, key)
