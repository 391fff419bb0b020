"""The day for which a life event is looked at."""

from __future__ import annotations

from datetime import date

from channels.inputs import OptionalDay
from channels.refusals import Refusal
from knowledge_base.scenarios.model import Scenario
from service_hall.hall import Hall

SCENARIOS = "/console/scenarios"
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


def day_asked(as_of: OptionalDay, hall: Hall) -> date:
    """Today, where none is asked for."""
    if as_of and not _FIRST <= as_of <= _LAST:
        raise Refusal(422, "bad_days", "日期请选在2000年到2099年之间。")
    return as_of or hall.now().date()


def scenario_asked(scenario_id: str, hall: Hall) -> Scenario:
    scenario = hall.scenarios.find(scenario_id)
    if scenario is None:
        raise Refusal(404, "not_found", "没有这件事，请从列表里选。")
    return scenario
