"""The conversation about services: a sentence and what was said before, in; replies and what carries over, out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import BoundedSemaphore

from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library
from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.enquiry import ends
from service_hall.conversation.enquiry.asked import at_the_desk
from service_hall.conversation.enquiry.nearby import list_nearest
from service_hall.conversation.enquiry.other_acts import goes_on_with_item
from service_hall.conversation.enquiry.rules import decide
from service_hall.conversation.hall_facts import HallFacts
from service_hall.conversation.message import Chosen
from service_hall.conversation.turn import Turn
from service_hall.hearing.heard import Sentence

AT_ONCE = 2
"""Sentences that are read at once: while one is with the encoder or the index, another has the interpreter. More of
them only take it from each other (docs/adr/0077)."""


class Enquiry:
    def __init__(self, library: Callable[[], Library], facts: HallFacts) -> None:
        self._library, self._facts = library, facts
        self._reading = BoundedSemaphore(AT_ONCE)

    def respond(self, said: Sentence, act: Act, aspect: Aspect | None, context: Context) -> Turn:
        """`act` and `aspect` as Rasa understood it; `aspect` None where none was asked."""
        with self._reading:
            return decide(at_the_desk(said, act, aspect, context, self._facts))

    def goes_on_with_item(self, said: Sentence, act: Act, context: Context) -> bool:
        """It is stated of the service that is talked about, and does not do what it was understood as."""
        return goes_on_with_item(at_the_desk(said, act, None, context, self._facts))

    def understand(self, text: str) -> tuple[Act, Aspect | None]:
        """As the knowledge base's own reader reads the sentence, in place of Rasa."""
        reading = self._library().intents.read(text) if plain(text) else None
        if reading is None or reading.aspect or reading.intent not in set(Act):
            return Act.ASK, reading.aspect if reading else None
        return Act(reading.intent), None

    def choose(self, chosen: Chosen, said: Sentence, context: Context) -> Turn:
        """A choice or suggestion was tapped; `said`: nothing, at this moment."""
        asked = at_the_desk(said, Act.ASK, chosen.aspect, context, self._facts)
        return replace(ends.take_chosen(asked, chosen), reason="takes_tap")

    def turn_down(self, said: Sentence, context: Context) -> Turn:
        """The no to a guess was tapped."""
        asked = at_the_desk(said, Act.DENY, None, context, self._facts)
        return replace(ends.turn_down(asked), reason="turns_guess_down")

    def list_theme(self, item_id: str, said: Sentence, context: Context) -> Turn:
        """A theme was tapped; that of the item."""
        asked = at_the_desk(said, Act.ASK, None, context, self._facts)
        return replace(ends.list_theme(asked, item_id), reason="lists_theme")

    def list_nearest(self, said: Sentence, here: tuple[float, float], context: Context) -> Turn | None:
        """`here`: latitude and longitude of whoever asks for what is near."""
        return list_nearest(at_the_desk(said, Act.ASK, None, context, self._facts), here)
