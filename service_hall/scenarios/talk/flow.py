"""What begins a scenario: consent to what was offered, a tap, or another walk that leads into it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from knowledge_base.scenarios.english import is_english
from knowledge_base.scenarios.model import Scenario
from knowledge_base.scenarios.topics import topic_id_of
from knowledge_base.search.lived import Telling
from service_hall.conversation.acts import Act
from service_hall.conversation.citing import attribution, cited
from service_hall.conversation.context import Context, OpenWalk
from service_hall.conversation.flow import Heard
from service_hall.conversation.guided.flow import GuidedFlow
from service_hall.conversation.message import SCENARIO, read_command
from service_hall.conversation.reply import Choice, TextReply
from service_hall.conversation.turn import Ended, Turn
from service_hall.conversation.whereabouts import place_of
from service_hall.hearing.consent import Deed
from service_hall.hearing.notions import says
from service_hall.scenarios.keeping import KeptList
from service_hall.scenarios.talk.answers_meant import read_told
from service_hall.scenarios.talk.told_before import told_before
from service_hall.scenarios.talk.walk import ANSWER, NAME, Desk, ScenarioWalk
from service_hall.scenarios.talk.way import ScenarioWay
from service_hall.scenarios.talk.withdrawn import part
from service_hall.scenarios.way import find_way


class ScenarioFlow(GuidedFlow[ScenarioWalk]):
    restarts_by_itself = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(ScenarioWay(), desk.means.hear)
        self._desk, self._way = desk, ScenarioWay()

    @property
    def name(self) -> str:
        return NAME

    @property
    def acts(self) -> Set[Act]:
        return frozenset()

    def begin(self, heard: Heard) -> Turn | None:
        return None  # no act does: it is offered, and taken up (`take_up`, `enter`)

    def take_up(self, heard: Heard) -> Turn | None:
        """好的 to what was offered, or a list asked for in so many words; not while a question of another walk is
        open."""
        if heard.context.walks:
            return None
        if heard.context.options:
            chosen = _listed(heard.context.options) if self._wants_what_is_listed(heard) else None
            return self.enter(heard, {"scenario_id": chosen}) if chosen else None
        scenario = self._offered(heard) if heard.consents(Deed.LIST) or _asks_for_list(heard) else None
        if scenario is None and _asks_for_list(heard):
            scenario = self._meant(heard)
        return self._begun(heard, scenario) if scenario else None

    def enter(self, heard: Heard, given: Mapping[str, Any]) -> Turn | None:
        """`scenario_id`; `draft`: a list that was left, by its id, or with `asked_anew` one of which an answer is to be
        changed; `at_once`: it was asked for, and not offered."""
        scenario = self._desk.means.library().published.scenarios.get(str(given.get("scenario_id")))
        if scenario is None:
            return None
        mine = self._desk.checklists.of_visitor(heard.visitor_id)
        draft = next((each for each in mine if each.is_draft and each.checklist_id == given.get("draft")), None)
        said = "asked_anew" if given.get("asked_anew") else "resumed_draft" if draft else "began"
        return self._begun(heard, scenario, draft, "began_at_once" if given.get("at_once") else said)

    def gone(self, heard: Heard) -> Turn | None:
        kept = heard.context.walk
        if kept is None or kept.name != NAME:
            return None
        scenario = self._desk.means.library().published.withdrawn.get(str(kept.answers.get("scenario")))
        return part(self._walk_of(heard, kept, scenario)) if scenario else None

    def resume(self, heard: Heard, ended: Ended) -> Turn | None:
        parted = self.gone(heard)
        return replace(parted, to_desk="") if parted else super().resume(heard, ended)

    def takes_as_answer(self, heard: Heard) -> bool:
        walk = self.open_walk(heard)
        question = walk.way.next if walk and walk.is_asking(ANSWER) else None
        meant = read_told(question, heard.sentence, self._desk.today) if question else None
        return meant is not None and meant.is_sure

    def opened(self, heard: Heard, kept: OpenWalk) -> ScenarioWalk:
        return self._walk_of(heard, kept, self._desk.means.library().published.scenarios[kept.answers["scenario"]])

    def _walk_of(self, heard: Heard, kept: OpenWalk, scenario: Scenario) -> ScenarioWalk:
        return ScenarioWalk(
            heard=heard,
            desk=self._desk,
            scenario=scenario,
            walk_id=kept.walk_id,
            node=kept.node,
            misses=kept.misses,
            trail=kept.trail,
            given=kept.answers.get("given", {}),
            offered=kept.answers.get("offered", {}),
            guess=kept.answers.get("guess", {}),
            other=kept.answers.get("other", ""),
            month=kept.answers.get("month", ""),
            at_once=kept.answers.get("at_once", False),
            in_english=kept.answers.get("in_english", False),
        )

    def open_walk(self, heard: Heard) -> ScenarioWalk | None:
        """None, too, where its scenario is no longer there, or asks nothing more."""
        kept = heard.context.walk
        known = self._desk.means.library().published.scenarios
        if kept is None or kept.name != NAME or kept.answers.get("scenario") not in known:
            return None
        walk = self.opened(heard, kept)
        return walk if walk.way.next else None

    def _begun(self, heard: Heard, scenario: Scenario, draft: KeptList | None = None, said: str = "began") -> Turn:
        """`said`: the name of the words above the first question."""
        at_once = said == "began_at_once"
        walk = ScenarioWalk(
            heard=replace(heard, context=_about(heard.context, scenario)),
            desk=self._desk,
            scenario=scenario,
            walk_id=draft.checklist_id if draft else secrets.token_urlsafe(9),
            given=draft.answers if draft else {},
            at_once=at_once,
            in_english=is_english(heard.context.question),
        )
        if draft is None:
            walk = replace(walk, offered=told_before(walk))
        turn = self._way.proceed(walk.noting(walk.say(said)))
        return replace(turn, replies=(_first_of_all(walk), *turn.replies)) if at_once and not _is_barred(walk) else turn

    def _offered(self, heard: Heard) -> Scenario | None:
        """By the answer before."""
        return self._desk.means.library().published.scenarios.get(_listed(heard.context.suggested))

    def _wants_what_is_listed(self, heard: Heard) -> bool:
        """要, 列清单, to the list among what lies on the table; 好的 may be to what is told above it."""
        is_alone = len(heard.context.options) == 1
        consents = heard.sentence.consents(Deed.LIST) and not says("only_acknowledges", heard.text)
        return _asks_for_list(heard) or (is_alone and consents)

    def _meant(self, heard: Heard) -> Scenario | None:
        library = self._desk.means.library()
        if scenario := library.scenario_of(library.event_lived(heard.text, Telling.BESIDE)):
            return scenario
        topic = library.topic_meant(heard.text)
        return library.scenario_of(topic.guide_id) if topic and topic.score >= _MEANT else None


_MEANT = 0.5
"""So likely is the topic to whoever asks for a list of it; wrong, it costs a no."""


def _is_barred(walk: ScenarioWalk) -> bool:
    """What was told in the sentence that led here makes good wishes, and what comes first, untrue."""
    told = find_way(walk.scenario, walk.offered, walk.desk.today, walk.desk.calculators).told
    return walk.scenario.opening_unless is not None and told.holds(walk.scenario.opening_unless)


def _first_of_all(walk: ScenarioWalk) -> TextReply:
    """What an offer would have told: a few words, and what comes first, with where it stands."""
    scenario, library = walk.scenario, walk.desk.means.library()
    place = place_of(topic_id_of(scenario.id), library, walk.region)
    sources = attribution(cited(scenario.first.source, library.published.sources, place, since=""), place)
    return TextReply(text=f"{scenario.opening}{scenario.first.says}\n{sources}")


def _listed(choices: Sequence[Choice]) -> str:
    """The first scenario among them, by its id; '' where there is none."""
    commands = map(read_command, (each.payload for each in choices))
    return next((command["guide_id"] for command in commands if command and command.intent == SCENARIO), "")


def _asks_for_list(heard: Heard) -> bool:
    return says("wants_checklist", heard.text)


def _about(context: Context, scenario: Scenario) -> Context:
    return context.model_copy(update={"options": (), "suggested": ()})
