"""Which flow speaks: the one whose walk is on top; and how one walk leads into another and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from service_hall.conversation.acts import Act
from service_hall.conversation.context import MOST_WALKS, Context
from service_hall.conversation.flow import Flow, Heard
from service_hall.conversation.reply import Outcome, Reply, TextReply
from service_hall.conversation.turn import Ended, Turn
from service_hall.shared.ids import VisitorId
from service_hall.shared.wording import Wording

wording = Wording(Path(__file__).parent / "wording.yml")
_MOST_CHANGES = 2 * MOST_WALKS
"""Of the walk on top within one turn: each that is open may end, and lead into one more."""


class Stack:
    def __init__(self, flows: Sequence[Flow]) -> None:
        self.flows = tuple(flows)
        self._by_name: Mapping[str, Flow] = {flow.name: flow for flow in flows}

    def known(self, context: Context) -> Context:
        """Without walks of another release."""
        return context.model_copy(update={"walks": tuple(each for each in context.walks if each.name in self._by_name)})

    def open(self, context: Context) -> Flow | None:
        return self._by_name.get(context.walk.name) if context.walk else None

    def go_on(self, heard: Heard) -> Turn | None:
        flow, walk = self.open(heard.context), heard.context.walk
        turn = flow.go_on(heard) if flow else None
        if turn is None or walk is None:
            return None
        return replace(self._settled(turn, heard), taken_by=f"{walk.name}.{walk.node}")

    def gone(self, heard: Heard) -> Turn | None:
        """The walk on top cannot go on: what it is about is no longer offered. Where all was said to it, the one below
        asks on."""
        flow, walk = self.open(heard.context), heard.context.walk
        turn = flow.gone(heard) if flow else None
        if turn is None or walk is None:
            return None
        turn = turn if turn.to_desk else self._settled(turn, heard)
        return replace(turn, taken_by=f"{walk.name}.{walk.node}")

    def begin(self, heard: Heard) -> Turn | None:
        """What is begun waits for nothing: it comes on top of what is open."""
        begun = ((flow.name, flow.begin(heard)) for flow in self.flows if heard.act in flow.acts)
        name, turn = next(((name, turn) for name, turn in begun if turn), ("", None))
        if turn is None:
            return None
        if len(turn.context.walks) > MOST_WALKS:
            return self._too_many(turn, heard)
        return replace(self._settled(turn, heard), taken_by=name)

    def take_up(self, heard: Heard) -> Turn | None:
        taken = ((flow.name, flow.take_up(heard)) for flow in self.flows)
        return next((replace(self._settled(turn, heard), taken_by=name) for name, turn in taken if turn), None)

    def enter(self, heard: Heard, name: str, given: Mapping[str, Any]) -> Turn | None:
        """By a tap, into a flow of that name with what is `given`; it comes on top of what is open."""
        flow = self._by_name.get(name)
        turn = flow.enter(heard, given) if flow else None
        if turn is None:
            return None
        if len(turn.context.walks) > MOST_WALKS:
            return self._too_many(turn, heard)
        return replace(self._settled(turn, heard), taken_by=name)

    def ask_again(self, context: Context) -> Reply | None:
        flow = self.open(context)
        return flow.ask_again(context) if flow else None

    def let_go(self, visitor_id: VisitorId, context: Context) -> None:
        """Of all that is open, the last one first."""
        for count in range(len(context.walks), 0, -1):
            under = context.model_copy(update={"walks": context.walks[:count]})
            if flow := self.open(under):
                flow.let_go(visitor_id, under)

    def _settled(self, turn: Turn, heard: Heard) -> Turn:
        """What it leads into has begun; and where a walk has ended, the one below it asks on."""
        for _ in range(_MOST_CHANGES):
            after = self._led_into(turn, heard) if turn.into else self._resumed(turn, heard) if turn.ended else None
            if after is None:
                return replace(turn, into=None, ended=None)
            turn = replace(
                after,
                outcome=_outcome(turn, after),
                replies=(*turn.replies, *after.replies),
                reason=turn.reason or after.reason,
            )
        raise RuntimeError("walks that lead into each other and never ask")

    def _led_into(self, turn: Turn, heard: Heard) -> Turn | None:
        if turn.into is None:
            return None
        entered = None
        is_full = len(turn.context.walks) >= MOST_WALKS
        if (flow := self._by_name.get(turn.into.name)) and not is_full:
            entered = flow.enter(_afresh(heard, turn.context), turn.into.given)
        if entered:
            return entered
        said = (TextReply(text=wording.say("too_many")),) if is_full else ()
        return Turn(turn.outcome, said, turn.context, ended=Ended(turn.into.name, "", {}))

    def _resumed(self, turn: Turn, heard: Heard) -> Turn | None:
        flow = self.open(turn.context)
        return flow.resume(_afresh(heard, turn.context), turn.ended) if flow and turn.ended else None

    def _too_many(self, turn: Turn, heard: Heard) -> Turn:
        if flow := self.open(turn.context):
            flow.let_go(heard.visitor_id, turn.context)
        question = self.ask_again(heard.context)
        said: tuple[Reply, ...] = (TextReply(text=wording.say("too_many")),)
        return Turn(Outcome.ASKING, (*said, question) if question else said, heard.context, "too_many_walks")


def _afresh(heard: Heard, context: Context) -> Heard:
    """As another walk meets it: what the message said, name and numbers too, was said to the one before."""
    return replace(
        heard,
        sentence=heard.sentence.part(""),
        act=Act.REPEAT,
        command=None,
        context=context.model_copy(update={"pocket": ""}),
    )


def _outcome(before: Turn, after: Turn) -> Outcome:
    """What was done or told stays what this turn was; a walk that only led on leaves it to the next."""
    return after.outcome if before.outcome is Outcome.ASKING else before.outcome
