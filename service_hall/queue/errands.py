"""Checking in and asking for the place in the queue, by a sentence or a tap."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set

from knowledge_base.offices import Office
from service_hall.conversation.acts import Act
from service_hall.conversation.choosing import choices_reply
from service_hall.conversation.flow import Errand, Heard
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import Choice, Outcome, TextReply
from service_hall.conversation.turn import Turn
from service_hall.hearing.heard import Sentence
from service_hall.queue.arriving import check_in
from service_hall.queue.fullness import how_full
from service_hall.queue.outcomes import Ticketed, wording
from service_hall.queue.tickets import ticket_reply
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId
from service_hall.visits.means import Means
from service_hall.visits.states import IN_HALL, Status
from service_hall.visits.visit import Code, Visit

_CHECKS_IN = {Status.BOOKED, Status.MISSED, *IN_HALL}


class QueueErrands(Errand):
    def __init__(self, means: Means) -> None:
        self._means = means

    @property
    def name(self) -> str:
        return "queue"

    @property
    def acts(self) -> Set[Act]:
        """`MY_APPOINTMENTS`: for whoever has a ticket and no appointment."""
        return {Act.CHECK_IN, Act.QUEUE_STATE, Act.MY_APPOINTMENTS}

    def claims(self, sentence: Sentence) -> Act | None:
        return Act.CHECK_IN if sentence.takes_number else None

    def begin(self, heard: Heard) -> Turn | None:
        if heard.act is Act.CHECK_IN:
            return self._check_in(heard)
        there = self._with_ticket(heard.visitor_id)
        if heard.act is Act.MY_APPOINTMENTS:
            return self._told(heard, there or self._of_today(heard.visitor_id, {Status.FINISHED}), Outcome.ANSWERED)
        return self._told(heard, there, Outcome.ANSWERED) or self._how_full(heard)

    def take_up(self, heard: Heard) -> Turn | None:
        """还要多久, 我在几号窗口, with a ticket in hand; 取号, with a booking of today."""
        said = heard.sentence
        if said.wants_to_check_in:
            return self._check_in(heard) if self._of_today(heard.visitor_id, _CHECKS_IN) else None
        if said.asks_own_place or said.asks_how_full:
            return self._told(heard, self._with_ticket(heard.visitor_id), Outcome.ANSWERED)
        return None

    def _with_ticket(self, visitor_id: VisitorId) -> list[Visit]:
        """What waits or is served; else the last number that was called in vain."""
        there = [visit for visit in self._of_today(visitor_id, IN_HALL) if visit.ticket]
        return there or self._called_in_vain(visitor_id)[-1:]

    def _how_full(self, heard: Heard) -> Turn | None:
        """开公司要几个人 asks of no queue."""
        said, context = heard.sentence, heard.context
        if context.guide_id and not (said.asks_how_full or said.asks_own_place):
            return None
        library = self._means.library()
        region = said.region or context.region
        nearest = library.offices_for(context.guide_id, region) if context.guide_id else ()
        office = said.office or (nearest[0] if nearest else library.main_hall(region))
        text = how_full(self._means, office.id, context.guide_id or "") if office else ""
        return Turn(Outcome.ANSWERED, (TextReply(text=text),), context) if text else None

    def _check_in(self, heard: Heard) -> Turn | None:
        if heard.command and heard.command["code"]:
            return self._arrive(heard, Code(heard.command["code"]))
        booked = self._of_today(heard.visitor_id, {Status.BOOKED})
        if office := self._means.office(heard.command["office_id"]) if heard.command else None:
            here = [visit for visit in booked if visit.office_id == office.id]
            if not here and not self._of_today(heard.visitor_id, IN_HALL):
                return self._not_here(heard, office, booked)
            booked = here
        if len(booked) == 1:
            return self._arrive(heard, booked[0].code)
        if booked:
            options = tuple(self._choice(visit) for visit in booked)
            reply = choices_reply(wording.say("which_to_check_in"), options)
            return Turn(Outcome.CLARIFY, (reply,), heard.context)
        if there := self._of_today(heard.visitor_id, IN_HALL):
            return self._told(heard, there, Outcome.ANSWERED)
        if missed := self._called_in_vain(heard.visitor_id):
            return self._arrive(heard, missed[0].code)
        return self._not_today(heard)

    def _arrive(self, heard: Heard, code: Code) -> Turn | None:
        match check_in(self._means, code, f"visitor:{heard.visitor_id}", heard.visitor_id):
            case Ticketed(visit, is_new):
                return self._told(heard, [visit], Outcome.DONE if is_new else Outcome.ANSWERED)
            case refused:
                return Turn(Outcome.ANSWERED, (TextReply(text=refused.message),), heard.context)

    def _not_here(self, heard: Heard, office: Office, booked: Sequence[Visit]) -> Turn:
        """She stands at an office and has nothing there today."""
        if booked:
            text = wording.say("booked_elsewhere", office=office.name, booking=self._choice(booked[0]).label)
        else:
            text = wording.say("not_booked_here", office=office.name)
        return Turn(Outcome.ANSWERED, (TextReply(text=text),), heard.context)

    def _not_today(self, heard: Heard) -> Turn | None:
        ahead = [visit for visit in self._own(heard.visitor_id) if visit.status is Status.BOOKED and visit.starts_at]
        ahead = [visit for visit in ahead if visit.day > self._means.now().date()]
        if not ahead:
            return None
        text = wording.say("booked_for", booking=self._choice(ahead[0]).label)
        return Turn(Outcome.ANSWERED, (TextReply(text=text),), heard.context)

    def _told(self, heard: Heard, visits: Iterable[Visit], outcome: Outcome) -> Turn | None:
        replies = tuple(reply for visit in visits if (reply := ticket_reply(self._means, visit)))
        return Turn(outcome, replies, heard.context) if replies else None

    def _of_today(self, visitor_id: VisitorId, statuses: Collection[Status]) -> list[Visit]:
        today = self._means.now().date()
        return [visit for visit in self._own(visitor_id) if visit.day == today and visit.status in statuses]

    def _called_in_vain(self, visitor_id: VisitorId) -> list[Visit]:
        return [visit for visit in self._of_today(visitor_id, {Status.MISSED}) if visit.ticket]

    def _own(self, visitor_id: VisitorId) -> list[Visit]:
        """The next one first."""
        own = self._means.ledger.read(lambda page: page.of_visitor(visitor_id))
        return sorted(own, key=lambda visit: visit.starts_at or visit.created_at)

    def _choice(self, visit: Visit) -> Choice:
        at = (visit.starts_at or visit.created_at).astimezone(SHANGHAI)
        item, office = self._means.guide_name(visit.guide_id), self._means.office(visit.office_id)
        label = f"{item}，{at.month}月{at.day}日{at.hour}:{at.minute:02}" + (f"，{office.name}" if office else "")
        return Choice(label=label, payload=command_payload("check_in", code=visit.code))
