"""我的清单: the kept lists are shown, ticked, dropped, and lead into a booking and back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from knowledge_base.scenarios.questions import Question
from knowledge_base.scenarios.topics import topic_id_of
from knowledge_base.search.find import Answered
from knowledge_base.search.topics import is_event
from service_hall.conversation.acts import Act
from service_hall.conversation.choosing import choices_reply
from service_hall.conversation.context import Context, OpenWalk
from service_hall.conversation.flow import Errand, Heard
from service_hall.conversation.reply import ChecklistStep, Choice, Outcome, Reply, TextReply
from service_hall.conversation.turn import Ended, Into, Turn
from service_hall.hearing.consent import place_alone
from service_hall.hearing.figures import says_only_number
from service_hall.hearing.notions import says
from service_hall.hearing.several import names_question, place_done, place_to_book, place_undone
from service_hall.scenarios.asking import answer_in_words
from service_hall.scenarios.keeping import ChecklistId, KeptList
from service_hall.scenarios.talk import walk as scenario_walk
from service_hall.scenarios.talk.amending import amended, asked_anew, paper_not_wanted, papers_said_ready
from service_hall.scenarios.talk.answers_said import Told
from service_hall.scenarios.talk.changing_afterwards import (
    STILL_IN_MIND,
    may_change_list,
    only_answer_put_right,
    only_question_to_change,
)
from service_hall.scenarios.talk.of_list import ListTalk
from service_hall.scenarios.talk.putting_right import answer_put_right, question_to_change, wants_change
from service_hall.scenarios.talk.showing import about_list, of_list, show
from service_hall.scenarios.talk.walk import Desk, wording
from service_hall.scenarios.way import find_way
from service_hall.shared.ids import VisitorId

NAME = "checklist"
_LIST = "清单"


class ChecklistFlow(Errand):
    """Its walk is open only while a booking stands above it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def name(self) -> str:
        return NAME

    @property
    def acts(self) -> Set[Act]:
        return frozenset()

    def begin(self, heard: Heard) -> Turn | None:
        return None  # no act does: whoever wants it says so (`take_up`, `enter`)

    def take_up(self, heard: Heard) -> Turn | None:
        if says("asks_for_checklists", heard.text):
            return self._show_all(heard)
        if says("prints_list", heard.text) and self._newest(heard.visitor_id):
            return _said(heard.context, wording.say("list_on_paper"))
        if heard.sentence.plain == wording.say("drop") and (dropped := self._newest(heard.visitor_id)):
            return self._drop(heard.context, dropped)
        done, undone, to_book = place_done(heard.text), place_undone(heard.text), place_to_book(heard.text)
        place = next((each for each in (done, undone, to_book) if each is not None), None)
        speaks = place is not None or _may_talk_of_list(heard)
        newest = self._newest(heard.visitor_id) if speaks or may_change_list(heard) else None
        if newest is None:
            return None
        if not speaks:
            return self._changed_afterwards(heard, newest)
        if to_book is not None:
            return self._book(heard, newest, to_book)
        if place is not None:
            return self._tick(heard, newest, place, is_done=done is not None)
        is_last = heard.context.guide_id == topic_id_of(newest.scenario_id)
        return self._of_list(heard, newest) if is_last or _LIST in heard.text else None

    def enter(self, heard: Heard, given: Mapping[str, Any]) -> Turn | None:
        """By a tap: `code` is the list's id, `value` what is done with it."""
        kept = self._desk.checklists.find(ChecklistId(str(given.get("code", ""))))
        if kept is None or kept.visitor_id != heard.visitor_id:
            return _said(heard.context, wording.say("list_gone"))
        what, _, which = str(given.get("value", "")).partition(".")
        match what:
            case "done" | "undone" | "book" | "tick":
                return self._tapped(heard, kept, what, which)
            case "change":
                return self._withdrawn(heard.context, kept) or self._change(heard, kept)
            case "drop":
                return self._drop(heard.context, kept)
        return self._show(heard.context, kept)

    def _tapped(self, heard: Heard, kept: KeptList, what: str, which: str) -> Turn:
        """A button names its step by its id and says which state is wanted, so that two pages that show the list do not
        undo each other. Those of before name it by its place, and a `tick` turns it."""
        shown = show(self._desk, kept)
        steps = shown[0].steps if shown else ()
        by_id = {each.step_id: each for each in steps}
        step = by_id.get(which) or next((each for each in steps if str(each.order) == which), None)
        if step is None:
            return self._show(heard.context, kept, wording.say("step_gone"))
        if what == "book":
            return self._book(heard, kept, step.order)
        return self._tick(heard, kept, step.order, is_done=not step.done if what == "tick" else what == "done")

    def resume(self, heard: Heard, ended: Ended) -> Turn | None:
        """The booking above it is over: the list comes back."""
        walk = heard.context.walk
        if walk is None:
            return None
        context = heard.context.without_walk(walk.walk_id)
        kept = self._desk.checklists.find(ChecklistId(str(walk.answers.get("list", ""))))
        order = walk.answers.get("order", 0)
        said = wording.say("booked_step" if ended.told else "not_booked_step", order=order)
        shown = self._show(context, kept, said) if kept else _said(context, said)
        return replace(shown, ended=Ended(NAME, walk.walk_id, {}))

    def _of_list(self, heard: Heard, kept: KeptList) -> Turn | None:
        """What is said or asked of the list that was shown last."""
        library = self._desk.means.library()
        scenario, shown = library.published.scenario_ever(kept.scenario_id), show(self._desk, kept)
        if scenario is None or shown is None:
            return None
        asked = find_way(scenario, kept.answers, kept.as_of, self._desk.calculators).asked
        put_right = answer_put_right(heard.sentence, asked, kept.answers, self._desk)
        question = question_to_change(heard.sentence, asked, self._desk)
        if scenario.withdrawn and (put_right or question or wants_change(heard.sentence)):
            return self._withdrawn(heard.context, kept)
        if put_right:
            return self._amend(heard, kept, *put_right)
        if question:
            return self._reopen(heard.context, asked_anew(kept, question))
        if wants_change(heard.sentence):
            return _which_answer(heard.context, asked)
        if papers := papers_said_ready(heard, shown[0]):
            have = replace(kept, have=tuple(dict.fromkeys((*kept.have, *papers))), changed_at=self._desk.means.now())
            self._desk.checklists.keep(have)
            return self._show(heard.context, have, wording.say("papers_ticked", papers="、".join(papers)))
        if paper := paper_not_wanted(heard):
            return _said(heard.context, wording.say("paper_not_wanted", paper=paper))
        if says_only_number(heard.text) and not heard.context.suggested:
            return _said(heard.context, _of_bare_number(heard.text, shown[0].steps))
        if says("does_not_know", heard.text):
            return _said(heard.context, wording.say("list_stands", title=scenario.title))
        if _tells_another(heard, topic_id_of(kept.scenario_id)):
            return None
        answer = ListTalk(heard, shown[0], library).answer()
        return _said(heard.context, answer) if answer else None

    def _changed_afterwards(self, heard: Heard, kept: KeptList) -> Turn | None:
        """Something else has been asked since; of a list that was worked on within the day."""
        scenario = self._desk.means.library().published.scenarios.get(kept.scenario_id)
        if scenario is None or self._desk.means.now() - kept.changed_at > STILL_IN_MIND:
            return None
        asked = find_way(scenario, kept.answers, kept.as_of, self._desk.calculators).asked
        if put_right := only_answer_put_right(heard, asked, kept.answers, self._desk):
            return self._amend(heard, kept, *put_right)
        if question := only_question_to_change(heard, asked, self._desk):
            return self._reopen(heard.context, asked_anew(kept, question))
        names_one = wants_change(heard.sentence) and names_question(heard.text)
        return _which_answer(heard.context, asked) if names_one else None

    def _amend(self, heard: Heard, kept: KeptList, question: Question, told: Told) -> Turn:
        """The list as it is with that; where more has to be asked, it is asked."""
        changed = replace(amended(kept, question, told), changed_at=self._desk.means.now())
        is_whole = show(self._desk, changed) is not None
        said = wording.say(
            "answer_changed" if is_whole else "answer_changed_asks",
            ask=question.ask,
            answer=answer_in_words(question, told),
        )
        self._desk.checklists.keep(replace(changed, is_draft=not is_whole))
        return self._show(heard.context, changed, said)

    def _show_all(self, heard: Heard) -> Turn:
        mine = [each for each in self._desk.checklists.of_visitor(heard.visitor_id) if self._may_be_shown(each)]
        if not mine:
            is_begun = any(walk.name == scenario_walk.NAME for walk in heard.context.walks)
            return _said(heard.context, wording.say("list_not_yet" if is_begun else "no_lists"))
        if len(mine) == 1:
            return self._show(heard.context, mine[0])
        options = tuple(Choice(label=self._line(each), payload=of_list(each.checklist_id, "show")) for each in mine)
        return Turn(Outcome.CLARIFY, (choices_reply(wording.say("which_list"), options),), heard.context)

    def _show(self, context: Context, kept: KeptList, said: str = "") -> Turn:
        notes = (TextReply(text=said),) if said else ()
        if shown := show(self._desk, kept):
            reply, seen = shown
            if seen != kept:
                self._desk.checklists.keep(seen)
            return Turn(Outcome.ANSWERED, (*notes, reply), about_list(context, kept.scenario_id))
        if gone := self._withdrawn(context, kept):
            return gone
        # A question is open: of a draft, or since the scenario has another one.
        given = {"scenario_id": kept.scenario_id, "draft": kept.checklist_id}
        self._desk.checklists.keep(replace(kept, is_draft=True))
        return Turn(Outcome.ASKING, notes, context, into=Into(scenario_walk.NAME, given))

    def _drop(self, context: Context, kept: KeptList) -> Turn:
        self._desk.checklists.drop(kept.checklist_id)
        return _said(context, wording.say("dropped", title=self._title(kept)))

    def _change(self, heard: Heard, kept: KeptList) -> Turn:
        """From its last question on; 上一步 leads further back."""
        return self._reopen(heard.context, replace(kept, answers=dict(list(kept.answers.items())[:-1])))

    def _reopen(self, context: Context, kept: KeptList) -> Turn:
        """Its first question that has no answer any more is asked."""
        self._desk.checklists.keep(replace(kept, is_draft=True, changed_at=self._desk.means.now()))
        given = {"scenario_id": kept.scenario_id, "draft": kept.checklist_id, "asked_anew": True}
        return Turn(Outcome.ASKING, (), context, into=Into(scenario_walk.NAME, given))

    def _tick(self, heard: Heard, kept: KeptList, order: int, *, is_done: bool) -> Turn:
        """`is_done`: what is said of it; said twice it stays so."""
        shown = show(self._desk, kept)
        steps = shown[0].steps if shown else ()
        step = next((each for each in steps if each.order == order), None)
        if step is None:
            return _said(heard.context, wording.say("no_such_step", order=order))
        done = tuple(each for each in kept.done if each != step.step_id)
        if is_done:
            done = (*done, step.step_id)
        changed = replace(kept, done=done, changed_at=self._desk.means.now())
        self._desk.checklists.keep(changed)
        left = len(steps) - sum(each.step_id in done for each in steps)
        told = "unticked" if not is_done else "ticked" if left else "ticked_all"
        return self._show(heard.context, changed, wording.say(told, order=order, left=left))

    def _book(self, heard: Heard, kept: KeptList, order: int) -> Turn:
        shown = show(self._desk, kept)
        step = next((each for each in shown[0].steps if each.order == order), None) if shown else None
        if step is None:
            return _said(heard.context, wording.say("no_such_step", order=order))
        if not step.office_ids:
            return _said(heard.context, wording.say("no_booking", order=order, name=step.guide_name))
        answers = {"list": kept.checklist_id, "order": order}
        walk = OpenWalk(name=NAME, walk_id=secrets.token_urlsafe(9), node="list", answers=answers)
        context = heard.context.with_walk(walk)
        return Turn(Outcome.ASKING, (), context, into=Into("booking", {"guide_id": step.guide_id}))

    def _newest(self, visitor_id: VisitorId) -> KeptList | None:
        return next((each for each in self._desk.checklists.of_visitor(visitor_id) if not each.is_draft), None)

    def _title(self, kept: KeptList) -> str:
        scenario = self._desk.means.library().published.scenario_ever(kept.scenario_id)
        return scenario.title if scenario else ""

    def _may_be_shown(self, kept: KeptList) -> bool:
        """Of what is withdrawn no list that was left half-way can be gone on with."""
        scenario = self._desk.means.library().published.scenario_ever(kept.scenario_id)
        return scenario is not None and not (scenario.withdrawn and kept.is_draft)

    def _withdrawn(self, context: Context, kept: KeptList) -> Turn | None:
        """None: its scenario is offered."""
        is_withdrawn = kept.scenario_id in self._desk.means.library().published.withdrawn
        return _said(context, wording.say("withdrawn", title=self._title(kept))) if is_withdrawn else None

    def _line(self, kept: KeptList) -> str:
        shown = show(self._desk, kept)
        if kept.is_draft or not shown:
            return wording.say("draft_line", title=self._title(kept))
        return wording.say("list_line", title=self._title(kept), done=len(kept.done), all=len(shown[0].steps))


