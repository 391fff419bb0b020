"""Conversations in memory, the recent ones only.

Rasa's InMemoryTrackerStore never forgets, and its SQLTrackerStore blocks the loop on every turn. What is
said and remembered is kept by the service, which tells Rasa none of it: here a bounded memory will do.
"""

from typing import Any, Dict, Optional, Text

from cachetools import TTLCache
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain


class RecentTrackerStore(InMemoryTrackerStore):
    def __init__(
        self,
        domain: Domain,
        host: Optional[Text] = None,
        event_broker: Optional[EventBroker] = None,
        most_conversations: int = 20_000,
        keep_minutes: int = 120,
        most_events: int = 40,
        **kwargs: Dict[Text, Any],
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.store = TTLCache(maxsize=most_conversations, ttl=keep_minutes * 60)
        # Every action call posts the whole tracker: a long one would slow each turn of a long conversation.
        self.max_event_history = most_events
