"""Asks Rasa over its REST channel; says plainly when Rasa is of no use."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from enum import StrEnum
from typing import Any, Protocol

from channels.breaker import Breaker, Resting
from channels.kept_calls import Answered, CallFailed
from channels.waiting_line import NoPlace, WaitingLine
from service_hall.conversation.open_turns import OpenTurn
from service_hall.conversation.turn import Turn

log = logging.getLogger(__name__)
LINE_PATIENCE_SECONDS = 2.0
"""With Rasa's own time after it (1.3 s) there is some left for the search (CITIZEN_SECONDS of the switchboard)."""

READY_SECONDS = 1.0


class Result(StrEnum):
    ANSWERED = "answered"
    USELESS = "useless"
    """Such as an empty list, which is how Rasa's REST channel reports a failed handler."""
    NO_ANSWER = "no_answer"
    """Down, or slow."""
    NO_PLACE = "no_place"
    """Not asked: the line was full or too slow."""
    RESTING = "resting"
    """Not asked: the breaker is open."""


class RasaFault(Exception):
    """No usable answer."""

    def __init__(self, result: Result, cause: str = "") -> None:
        super().__init__(f"{result}: {cause}" if cause else result.value)
        self.result = result


class NoAnswer(RasaFault):
    def __init__(self, cause: str) -> None:
        super().__init__(Result.NO_ANSWER, cause)


class Calls(Protocol):
    """To Rasa's address."""

    async def get(self, path: str) -> Answered:
        """Raises CallFailed."""
        ...

    async def post(self, path: str, content: Any) -> Answered:
        """Raises CallFailed."""
        ...


class RasaClient:
    def __init__(self, calls: Calls, timeout_ms: int, line: WaitingLine, breaker: Breaker | None = None) -> None:
        self._calls = calls
        self._timeout_s = timeout_ms / 1000
        self.line, self.breaker = line, breaker or Breaker()
        self.results: Counter[Result] = Counter()
        """How the messages fared so far."""

    @property
    def takes_more(self) -> bool:
        return self.breaker.admits and not self.line.is_full

    async def ask(self, turn: OpenTurn) -> Turn:
        """`turn`: where an action of ours, which Rasa chooses, can find it. Raises RasaFault; whatever happens, within
        the line's patience and the time-out."""
        try:
            answer = await self._ask_in_turn(turn)
        except RasaFault as fault:
            self.results[fault.result] += 1
            raise
        self.results[Result.ANSWERED] += 1
        return answer

    async def is_ready(self) -> bool:
        try:
            async with asyncio.timeout(READY_SECONDS):
                return (await self._calls.get("/webhooks/rest/")).is_success
        except (CallFailed, TimeoutError):
            return False

    async def _ask_in_turn(self, turn: OpenTurn) -> Turn:
        try:
            if not self.breaker.admits:
                raise Resting
            # Whoever waits here when the breaker opens is let in one after the other at once, and goes.
            async with self.line.place():
                with self.breaker.attempt(NoAnswer):
                    return await self._ask_now(turn)
        except NoPlace as none:
            raise RasaFault(Result.NO_PLACE, str(none)) from none
        except Resting as rests:
            raise RasaFault(Result.RESTING) from rests

    async def _ask_now(self, turn: OpenTurn) -> Turn:
        walk = turn.context.walk
        body = {
            "sender": turn.visitor_id,
            "message": turn.sentence,
            # Rasa's rules look at the open walk, and at nothing that Rasa itself remembers.
            "metadata": {"message_id": turn.message_id, **({"walk": walk.name} if walk else {})},
        }
        try:
            async with asyncio.timeout(self._timeout_s):
                answered = await self._calls.post("/webhooks/rest/webhook", body)
        except (CallFailed, TimeoutError) as fault:
            log.warning("rasa does not answer: %s", type(fault).__name__)
            raise NoAnswer(type(fault).__name__) from fault
        try:
            _check_names(turn, answered)
        except ValueError as fault:
            # It is there, but failed over this one message: the next citizen's may be well.
            log.warning("rasa gave no usable answer: %s", type(fault).__name__)
            raise RasaFault(Result.USELESS, type(fault).__name__) from fault
        if turn.answer is None:
            log.warning("rasa names a turn that nobody has taken")
            raise RasaFault(Result.USELESS, "no turn")
        return turn.answer


def _check_names(turn: OpenTurn, answered: Answered) -> None:
    """Raises ValueError where no message says that this turn was taken."""
    if not answered.is_success:
        raise ValueError(f"status {answered.status}")
    messages = json.loads(answered.body)
    taken = {"message_id": turn.message_id}
    if not isinstance(messages, list) or not any(
        isinstance(message, dict) and message.get("custom") == taken for message in messages
    ):
        raise ValueError("the turn is not among the messages")
