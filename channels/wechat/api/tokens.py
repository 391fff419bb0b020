"""The account's access token: one call to WeChat for all that want it, in this process and on all nodes.

WeChat's stable token stays the same as long as it is good, and is renewed in its last five minutes without ending the
old one: nodes may hold it beside each other.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Protocol, TypeGuard

from anyio import to_thread

from channels.wechat.api.errors import Refused
from service_hall.shared.clock import Clock
from service_hall.shared.errors import OutOfReach

log = logging.getLogger(__name__)
RENEWED_BEFORE = timedelta(minutes=5)
LEASE = timedelta(seconds=10)
"""Of whoever asks WeChat: longer than a call takes. After that it is taken for dead."""
LOOK_SECONDS = 0.1
PAUSE_SECONDS = 5.0
"""After WeChat refused one: nobody asks again before, all get the same refusal."""


@dataclass(frozen=True)
class Token:
    value: str
    good_until: datetime

    def __repr__(self) -> str:
        return "Token(…)"  # must not reach a log by way of a traceback


class TokenShelf(Protocol):
    """Where all nodes find it. One suite tests every implementation (tests/contract). All raise OutOfReach."""

    def look(self) -> Token | None: ...

    def take_turn(self, holder: str, now: datetime, until: datetime) -> bool:
        """One has the turn at a time; it is free again when its time is over."""
        ...

    def end_turn(self, holder: str, token: Token | None) -> None:
        """`token`: what was got in it. Of a turn that another has by now, nothing is kept."""
        ...


Ask = Callable[[bool], Awaitable[Token]]
"""Asks WeChat; True: for another one, and the old one ends. Raises Refused."""


class Tokens:
    def __init__(
        self, ask: Ask, shelf: TokenShelf, clock: Clock, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        """`seconds`: of a clock that only goes forward."""
        self._ask, self._shelf, self._clock, self._seconds = ask, shelf, clock, seconds
        self._token: Token | None = None
        self._one_at_a_time = asyncio.Lock()
        self._refused: Refused | None = None
        self._rests_until = float("-inf")
        self._node = token_hex(8)

    async def current(self) -> Token:
        """Raises Refused."""
        if _serves(self._token, None, self._clock() + RENEWED_BEFORE):
            return self._token
        async with self._one_at_a_time:
            if _serves(self._token, None, self._clock() + RENEWED_BEFORE):
                return self._token
            return await self._find(None)

    async def instead_of(self, refused: Token) -> Token:
        """WeChat does not take that one any more, whatever its time. Raises Refused."""
        async with self._one_at_a_time:
            if _serves(self._token, refused, self._clock()):
                return self._token  # somebody else has seen to it meanwhile
            self._token = None
            return await self._find(refused)

    async def _find(self, refused: Token | None) -> Token:
        """On the shelf, or from WeChat, where it is this node's turn."""
        while True:
            now = self._clock()
            try:
                kept = await to_thread.run_sync(self._shelf.look)
                if _serves(kept, refused, now + RENEWED_BEFORE):
                    return self._keep(kept)
                is_ours = await to_thread.run_sync(self._shelf.take_turn, self._node, now, now + LEASE)
                if is_ours:
                    return self._keep(await self._ask_in_turn(refused))
            except OutOfReach:
                # Each node for itself: the stable token is the same for all of them.
                return self._keep(await self._ask_unless_resting(refused))
            if _serves(kept, refused, now):
                return kept  # another renews it, and the old one still holds
            await asyncio.sleep(LOOK_SECONDS)

    async def _ask_in_turn(self, refused: Token | None) -> Token:
        got: Token | None = None
        try:
            # Who had the turn before may have put one there since this node looked.
            kept = await to_thread.run_sync(self._shelf.look)
            if _serves(kept, refused, self._clock() + RENEWED_BEFORE):
                return kept
            try:
                got = await self._ask_unless_resting(refused)
            except Refused:
                if _serves(kept, refused, self._clock()):
                    return kept
                raise
            return got
        finally:
            with suppress(OutOfReach):
                await asyncio.shield(to_thread.run_sync(self._shelf.end_turn, self._node, got))

    async def _ask_unless_resting(self, refused: Token | None) -> Token:
        if self._refused and self._seconds() < self._rests_until:
            raise Refused(self._refused.code, self._refused.decision)
        try:
            token = await self._ask(False)
            if _is_same(token, refused):
                token = await self._ask(True)
        except Refused as fault:
            self._refused, self._rests_until = fault, self._seconds() + PAUSE_SECONDS
            log.warning("wechat gave no token: %s", fault)
            raise
        self._refused = None
        return token

    def _keep(self, token: Token) -> Token:
        self._token = token
        return token


def _serves(token: Token | None, refused: Token | None, at: datetime) -> TypeGuard[Token]:
    return token is not None and at < token.good_until and not _is_same(token, refused)


def _is_same(token: Token, refused: Token | None) -> bool:
    return refused is not None and token.value == refused.value
