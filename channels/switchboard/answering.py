"""How a turn gets its answer: Rasa decides what is done; without Rasa the search and the reader of the hall do."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from anyio import to_thread

from channels.rasa_client import RasaClient, RasaFault
from channels.switchboard.lines import TooBusy
from channels.waiting_line import NoPlace, WaitingLine
from knowledge_base.language.tokenize import plain
from service_hall.conversation.open_turns import OpenTurn
from service_hall.conversation.reply import Outcome
from service_hall.conversation.turn import Turn
from service_hall.hall import Hall


class Answering:
    def __init__(self, hall: Hall, rasa: RasaClient, line_alone: WaitingLine) -> None:
        self._hall, self._rasa, self._line_alone = hall, rasa, line_alone

    @property
    def takes_more(self) -> bool:
        return self._rasa.takes_more or not self._line_alone.is_full

    async def answer(self, turn: OpenTurn, until: float) -> Turn:
        """`until`: the moment of the monotonic clock to which it may wait. Raises TooBusy."""
        # 。。。 gives Rasa nothing to understand.
        if self._hall.orders.now().is_search_only or not plain(turn.sentence):
            return await self.answer_alone(turn, until)
        with self._hall.open_turns.opened(turn):
            try:
                return await self._rasa.ask(turn)
            except RasaFault:
                # Rasa may have failed after an action had taken the turn, or while one takes it: then that counts.
                return turn.answer or await self._take_in_line(turn, self._respond_degraded, until)

    async def answer_alone(self, turn: OpenTurn, until: float) -> Turn:
        """Raises TooBusy."""
        return await self._take_in_line(turn, self._respond_alone, until)

    def _respond_alone(self, turn: OpenTurn) -> Turn:
        return self._hall.reception.respond_alone(turn.visitor_id, turn.sentence, turn.context)

    def _respond_degraded(self, turn: OpenTurn) -> Turn:
        return replace(self._respond_alone(turn), outcome=Outcome.DEGRADED)

    async def _take_in_line(self, turn: OpenTurn, respond: Callable[[OpenTurn], Turn], until: float) -> Turn:
        try:
            async with self._line_alone.place(until - time.monotonic()):
                return await to_thread.run_sync(turn.take, respond)
        except NoPlace as none:
            raise TooBusy from none
