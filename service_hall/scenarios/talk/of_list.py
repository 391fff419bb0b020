"""What is asked of the list that is talked about (第二步去哪办, 要花多少钱), answered with what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from knowledge_base.library import Library
from knowledge_base.model import Aspect
from service_hall.conversation.flow import Heard
from service_hall.conversation.reply import ChecklistReply, ChecklistStep
from service_hall.hearing.heard import Sentence
from service_hall.hearing.notions import says
from service_hall.hearing.several import place_in_list, without_list
from service_hall.scenarios.talk.walk import wording
from service_hall.scenarios.telling import material_line, office_line, parts_in_words, step_lines

_OF_PLACE = frozenset({Aspect.LOCATION, Aspect.CONTACT, Aspect.OFFICE_HOURS, Aspect.CHANNELS})
_OF_STEPS = frozenset({Aspect.PROCEDURE, Aspect.OVERVIEW})
MOST_NEXT = 3
"""Steps that are told as the next ones."""


@dataclass(frozen=True)
class ListTalk:
    heard: Heard
    shown: ChecklistReply
    library: Library

    def answer(self) -> str:
        """'' where it asks nothing of the list."""
        text = self.heard.text
        rest = self.heard.sentence.part(without_list(text))
        if says("asks_next_step", text):
            return "\n".join(self._next())
        if rest.plain and not rest.leaves_item_unsaid:
            return ""
        order, aspect = place_in_list(text), self._aspect(rest.text)
        if order is not None:
            step = next((each for each in self.shown.steps if each.order == order), None)
            return "\n".join(self._of_step(step, aspect)) if step else wording.say("no_such_step", order=order)
        return "\n".join(self._of_all(aspect)) if aspect and rest.plain else ""

    def _aspect(self, text: str) -> Aspect | None:
        clear = self.library.intents.read_aspects(text)
        return clear[0] if clear else self.heard.aspect

    def _next(self) -> Iterator[str]:
        left = [step for step in self.shown.steps if not step.done]
        open_orders = {step.order for step in left}
        ready = [step for step in left if not open_orders & set(step.after)]
        if not ready:
            yield wording.say("nothing_left")
            return
        yield wording.say("next_steps")
        for step in ready[:MOST_NEXT]:
            yield from islice(step_lines(step), 2)
        yield from self._materials([step.order for step in ready[:MOST_NEXT]])

    def _of_step(self, step: ChecklistStep, aspect: Aspect | None) -> Iterator[str]:
        lines = list(step_lines(step))
        yield lines[0]
        match aspect:
            case Aspect.FEE:
                yield step.fee or wording.say("fee_not_written")
            case Aspect.TIME_LIMIT:
                yield parts_in_words(step) if step.days is not None else wording.say("days_not_written")
            case Aspect.MATERIALS:
                yield from self._materials([step.order])
            case each if each in _OF_PLACE:
                yield from self._places([step])
            case _:
                yield from lines[1:]
                yield from self._materials([step.order])
                yield from self._places([step])

    def _of_all(self, aspect: Aspect) -> Iterator[str]:
        steps = [step for step in self.shown.steps if not step.done]
        match aspect:
            case Aspect.FEE:
                yield wording.say("all_fees", fee=self.shown.totals.fee)
                paid = (step for step in self.shown.steps if step.fee)
                yield from (
                    wording.say("of_step", order=each.order, name=each.guide_name, says=each.fee) for each in paid
                )
            case Aspect.AMOUNT if self.shown.totals.amount:
                yield self.shown.totals.amount
            case Aspect.TIME_LIMIT if self.shown.totals.days:
                yield wording.say("all_days", days=self.shown.totals.days)
            case Aspect.MATERIALS:
                yield from self._materials([step.order for step in steps])
            case each if each in _OF_PLACE:
                yield from self._places(steps)
            case each if each in _OF_STEPS:
                yield from self._next()

    def _materials(self, orders: Sequence[int]) -> Iterator[str]:
        wanted = [each for each in self.shown.materials if set(each.steps) & set(orders)]
        missing = [each for each in wanted if not each.have]
        if not missing:
            yield wording.say("all_papers_there" if wanted else "no_papers")
            return
        yield wording.say("papers_wanted")
        yield from map(material_line, missing)

    def _places(self, steps: Sequence[ChecklistStep]) -> Iterator[str]:
        for step in steps:
            offices = [each for each in self.library.published.offices if each.id in step.office_ids]
            if step.online:
                yield wording.say("of_step", order=step.order, name=step.guide_name, says=wording.say("is_online"))
            yield from (office_line(each, [step.order]) for each in offices)
            if not offices and not step.online:
                yield wording.say(
                    "of_step", order=step.order, name=step.guide_name, says=wording.say("place_not_written")
                )


def asks_of_step(sentence: Sentence) -> bool:
    """第三步要带什么: of a list, by the place of its step."""
    rest = sentence.part(without_list(sentence.text))
    return sentence.asks and place_in_list(sentence.text) is not None and bool(rest.plain) and rest.leaves_item_unsaid
