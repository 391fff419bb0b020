"""Who takes a message: the walk that is open, a flow that it begins, or the enquiry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge_base.library import Library
from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.choosing import pick_alone
from service_hall.conversation.context import Context
from service_hall.conversation.deleting import Deleting, Forget
from service_hall.conversation.enquiry import Enquiry
from service_hall.conversation.flow import Flow, Heard, TakenOut
from service_hall.conversation.guided.stack import Stack
from service_hall.conversation.message import THEME, Command, command_payload, read_command, read_payload
from service_hall.conversation.reply import AnswerReply, Choice, Outcome, QuestionReply, Reply, TextReply
from service_hall.conversation.rooms import ERRANDS, Room, act_in, room_of
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import button_label, say
from service_hall.hearing.heard import SaidCommand, Sentence
from service_hall.hearing.notions import says
from service_hall.hearing.who.masking import mask_personal_numbers
from service_hall.shared.ids import VisitorId

_NOBODY = VisitorId("")


class Reception:
    def __init__(
        self,
        library: Callable[[], Library],
        hear: Callable[[str], Sentence],
        enquiry: Enquiry,
        flows: Sequence[Flow] = (),
        forget: Forget | None = None,
    ) -> None:
        """`forget`: deletes what is kept of a visitor."""
        self._library, self._hear, self._enquiry = library, hear, enquiry
        self._deleting = Deleting(forget)
        self._stack = Stack((*flows, self._deleting))

    def respond(
        self,
        visitor_id: VisitorId,
        text: str,
        act: Act,
        aspect: Aspect | None,
        context: Context,
        room: Room | None = None,
    ) -> Turn:
        """`text`: a sentence, masked, or a payload. `act` and `aspect`: as Rasa understood it; `room`: the one that its
        rules chose, None: the one of the table. An open walk hears every sentence first, and what begins an errand
        beyond doubt begins it, whichever room was chosen."""
        context = self._stack.known(context)
        walk = context.walk.name if context.walk else None
        if room is None:
            room = room_of(act, walk)
        act = act_in(room, act, walk)
        if chosen := read_payload(text):
            return self._beside_walk(self._enquiry.choose(chosen, self._hear(""), _quiet(context)), context)
        command = read_command(text)
        heard = Heard(visitor_id, self._hear("" if command else text), act, aspect, context, command)
        if command and command.intent == THEME:
            listed = self._enquiry.list_theme(command["guide_id"], heard.sentence, _quiet(context))
            return self._beside_walk(listed, context)
        if command:
            return self._finish(self._command(heard))
        if obeyed := self._obey(heard):
            return obeyed
        turn, speaks = self._stack.go_on(heard), self._stack.open(context)
        if turn and not (turn.is_miss and self._claim(heard.sentence, but=speaks)):
            return self._finish(turn)
        for meant in ([act] if room in ERRANDS else []) + self._claim(heard.sentence):
            if begun := self._stack.begin(replace(heard, act=meant)):
                return self._finish(begun)
        if turn:
            return self._finish(turn)
        if (suggestion := pick_alone(text, context.suggested)) and not context.options:
            return self.respond(visitor_id, suggestion.payload, act, aspect, context)
        return self._beside_walk(self._enquiry.respond(heard.sentence, act, aspect, _quiet(context)), context)

    def respond_alone(self, visitor_id: VisitorId, text: str, context: Context) -> Turn:
        """Without Rasa."""
        is_payload = read_payload(text) or read_command(text)
        act, aspect = (Act.ASK, None) if is_payload else self._enquiry.understand(text)
        return self.respond(visitor_id, text, act, aspect, context)

    def take_out_person(self, visitor_id: VisitorId, text: str, context: Context) -> TakenOut:
        """The text without name and numbers where a flow works with them; else the text as it is."""
        flow = self._stack.open(self._stack.known(context))
        taken = flow.take_out_person(visitor_id, text, context) if flow else TakenOut(text)
        begins = says("may_tell_who", text) or mask_personal_numbers(text) != text
        books = next((each for each in self._stack.flows if begins and Act.BOOK in each.acts), None)
        if taken.sealed or books in (None, flow):
            return taken
        return books.take_out_person(visitor_id, text, context)

    def shown_whole(self, visitor_id: VisitorId, turn: Turn) -> tuple[Reply, ...]:
        """The replies for the screen of whoever wrote: the open question has her own name and numbers beside it. They
        are neither stored nor sent anywhere else, so they are added last of all."""
        flow, replies = self._stack.open(turn.context), turn.replies
        private = flow.private_of(visitor_id, turn.context) if flow else {}
        if not private or not replies or not isinstance(replies[-1], QuestionReply):
            return replies
        return (*replies[:-1], replies[-1].model_copy(update={"private": dict(private)}))

    def let_go(self, visitor_id: VisitorId, context: Context) -> None:
        """The conversation is forgotten: what its open walks hold is given back."""
        self._stack.let_go(visitor_id, context)

    def mask(self, text: str) -> str:
        """Of what is kept and is no message, a comment or a reason: without the names it tells, and without numbers."""
        return mask_personal_numbers(self.take_out_person(_NOBODY, text, Context()).text)

    @property
    def _acts(self) -> frozenset[Act]:
        return frozenset(act for flow in self._stack.flows for act in flow.acts)

    def _claim(self, sentence: Sentence, but: Flow | None = None) -> list[Act]:
        """What the flows, `but` one, say that the sentence begins beyond doubt."""
        flows = (flow for flow in self._stack.flows if flow is not but)
        return [meant for flow in flows if (meant := flow.claims(sentence))]

    def _obey(self, heard: Heard) -> Turn | None:
        """What is told to the assistant itself, whatever it had asked. 返回 is for the open walk, or for the desk."""
        context = heard.context
        match heard.sentence.command:
            case SaidCommand.START_ANEW:
                self._stack.let_go(heard.visitor_id, context)
                return Turn(Outcome.ANSWERED, (TextReply(text=say("started_anew")),), Context(), "starts_anew")
            case SaidCommand.DELETE_DATA if self._stack.open(context) is not self._deleting:
                return self._finish(self._deleting.ask(heard))
            case SaidCommand.HELP | SaidCommand.TOPICS:
                return self._beside_walk(self._enquiry.respond(heard.sentence, Act.ASK, None, _quiet(context)), context)
            case _:
                return None

    def _command(self, heard: Heard) -> Turn:
        """A tap belongs to the open walk first: the one that asked."""
        begins = replace(heard, act=_act_of(heard.command))
        return self._stack.go_on(heard) or self._stack.begin(begins) or self._stale(heard)

    def _stale(self, heard: Heard) -> Turn:
        turn = self._enquiry.respond(heard.sentence, Act.ASK, None, _quiet(heard.context))
        reply: Reply = turn.replies[0].model_copy(update={"text": say("stale_choice")})
        return self._beside_walk(Turn(Outcome.NOT_FOUND, (reply,), turn.context, "stale_choice"), heard.context)

    def _beside_walk(self, turn: Turn, before: Context) -> Turn:
        """The enquiry has answered; the open walk stays open and asks again."""
        context = turn.context.after_turn.model_copy(update={"walks": before.walks})
        replies = turn.replies if before.walks else tuple(self._bookable(reply) for reply in turn.replies)
        if turn.outcome is not Outcome.CLARIFY and (question := self._stack.ask_again(context)):
            replies = (*replies, question)
        suggested = () if context.options else _suggestions(replies)
        return replace(turn, replies=replies, context=context.model_copy(update={"suggested": suggested}))

    def _finish(self, turn: Turn) -> Turn:
        context = turn.context.after_turn.model_copy(update={"missed": 0, "options": (), "suggested": ()})
        return replace(turn, context=context)

    def _bookable(self, reply: Reply) -> Reply:
        """An answer offers the booking, where there is something to book."""
        if not isinstance(reply, AnswerReply) or Act.BOOK not in self._acts:
            return reply
        offices = self._library().offices_for(reply.guide_id, reply.region)
        if not any(office.line_of(reply.guide_id) for office in offices):
            return reply
        offer = Choice(label=button_label("book"), payload=command_payload("book", guide_id=reply.guide_id))
        return reply.model_copy(update={"suggestions": (*reply.suggestions, offer)})


def _suggestions(replies: Sequence[Reply]) -> tuple[Choice, ...]:
    """Of the last answer: on a door without buttons they are picked by their number."""
    return next((reply.suggestions for reply in reversed(replies) if isinstance(reply, AnswerReply)), ())


def _act_of(command: Command | None) -> Act:
    return Act(command.intent) if command else Act.ASK


def _quiet(context: Context) -> Context:
    """What the enquiry works with: it knows no walks."""
    return context.after_turn.model_copy(update={"walks": ()})
