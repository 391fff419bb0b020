"""Who refers to a life event that a draft would withdraw: told before it is handed in, and to whoever reviews it."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.scenarios.topics import topic_id_of
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.draft import DocumentKind, Draft
from service_hall.scenarios.keeping import ListCount


@dataclass(frozen=True)
class Referrers:
    lists: ListCount
    """Kept by citizens. The finished ones can be read on."""
    items: tuple[str, ...]
    """Names of those whose guides lead to it."""
    places: tuple[str, ...]
    """Of the city's page, where it is listed."""
    questions: int
    """Of those that are asked before each publication, and that it answers."""


def referrers(desk: PublishingDesk, draft: Draft) -> Referrers | None:
    """None: it withdraws nothing that is offered."""
    if draft.key.kind is not DocumentKind.SCENARIO or draft.body.get("withdrawn") is not True:
        return None
    scenario_id, library = draft.key.thing_id, desk.library
    scenario = library.published.scenarios.get(scenario_id)
    if scenario is None:
        return None
    asked = {question for each in desk.questions.sets() if each.is_gate for question in each.questions}
    return Referrers(
        desk.count_lists(scenario_id),
        tuple(library.names[each] for each in scenario.items if each in library.guide_ids),
        tuple(desk.places_of(scenario_id)),
        sum(topic_id_of(scenario_id) in question.expects for question in asked),
    )
