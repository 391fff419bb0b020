"""The actions of the domain. Each hands the sentence to the enquiry desk and returns its replies."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.tracker import carried_over, chosen, sentence, understood
from service_hall.conversation.enquiry import Turn
from service_hall.hall import Hall


class _EnquiryAction(Action):
    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        context, is_sent = carried_over(tracker)
        if taken := chosen(tracker):
            turn = self._hall.enquiry.choose(taken, context)
        else:
            turn = self._hall.enquiry.respond(sentence(tracker), *understood(tracker), context)
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


class AnswerAction(_EnquiryAction):
    """A question about a service."""

    def name(self) -> str:
        return "action_answer"


class FollowUpAction(_EnquiryAction):
    """Choosing, correcting, another item, a region, again."""

    def name(self) -> str:
        return "action_follow_up"


class TalkAction(_EnquiryAction):
    """Greetings, small talk, errands at the hall, and what belongs to no service."""

    def name(self) -> str:
        return "action_talk"


ALL_ACTIONS = (AnswerAction, FollowUpAction, TalkAction)
