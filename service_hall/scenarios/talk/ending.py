"""How a walk through a scenario ends: with the list, kept; left, with what was told; or for another scenario."""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.scenarios.topics import topic_id_of
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.conversation.turn import Into, Turn
from service_hall.hearing.heard import Sentence
from service_hall.hearing.notions import says, without
from service_hall.scenarios.checklist import Checklist, make_checklist
from service_hall.scenarios.keeping import ChecklistId, KeptList
from service_hall.scenarios.talk.showing import about_list, as_kept
from service_hall.scenarios.talk.walk import NAME, ScenarioWalk
from service_hall.scenarios.telling import tell_checklist


def finish(walk: ScenarioWalk) -> Turn:
    """The list, kept under the walk's id: a turn may be run again."""
    library = walk.desk.means.library()
    checklist = make_checklist(walk.way.told, library, walk.region)
    reply = tell_checklist(checklist, library, walk.region)
    kept = _kept(walk, checklist, is_draft=False)
    walk.desk.checklists.keep(kept)
    turn = walk.end(Outcome.ANSWERED, as_kept(reply, kept), told={"checklist": kept.checklist_id})
    return replace(turn, context=about_list(turn.context, kept.scenario_id))


def leave(walk: ScenarioWalk) -> Turn:
    """What was told stays, for whoever comes back. Of a list that was begun without an offer, what was asked is
    answered all the same: the one thing she names, else what holds for everybody."""
    if walk.is_untold:
        asked = _left_over(walk)
        said = "left_for_answer" if asked else "ask_away" if _one_thing(walk) else "left_at_once"
        return replace(walk.end(Outcome.ANSWERED, TextReply(text=walk.say(said))), to_desk=asked)
    keep_what_was_told(walk)
    return walk.end(Outcome.ANSWERED, TextReply(text=walk.say("left")))


def keep_what_was_told(walk: ScenarioWalk) -> None:
    """For whoever comes back."""
    walk.desk.checklists.keep(_kept(walk, None, is_draft=True))


def _left_over(walk: ScenarioWalk) -> str:
    """'' where she has yet to ask it, or was asked first whether she wants the list."""
    rest = _one_thing(walk)
    if rest and not rest.leaves_item_unsaid:
        return rest.text
    is_last = walk.context.guide_id == topic_id_of(walk.scenario.id)
    is_asked = walk.at_once and is_last and not (rest and not rest.plain)
    return walk.context.question if is_asked else ""


def _one_thing(walk: ScenarioWalk) -> Sentence | None:
    """What is asked alone; None where nothing is said to be."""
    is_said = says("asks_one_thing", walk.heard.text)
    return walk.heard.sentence.part(without("asks_one_thing", walk.heard.text, "")) if is_said else None


def turn_to(walk: ScenarioWalk, other: str) -> Turn:
    """The other one takes its place; what was told is kept."""
    return replace(leave(walk), outcome=Outcome.ASKING, ended=None, into=Into(NAME, {"scenario_id": other}))


def title_of(walk: ScenarioWalk, scenario_id: str) -> str:
    scenario = walk.desk.means.library().published.scenarios.get(scenario_id)
    return scenario.title if scenario else ""


def _kept(walk: ScenarioWalk, checklist: Checklist | None, is_draft: bool) -> KeptList:
    """What was ticked on it before stays so."""
    answers = {name: walk.given[name] for name in walk.way.told.answers}
    before = walk.desk.checklists.find(ChecklistId(walk.walk_id))
    return KeptList(
        checklist_id=ChecklistId(walk.walk_id),
        visitor_id=walk.heard.visitor_id,
        scenario_id=walk.scenario.id,
        answers=answers,
        as_of=walk.desk.today,
        region=walk.region,
        changed_at=walk.desk.means.now(),
        is_draft=is_draft,
        done=before.done if before else (),
        have=before.have if before else (),
        papers=tuple(paper.name for paper in checklist.papers) if checklist else (),
    )
