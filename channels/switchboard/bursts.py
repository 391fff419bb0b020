"""Short messages of one citizen that come within a moment, or while one is in work, are one: 我想办 / 居住证 / 要带啥.

Never across the question of an open walk: 对 is an answer to what stood there when it was written.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from channels.switchboard.receive import Receipt, Switchboard
from service_hall.conversation.message import CitizenMessage
from service_hall.conversation.reply import Outcome
from service_hall.hearing.unfinished import seems_unfinished
from service_hall.shared.ids import VisitorId

Admit = Callable[[], Awaitable[None]]
QUIET_SECONDS = 0.7
"""How long a fragment waits for another."""
MOST_TOGETHER = 10
_UNCLEAR = frozenset({Outcome.CLARIFY, Outcome.NOT_FOUND})


@dataclass(eq=False)
class Piece:
    message: CitizenMessage
    written_at: int
    admit: Admit
    answered: asyncio.Future[Receipt | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def settle(self, answer: Receipt | Exception | None) -> None:
        if self.answered.done():
            return
        if isinstance(answer, Exception):
            self.answered.set_exception(answer)
        else:
            self.answered.set_result(answer)


class _Gathering:
    """What a citizen is about to say. `begun`: what she said before it, which made no sense without it."""

    def __init__(self) -> None:
        self.begun = ""
        self.pieces: list[Piece] = []
        self.is_over = asyncio.Event()
        self._something = asyncio.Event()
        self._is_complete = False

    @property
    def takes_more(self) -> bool:
        return not self._is_complete and len(self.pieces) < MOST_TOGETHER

    def of_key(self, key: str) -> Piece | None:
        """The same message, handed in again."""
        return next((piece for piece in self.pieces if key and piece.message.key == key), None)

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self._something.set()

    def complete(self) -> None:
        self._is_complete = True
        self._something.set()

    async def quiet(self, seconds: float) -> None:
        """Until nothing more has come for so long, or all is said."""
        while self.takes_more:
            self._something.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self._something.wait()
            except TimeoutError:
                return


class Bursts:
    def __init__(self, switchboard: Switchboard, quiet_seconds: float = QUIET_SECONDS) -> None:
        self._switchboard, self._once, self._quiet_seconds = switchboard, switchboard.once, quiet_seconds
        self._gatherings: dict[VisitorId, _Gathering] = {}
        self._in_work: Counter[VisitorId] = Counter()
        self._idle: defaultdict[VisitorId, asyncio.Event] = defaultdict(asyncio.Event)
        self._tasks = set[asyncio.Task[None]]()

    async def receive(
        self, message: CitizenMessage, written_at: int, admit: Admit, is_written: bool = True
    ) -> Receipt | None:
        """None: its words went into another one of hers, which got the answer. `written_at`: in seconds.
        `is_written`: by hand; a button's words are whole. Raises what the switchboard raises."""
        visitor_id = message.visitor_id
        may_join = is_written and bool(message.text) and not message.told
        is_fragment = may_join and seems_unfinished(message.text)
        if is_fragment and visitor_id not in self._gatherings:
            self._begin(visitor_id)
        gathering = self._gatherings.get(visitor_id)
        if gathering is None:
            return await self._answer(message, admit)
        if same := gathering.of_key(message.key):
            receipt = await asyncio.shield(same.answered)
            return receipt and replace(receipt, is_repeat=True)
        if not may_join or not gathering.takes_more:
            # A tap, or one more question: what was said before is answered before.
            gathering.complete()
            await gathering.is_over.wait()
            return await self._answer(message, admit)
        piece = Piece(message, written_at, admit)
        gathering.add(piece)
        if not is_fragment:
            gathering.complete()
        return await asyncio.shield(piece.answered)

    def _begin(self, visitor_id: VisitorId) -> None:
        self._gatherings[visitor_id] = gathering = _Gathering()
        task = asyncio.create_task(self._take(visitor_id, gathering))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take(self, visitor_id: VisitorId, gathering: _Gathering) -> None:
        if not await self._switchboard.is_asking(visitor_id):
            await gathering.quiet(self._quiet_seconds)
        while self._in_work[visitor_id]:
            self._idle[visitor_id].clear()
            await self._idle[visitor_id].wait()
        asks = await self._switchboard.is_asking(visitor_id)
        del self._gatherings[visitor_id]
        gathering.is_over.set()
        pieces = gathering.pieces
        try:
            if asks:
                await self._answer_singly(pieces)
            else:
                await self._answer_together(pieces, gathering.begun)
        except Exception as fault:
            for piece in pieces:
                piece.settle(fault)

    async def _answer_singly(self, pieces: list[Piece]) -> None:
        for piece in sorted(pieces, key=lambda piece: piece.written_at):
            try:
                piece.settle(await self._answer(piece.message, piece.admit))
            except Exception as fault:
                piece.settle(fault)

    async def _answer_together(self, pieces: list[Piece], begun: str) -> None:
        *earlier, last = pieces  # as they arrived: who came last waits for the answer
        ours = [piece for piece in earlier if await self._once.claim(piece.message)]
        in_order = sorted((*ours, last), key=lambda piece: piece.written_at)
        words = "，".join(filter(None, (begun, *(piece.message.text for piece in in_order))))
        try:
            receipt = await self._answer(replace(last.message, text=words), last.admit)
        except BaseException:
            await self._once.give_back(*(piece.message for piece in ours))
            raise
        if receipt.is_repeat and ours:
            # The last one was answered elsewhere, without these.
            await self._once.give_back(*(piece.message for piece in ours))
            await self._answer_together(ours, begun)
            return
        await self._once.join(receipt.message_id, *(piece.message for piece in ours))
        for piece in earlier:
            piece.settle(None)
        following = self._gatherings.get(last.message.visitor_id)
        if following and receipt.outcome in _UNCLEAR and seems_unfinished(words):
            following.begun = words  # what comes next says what it was about
            last.settle(None)
        else:
            last.settle(receipt)

    async def _answer(self, message: CitizenMessage, admit: Admit) -> Receipt:
        visitor_id = message.visitor_id
        self._in_work[visitor_id] += 1
        try:
            return await self._switchboard.receive(message, admit)
        finally:
            self._in_work[visitor_id] -= 1
            if not self._in_work[visitor_id]:
                del self._in_work[visitor_id]
                if idle := self._idle.pop(visitor_id, None):
                    idle.set()
