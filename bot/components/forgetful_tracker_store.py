"""A tracker store that keeps nothing: each message begins a conversation of its own.

What carries over is the service's (docs/adr/0004), and the open walk comes with each message: reading and writing
trackers nobody looks at took a third of Rasa's time (docs/adr/0032), and Rasa's own stores never forget or block.
"""

from typing import Any, Dict, Iterable, Optional, Text

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker


class ForgetfulTrackerStore(TrackerStore):
    def __init__(
        self,
        domain: Domain,
        host: Optional[Text] = None,
        event_broker: Optional[EventBroker] = None,
        **kwargs: Dict[Text, Any],
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        pass

    async def retrieve(self, sender_id: Text) -> DialogueStateTracker:
        """One that listens: to begin a session each time would be an action more for each message."""
        tracker = self.init_tracker(sender_id)
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def keys(self) -> Iterable[Text]:
        return []
