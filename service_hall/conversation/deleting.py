"""删除我的数据: asked once, then all that is kept of the visitor goes, but what the law wants kept of a visit."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context, OpenWalk
from service_hall.conversation.flow import Errand, Heard
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import Outcome, QuestionOption, QuestionReply, Reply, TextReply
from service_hall.conversation.turn import Ended, Turn
from service_hall.conversation.whereabouts import whom_to_ask
from service_hall.conversation.wording import say
from service_hall.hearing.heard import SaidCommand
from service_hall.shared.ids import VisitorId, new_message_id

NAME, NODE = "deleting", "delete_data"
_YES, _NO = "yes", "no"
_SAYS_DELETE = (
    "1",
    "删",
    "删除",
    "删吧",
    "删了吧",
    "删除吧",
    "都删了吧",
    "确认删除",
    "确定删除",
    "全部删除",
    "确认全部删除",
)


class Forget(Protocol):
    def __call__(self, visitor_id: VisitorId) -> Sequence[str]:
        """Deletes what is kept of the visitor. What stays, and why, each in a sentence."""
        ...


@dataclass(frozen=True)
class Deleting(Errand):
    """A walk of one question."""

    forget: Forget | None = None
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
        walk = OpenWalk(name=NAME, walk_id=new_message_id(), node=NODE)
        return Turn(Outcome.ASKING, (_question(),), heard.context.with_walk(walk))

    def ask_again(self, context: Context) -> Reply | None:
        return _question()

    def go_on(self, heard: Heard) -> Turn | None:
        if heard.sentence.command is SaidCommand.DELETE_DATA:
            return Turn(Outcome.ASKING, (_question(),), heard.context)  # sent twice, perhaps: once more is no yes
        answer = self._answer_of(heard)
        if answer is None:
            return None
        if answer == _YES:
            return self._delete(heard)
        walk = heard.context.walk
        kept = heard.context.without_walk(walk.walk_id) if walk else heard.context
        ended = Ended(NAME, walk.walk_id if walk else "", {})
        return Turn(Outcome.ANSWERED, (TextReply(text=say("not_deleted")),), kept, "keeps_data", ended=ended)

    def _answer_of(self, heard: Heard) -> str | None:
        said, command = heard.sentence, heard.command
        if command:
            return command["value"] if command["node"] == NODE and command["value"] in (_YES, _NO) else None
        if said.refuses or said.stops or said.plain in ("不", "不删除", "不删", "2"):
            return _NO
        if said.assents or (said.plain in _SAYS_DELETE and not said.ends_as_question):
            return _YES
        return None

    def _delete(self, heard: Heard) -> Turn:
        if self.forget is None:
            text = say("emptied_only", **whom_to_ask(heard.sentence.library, heard.context.region))
        else:
            stays = self.forget(heard.visitor_id)
            text = "\n".join((say("deleted"), *stays))
        return Turn(Outcome.DONE, (TextReply(text=text),), Context(), "deletes_data", forgets=True)


def _question() -> QuestionReply:
    labels = {_YES: say("delete_yes"), _NO: say("delete_no")}
    options = tuple(
        QuestionOption(label=label, value=value, payload=command_payload("give_details", node=NODE, value=value))
        for value, label in labels.items()
    )
    listed = "\n".join(f"{number}. {option.label}" for number, option in enumerate(options, start=1))
    return QuestionReply(
        text=f"{say('delete_question')}\n{listed}", form=NAME, node=NODE, kind="single", options=options
    )
