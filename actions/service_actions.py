"""The actions of the domain. Each hands the sentence to the reception and returns its replies."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.tracker import carried_over, sentence, understood
from service_hall.conversation.turn import Turn
from service_hall.hall import Hall
from service_hall.shared.ids import VisitorId


class _ReceptionAction(Action):
    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        context, is_sent = carried_over(tracker)
        visitor_id = VisitorId(tracker.sender_id)
        # A flow may write to the database: Rasa's other calls must not wait for that.
        turn = await to_thread.run_sync(
            self._hall.reception.respond, visitor_id, sentence(tracker), *understood(tracker), context
        )
        _utter(dispatcher, turn, in_words=not is_sent)
        return [] if is_sent else [SlotSet("context", turn.context.model_dump(mode="json"))]


def _utter(dispatcher: CollectingDispatcher, turn: Turn, in_words: bool) -> None:
    if in_words:  # `rasa shell` and other doors of Rasa's own
        for reply in turn.replies:
            dispatcher.utter_message(text=reply.text)
        return
    dispatcher.utter_message(
        json_message={
            "outcome": turn.outcome.value,
            "replies": [reply.model_dump(mode="json") for reply in turn.replies],
            "context": turn.context.model_dump(mode="json", exclude_defaults=True),
        }
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


ALL_ACTIONS = (AnswerAction, FollowUpAction, TalkAction, ErrandAction)
