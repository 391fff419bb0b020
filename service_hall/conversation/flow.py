"""A way that the conversation leads somebody through: a booking today, life events later.

Its open walk is kept in the context, on top of those that it was begun over (docs/adr/0027). `respond` of the reception
gives it each sentence first; what it does not take as an answer goes on to the enquiry, and the open question is asked
once more below the answer (docs/adr/0011).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Protocol

from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.choosing import pick_whole
from service_hall.conversation.context import Context
from service_hall.conversation.message import Command
from service_hall.conversation.reply import Choice, Reply
from service_hall.conversation.turn import Ended, Turn
from service_hall.hearing.consent import Deed
from service_hall.hearing.heard import Sentence
from service_hall.shared.ids import VisitorId


@dataclass(frozen=True)
class Heard:
    """One message. Either `sentence` or `command`, a choice that was tapped; then the sentence is empty."""

    visitor_id: VisitorId
    sentence: Sentence
    act: Act
    aspect: Aspect | None
    context: Context
    command: Command | None = None

    @property
    def text(self) -> str:
        """Masked."""
        return self.sentence.text

    @property
    def answers_last_question(self) -> bool:
        """是的 and 1 speak of it. Something else may have been shown since, or it was written before it stood there."""
        return not (self.context.options or self.context.is_unseen)

    @property
    def agrees(self) -> bool:
        """A plain yes to the open question. No guess at the intent makes one."""
        return self.answers_last_question and self.sentence.assents

    def consents(self, to: Deed) -> bool:
        """To what binds."""
        return self.answers_last_question and self.sentence.consents(to)

    def picks(self, options: Sequence[Choice]) -> Choice | None:
        """Of options that bind: named whole, or by the place alone."""
        return pick_whole(self.text, options) if self.answers_last_question else None

    @property
    def disagrees(self) -> bool:
        return self.sentence.refuses or self.act is Act.DENY

    @property
    def stops(self) -> bool:
        """A guess at the intent alone does not give away what was reached so far; nor does a question, a condition or a
        denial: 要是有事能取消吗. Of 怎么这么慢，不约了 one clause orders it."""
        sentence = self.sentence
        if sentence.supposes or sentence.keeps_booking or sentence.rule_asked:
            return False
        if sentence.stops:
            return not sentence.ends_as_question
        gives_up = self.act is Act.CANCEL and any(each.gives_up and each.is_order for each in sentence.clauses)
        return gives_up and not (sentence.means_earlier_booking or sentence.ends_by_place or self._names_another)

    @property
    def _names_another(self) -> bool:
        """确认，另外取消护照: of what is not talked about."""
        named = self.sentence.beside_ending.likely_items
        return bool(named) and self.context.guide_id not in named


@dataclass(frozen=True)
class TakenOut:
    """`sealed`: name and numbers of the message, bound to the visitor; empty if it had none. `text`: what is left."""

    text: str
    sealed: str = ""


class Flow(Protocol):
    """What stands below `begin` is for flows that stay open over several turns; `Errand` has it for the others."""

    @property
    def name(self) -> str:
        """As in `OpenWalk.name`."""
        ...

    @property
    def acts(self) -> Set[Act]:
        """What begins it, or is an errand of its own."""
        ...

    @property
    def restarts_by_itself(self) -> bool:
        """With its walk on top, 重新开始 is for it, and does not begin the whole conversation anew."""
        ...

    def takes_as_answer(self, heard: Heard) -> bool:
        """With its walk on top, which asks what befell somebody: the sentence answers that beyond doubt, and calls for
        no help: 让小偷偷了, 从架子上摔下来的."""
        ...

    def claims(self, sentence: Sentence) -> Act | None:
        """The act that begins it, where the sentence asks for that beyond doubt, whatever it was understood as."""
        ...

    def begin(self, heard: Heard) -> Turn | None:
        """None: it is no errand of this flow after all."""
        ...

    def take_up(self, heard: Heard) -> Turn | None:
        """What it hears from whoever it has to do with: a ticket in hand, a visit that is done. Said by anybody else,
        the same words mean something else. None: it has nothing to say to that."""
        ...

    def enter(self, heard: Heard, given: Mapping[str, Any]) -> Turn | None:
        """Led into from another walk, with the answers that it has `given`. None: there is no way in."""
        ...

    def go_on(self, heard: Heard) -> Turn | None:
        """With its walk open, on top. None: the sentence is no answer to the open question."""
        ...

    def gone(self, heard: Heard) -> Turn | None:
        """With its walk on top, of what is no longer offered: the walk is over, and says why; what else was said
        is left to the desk. None: it goes on."""
        ...

    def ask_again(self, context: Context) -> Reply | None:
        """The open question once more; None where there is none."""
        ...

    def resume(self, heard: Heard, ended: Ended) -> Turn | None:
        """Its walk is on top again: the one above it has ended."""
        ...

    def let_go(self, visitor_id: VisitorId, context: Context) -> None:
        """Its walk, on top, is dropped without a word: what it holds is given back."""
        ...

    def private_of(self, visitor_id: VisitorId, context: Context) -> Mapping[str, str]:
        """What the open question shows whole on the screen of whoever told it (`QuestionReply.private`)."""
        ...

    def take_out_person(self, visitor_id: VisitorId, text: str, context: Context) -> TakenOut:
        """Called before anything else sees the message, with this flow open, or about to begin."""
        ...


class Errand:
    """A flow that is done in one turn; an open walk stays open."""

    restarts_by_itself = False

    def takes_as_answer(self, heard: Heard) -> bool:
        return False

    def claims(self, sentence: Sentence) -> Act | None:
        return None

    def take_up(self, heard: Heard) -> Turn | None:
        return None

    def enter(self, heard: Heard, given: Mapping[str, Any]) -> Turn | None:
        return None

    def go_on(self, heard: Heard) -> Turn | None:
        return None

    def gone(self, heard: Heard) -> Turn | None:
        return None

    def ask_again(self, context: Context) -> Reply | None:
        return None

    def resume(self, heard: Heard, ended: Ended) -> Turn | None:
        return None

    def let_go(self, visitor_id: VisitorId, context: Context) -> None:
        return None

    def private_of(self, visitor_id: VisitorId, context: Context) -> Mapping[str, str]:
        return {}

    def take_out_person(self, visitor_id: VisitorId, text: str, context: Context) -> TakenOut:
        return TakenOut(text)
