"""删除我的数据: asked once, then all that is kept of the visitor goes, but what the law wants kept of a visit."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any, Protocol

from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context, OpenWalk
from service_hall.conversation.flow import Errand, Heard
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import Outcome, QuestionOption, QuestionReply, Reply, TextReply
from service_hall.conversation.turn import Ended, Turn
from service_hall.conversation.whereabouts import whom_to_ask
from service_hall.conversation.wording import say
from service_hall.hearing.commands import SaidCommand
from service_hall.hearing.consent import Deed
from service_hall.shared.ids import VisitorId, new_message_id

NAME, NODE = "deleting", "delete_data"
_YES, _CANCEL, _NO = "yes", "cancel", "no"


class Leaving(Protocol):
    def still_open(self, visitor_id: VisitorId) -> Sequence[str]:
        """What is booked, or waits in the hall, each in a line with its code."""
        ...

    def forget(self, visitor_id: VisitorId, cancels: bool) -> Sequence[str]:
        """Deletes what is kept of the visitor; `cancels`: what is booked too. What stays, and why, line by line."""
        ...


@dataclass(frozen=True)
class Deleting(Errand):
    """A walk of one question."""

    leaving: Leaving | None = None
    """None: this hall can only empty the conversation, and says whom to ask for the rest."""

    @property
    def name(self) -> str:
        return NAME

    @property
    def acts(self) -> Set[Act]:
        return frozenset()

    def begin(self, heard: Heard) -> Turn | None:
        return None  # no act does: whoever wants it says so (`ask`)

    def ask(self, heard: Heard) -> Turn:
        """For whoever said so."""
        return self._asked(heard, new_message_id())

    def resume(self, heard: Heard, ended: Ended) -> Turn | None:
        """A booking has been cancelled in between, or kept."""
        return self._asked(heard, heard.context.walk.walk_id) if heard.context.walk else None

    def _asked(self, heard: Heard, walk_id: str) -> Turn:
        told = self.leaving.still_open(heard.visitor_id) if self.leaving else ()
        walk = OpenWalk(name=NAME, walk_id=walk_id, node=NODE, answers={"open": list(told)} if told else {})
        return Turn(Outcome.ASKING, (_question(told),), heard.context.with_walk(walk))

    def ask_again(self, context: Context) -> Reply | None:
        return _question(_told_open(context))

    def go_on(self, heard: Heard) -> Turn | None:
        if heard.sentence.command is SaidCommand.DELETE_DATA:
            # Sent twice, perhaps: once more is no yes.
            return Turn(Outcome.ASKING, (_question(_told_open(heard.context)),), heard.context)
        answer = self._answer_of(heard)
        if answer is None:
            return None
        if answer != _NO:
            return self._delete(heard, cancels=answer == _CANCEL)
        walk = heard.context.walk
        kept = heard.context.without_walk(walk.walk_id) if walk else heard.context
        ended = Ended(NAME, walk.walk_id if walk else "", {})
        return Turn(Outcome.ANSWERED, (TextReply(text=say("not_deleted")),), kept, "keeps_data", ended=ended)

    def _answer_of(self, heard: Heard) -> str | None:
        said, command, told = heard.sentence, heard.command, _told_open(heard.context)
        options = _question(told).options
        if command:
            offered = [option.value for option in options]
            return command["value"] if command["node"] == NODE and command["value"] in offered else None
        if said.gives_back and told:
            return None  # 取消预约: which, is asked in its own place, and then this once more
        if said.refuses or said.stops or said.plain in ("不", "不删除", "不删"):
            return _NO
        if heard.consents(Deed.DELETE):
            return _YES
        picked = heard.picks(options)
        return next((option.value for option in options if picked and option.payload == picked.payload), None)

    def _delete(self, heard: Heard, cancels: bool) -> Turn:
        if self.leaving is None:
            text = say("emptied_only", **whom_to_ask(heard.sentence.library, heard.context.region))
        else:
            stays = self.leaving.forget(heard.visitor_id, cancels)
            text = "\n".join((say("deleted"), *stays))
        return Turn(Outcome.DONE, (TextReply(text=text),), Context(), "deletes_data", forgets=True)


def _told_open(context: Context) -> Sequence[str]:
    """The open bookings as they stood when it was asked first."""
    kept: dict[str, Any] = context.walk.answers if context.walk and context.walk.name == NAME else {}
    return [str(line) for line in kept.get("open", ())]


def _question(told: Sequence[str]) -> QuestionReply:
    """`told`: the open bookings."""
    labels = {_YES: say("delete_yes"), _NO: say("delete_no")}
    asked = say("delete_question")
    if told:
        labels = {_YES: say("delete_keeping"), _CANCEL: say("delete_cancelling"), _NO: say("delete_no")}
        asked = "\n".join((say("delete_question_open"), *told))
    options = tuple(
        QuestionOption(label=label, value=value, payload=command_payload("give_details", node=NODE, value=value))
        for value, label in labels.items()
    )
    listed = "\n".join(f"{number}. {option.label}" for number, option in enumerate(options, start=1))
    return QuestionReply(text=f"{asked}\n{listed}", form=NAME, node=NODE, kind="single", options=options)
