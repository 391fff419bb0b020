"""What is looked at: a life event on some day, as it is published, or as a draft would have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from channels.inputs import OptionalDay
from channels.refusals import Refusal
from knowledge_base.library import Library
from knowledge_base.scenarios.model import Scenario
from service_hall.hall import Hall
from service_hall.publishing.documents import findings_of, library_of
from service_hall.publishing.draft import DocumentKind, Draft, DraftId
from service_hall.publishing.use_cases import Publishing
from service_hall.scenarios.reckoning import Calculators

SCENARIOS = "/console/scenarios"
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Stage:
    scenario: Scenario
    library: Library
    calculators: Calculators
    draft: Draft | None = None
    """Which it is tried out with."""

    @property
    def asked(self) -> str:
        """For the address of a page beside."""
        return f"&draft={self.draft.draft_id}" if self.draft else ""


def day_asked(as_of: OptionalDay, hall: Hall) -> date:
    """Today, where none is asked for."""
    if as_of and not _FIRST <= as_of <= _LAST:
        raise Refusal(422, "bad_days", "日期请选在2000年到2099年之间。")
    return as_of or hall.now().date()


def staged(scenario_id: str, draft_id: str, hall: Hall, publishing: Publishing) -> Stage:
    """`draft_id`: of a draft of this life event, or of rates; '': as it is published. Refuses a draft with faults."""
    library, draft = hall.library(), None
    if draft_id:
        draft = publishing.desk.records.draft(DraftId(draft_id))
        if draft is None or draft.key.kind not in (DocumentKind.SCENARIO, DocumentKind.RATES):
            raise Refusal(404, "not_found", "没有这份草稿，请从列表里选。")
        if findings_of(library, draft, publishing.desk.today):
            raise Refusal(409, "draft_faulty", "这份草稿还有要改的地方，改好再试。")
        library = library_of(library, draft)
    scenario = library.published.scenario_ever(scenario_id)
    if scenario is None:
        raise Refusal(404, "not_found", "没有这件事，请从列表里选。")
    return Stage(scenario, library, hall.scenarios.desk.calculators_with(library.published.rates), draft)
