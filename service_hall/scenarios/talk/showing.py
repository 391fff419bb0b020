"""A kept list as it is shown: what is done is ticked, what has changed is said, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge_base.model import Aspect
from knowledge_base.scenarios.topics import topic_id_of
from service_hall.conversation.context import Context
from service_hall.conversation.message import CHECKLIST, command_payload
from service_hall.conversation.reply import ChecklistMaterial, ChecklistReply, ChecklistStep, Choice, ask_payload
from service_hall.scenarios.checklist import make_checklist, untold
from service_hall.scenarios.keeping import KeptList
from service_hall.scenarios.talk.walk import Desk, wording
from service_hall.scenarios.telling import material_line, step_lines, tell_checklist
from service_hall.scenarios.way import find_way

MOST_BOOKINGS = 3
"""Offered below a list; each step has its own."""


def show(desk: Desk, kept: KeptList, *, by_address: bool = False) -> tuple[ChecklistReply, KeptList] | None:
    """As it is today, with the answers as they were judged; `by_address`: without what tells them. None: a question is
    open, or the scenario is gone."""
    library = desk.means.library()
    scenario = library.published.scenario_ever(kept.scenario_id)
    if scenario is None:
        return None
    way = find_way(scenario, kept.answers, kept.as_of, desk.calculators)
    if way.next:
        return None
    checklist = make_checklist(way.told, library, kept.region, desk.today)
    shared = make_checklist(untold(way.told), library, kept.region, desk.today) if by_address else checklist
    reply = tell_checklist(shared, library, kept.region)
    papers = tuple(paper.name for paper in checklist.papers)
    changed = changes_in(kept.papers, papers)
    shown = as_kept(reply, kept, may_change=not scenario.withdrawn)
    if changed:
        shown = shown.model_copy(update={"text": "\n".join((*changed, shown.text)), "notes": (*changed, *shown.notes)})
    return shown, replace(kept, papers=papers)


def as_kept(reply: ChecklistReply, kept: KeptList, *, may_change: bool = True) -> ChecklistReply:
    """With its id, the ticks, and the ways on. `may_change`: False where its scenario is withdrawn."""
    steps = tuple(_with_ways_on(step, kept) for step in reply.steps)
    materials = tuple(each.model_copy(update={"have": each.name in kept.have}) for each in reply.materials)
    text = _ticked(reply, steps, materials)
    return reply.model_copy(
        update={
            "checklist_id": kept.checklist_id,
            "page_url": page_of(kept.checklist_id),
            "steps": steps,
            "materials": materials,
            "text": "\n".join((text, _how_it_goes_on(steps))),
            "options": tuple(_options(steps, kept, may_change)),
        }
    )


def _ticked(reply: ChecklistReply, steps: Sequence[ChecklistStep], materials: Sequence[ChecklistMaterial]) -> str:
    text = reply.text
    for paper, there in zip(reply.materials, materials, strict=True):
        if there.have and not paper.have:
            text = text.replace(material_line(paper), material_line(there), 1)
    for before, after in zip(reply.steps, steps, strict=True):
        if after.done and not before.done:
            text = text.replace(next(step_lines(before)), next(step_lines(after)), 1)
    return text


def _with_ways_on(step: ChecklistStep, kept: KeptList) -> ChecklistStep:
    options = []
    if step.guide_id:
        options.append(Choice(label=wording.say("guide"), payload=ask_payload(Aspect.OVERVIEW, step.guide_id)))
    if step.office_ids:
        options.append(Choice(label=wording.say("book"), payload=of_list(kept.checklist_id, f"book.{step.step_id}")))
    done = step.step_id in kept.done
    tick = Choice(
        label=wording.say("undo" if done else "tick"),
        payload=of_list(kept.checklist_id, f"{'undone' if done else 'done'}.{step.step_id}"),
    )
    return step.model_copy(update={"done": done, "options": (*options, tick)})


def _how_it_goes_on(steps: Sequence[ChecklistStep]) -> str:
    first = next((step.order for step in steps if step.office_ids and not step.done), None)
    return wording.say("list_goes_on_with_booking", order=first) if first else wording.say("list_goes_on")


def _options(steps: Sequence[ChecklistStep], kept: KeptList, may_change: bool) -> Iterator[Choice]:
    bookable = [step for step in steps if step.office_ids and not step.done]
    for step in bookable[:MOST_BOOKINGS]:
        yield Choice(
            label=wording.say("book_step", order=step.order, name=step.guide_name),
            payload=of_list(kept.checklist_id, f"book.{step.step_id}"),
        )
    if may_change:
        yield Choice(label=wording.say("change"), payload=of_list(kept.checklist_id, "change"))
    yield Choice(label=wording.say("drop"), payload=of_list(kept.checklist_id, "drop"))


def about_list(context: Context, scenario_id: str) -> Context:
    """The list is what is talked about now."""
    return context.about(topic_id_of(scenario_id), "").model_copy(update={"aspect": None, "begun": ""})


def page_of(checklist_id: str) -> str:
    return f"/checklists/{checklist_id}"


def of_list(checklist_id: str, value: str) -> str:
    return command_payload(CHECKLIST, code=checklist_id, value=value)


def changes_in(before: Sequence[str], now: Sequence[str]) -> list[str]:
    more, less = [each for each in now if each not in before], [each for each in before if each not in now]
    if not before or not (more or less):
        return []
    told = []
    if more:
        told.append(wording.say("papers_more", papers="、".join(more)))
    if less:
        told.append(wording.say("papers_less", papers="、".join(less)))
    return told