def _may_talk_of_list(heard: Heard) -> bool:
    """Nothing else has been told since one was shown, or it is named."""
    context = heard.context
    return not context.walks and (_LIST in heard.text or is_event(context.guide_id or ""))


def _which_answer(context: Context, asked: Sequence[Question]) -> Turn:
    numbered = "\n".join(f"{place}. {each.ask}" for place, each in enumerate(asked, start=1))
    return _said(context, wording.say("which_answer", questions=numbered))


def _of_bare_number(text: str, steps: Sequence[ChecklistStep]) -> str:
    """What it may be of, and how to say so: nothing is done by a number alone."""
    place = place_alone(text)
    step = next((each for each in steps if place is not None and each.order == place + 1), None)
    if step is None:
        return wording.say("bare_number", number=text.strip())
    return wording.say("bare_number_of_step", order=step.order, name=step.guide_name)


def _tells_another(heard: Heard, topic_id: str) -> bool:
    """我要生孩子，要办哪些手续, behind the list of a wedding: nothing is asked of that."""
    found = heard.sentence.found
    return isinstance(found, Answered) and is_event(found.hit.guide_id) and found.hit.guide_id != topic_id


def _said(context: Context, text: str) -> Turn:
    replies: Sequence[Reply] = (TextReply(text=text),)
    return Turn(Outcome.ANSWERED, tuple(replies), context)
