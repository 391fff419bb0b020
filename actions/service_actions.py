"""One action a room. Each has its room answer the turn, and tells Rasa no more than whose turn it was."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.tracker import message_id, sentence, understood
from actions.turns import OwnTurns
from service_hall.conversation.open_turns import OpenTurn, TurnIsOver
from service_hall.conversation.rooms import Room
from service_hall.conversation.turn import Turn
from service_hall.hall import Hall


class RoomAction(Action):
    def __init__(self, hall: Hall, own_turns: OwnTurns, room: Room) -> None:
        """`own_turns`: for messages whose turn nobody has opened."""
        self._hall, self._own_turns, self._room = hall, own_turns, room

    def name(self) -> str:
        return f"action_{self._room}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        opened = message_id(tracker)
        if opened is None:
            await self._speak_for_ourselves(dispatcher, tracker)
        elif turn := self._hall.open_turns.find(opened):
            try:
                await self._take(turn, tracker, self._room)
            except TurnIsOver:
                return []
            dispatcher.utter_message(json_message={"message_id": turn.message_id})
        # Else it is over: whoever asked waits no more, and nothing may be done behind their back.
        return []

    async def _speak_for_ourselves(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        turn = self._own_turns.open(str(tracker.sender_id), sentence(tracker))
        # Rasa chose without knowing of a walk, which only the service remembers here.
        for reply in (await self._take(turn, tracker, None)).replies:
            dispatcher.utter_message(text=reply.text)
        self._own_turns.remember(turn)

    async def _take(self, turn: OpenTurn, tracker: Tracker, room: Room | None) -> Turn:
        act, aspect = understood(tracker)
        respond = self._hall.reception.respond
        # A flow may write to the database: Rasa's other calls must not wait for that.
        return await to_thread.run_sync(
            turn.take, lambda turn: respond(turn.visitor_id, turn.sentence, act, aspect, turn.context, room)
        )


def all_actions(hall: Hall) -> list[Action]:
    own_turns = OwnTurns(hall)
    return [RoomAction(hall, own_turns, room) for room in Room]
