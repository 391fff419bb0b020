"""The actions of the domain. Each has the reception answer the turn, and tells Rasa no more than whose turn it was."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.tracker import message_id, sentence, understood
from actions.turns import OwnTurns
from service_hall.conversation.open_turns import OpenTurn, TurnIsOver
from service_hall.conversation.turn import Turn
from service_hall.hall import Hall


class _ReceptionAction(Action):
    def __init__(self, hall: Hall, own_turns: OwnTurns) -> None:
        """`own_turns`: for messages whose turn nobody has opened."""
        self._hall, self._own_turns = hall, own_turns

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        opened = message_id(tracker)
        if opened is None:
            await self._speak_for_ourselves(dispatcher, tracker)
        elif turn := self._hall.open_turns.find(opened):
            try:
                await self._take(turn, tracker)
            except TurnIsOver:
                return []
            dispatcher.utter_message(json_message={"message_id": turn.message_id})
        # Else it is over: whoever asked waits no more, and nothing may be done behind their back.
        return []

    async def _speak_for_ourselves(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        turn = self._own_turns.open(str(tracker.sender_id), sentence(tracker))
        for reply in (await self._take(turn, tracker)).replies:
            dispatcher.utter_message(text=reply.text)
        self._own_turns.remember(turn)

    async def _take(self, turn: OpenTurn, tracker: Tracker) -> Turn:
        act, aspect = understood(tracker)
        respond = self._hall.reception.respond
        # A flow may write to the database: Rasa's other calls must not wait for that.
        return await to_thread.run_sync(
            turn.take, lambda turn: respond(turn.visitor_id, turn.sentence, act, aspect, turn.context)
        )


class AnswerAction(_ReceptionAction):
    """A question about a service."""

    def name(self) -> str:
        return "action_answer"


class FollowUpAction(_ReceptionAction):
    """Choosing, correcting, another item, a region, again."""

    def name(self) -> str:
        return "action_follow_up"


class TalkAction(_ReceptionAction):
    """Greetings, small talk, and what belongs to no service."""

    def name(self) -> str:
        return "action_talk"


class ErrandAction(_ReceptionAction):
    """Booking, changing, cancelling, checking in, the place in the queue, and what a flow has asked for."""

    def name(self) -> str:
        return "action_errand"


def all_actions(hall: Hall) -> list[Action]:
    own_turns = OwnTurns(hall)
    return [action(hall, own_turns) for action in (AnswerAction, FollowUpAction, TalkAction, ErrandAction)]
