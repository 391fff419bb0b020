"""The token is shared: one suite for every implementation of the shelf, and two nodes that want one at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from channels.wechat.api.errors import Refused
from channels.wechat.api.tokens import LEASE, PAUSE_SECONDS, RENEWED_BEFORE, Token, Tokens, TokenShelf
from server.sealing import AesSafe
from server.storage.engine import Database, open_database
from server.storage.wechat_tokens import TokenStore
from service_hall.shared.errors import OutOfReach
from tests.contract.conftest import DATABASES, MakeDatabase, OpenAgain
from tests.contract.sample_visits import NINE
from tests.fake_wechat import FakeTokenShelf
from tests.fakes import FixedClock

GOOD_FOR = timedelta(hours=2)
ONE = Token("one", NINE + GOOD_FOR)
APP = "wx1"


def store_of(engine: Database, app_id: str = APP, secret: str = "s") -> TokenStore:
    return TokenStore(engine, app_id, AesSafe(secret))


@pytest.fixture(params=["fake", *DATABASES])
def shelf(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[TokenShelf]:
    if request.param == "fake":
        yield FakeTokenShelf()
        return
    engine = open_database(make_database(request.param))
    yield store_of(engine)
    engine.dispose()


class TestTheShelf:
    def test_one_has_the_turn_and_puts_what_all_find(self, shelf: TokenShelf) -> None:
        assert shelf.look() is None
        assert shelf.take_turn("a", NINE, NINE + LEASE) and not shelf.take_turn("b", NINE, NINE + LEASE)
        shelf.end_turn("a", ONE)
        assert shelf.look() == ONE
        assert shelf.take_turn("b", NINE, NINE + LEASE)
        shelf.end_turn("b", None)
        assert shelf.look() == ONE

    def test_a_turn_that_took_too_long_is_anothers_and_keeps_nothing(self, shelf: TokenShelf) -> None:
        shelf.take_turn("a", NINE, NINE + LEASE)
        assert shelf.take_turn("b", NINE + LEASE, NINE + 2 * LEASE)
        shelf.end_turn("a", ONE)
        assert shelf.look() is None
        assert not shelf.take_turn("c", NINE + LEASE, NINE + 2 * LEASE)


class TestWhatIsKept:
    def test_it_is_sealed_and_of_its_account_alone(self, engine: Database) -> None:
        store_of(engine).take_turn("a", NINE, NINE + LEASE)
        store_of(engine).end_turn("a", Token("plain-to-see", NINE))
        with engine.begin() as transaction:
            rows = str(transaction.execute(sa.text("SELECT * FROM wechat_tokens")).all())
        assert APP in rows and "plain-to-see" not in rows
        assert store_of(engine, "wx2").look() is None
        assert store_of(engine, secret="another").look() is None


class WeChat:
    """Gives tokens, and counts."""

    def __init__(self, clock: FixedClock, fault: Refused | None = None) -> None:
        self.clock, self.fault = clock, fault
        self.asked: list[bool] = []
        self.number = 1

    async def ask(self, anew: bool) -> Token:
        self.asked.append(anew)
        await asyncio.sleep(0.05)
        if self.fault:
            raise self.fault
        self.number += anew
        return Token(f"token {self.number}", self.clock() + GOOD_FOR)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NINE)


@pytest.fixture
def wechat(clock: FixedClock) -> WeChat:
    return WeChat(clock)


class TestNodes:
    async def test_two_nodes_with_one_store_make_one_call(
        self, another_node: OpenAgain, clock: FixedClock, wechat: WeChat
    ) -> None:
        nodes = [Tokens(wechat.ask, store_of(another_node()), clock) for _ in range(2)]
        found = await asyncio.gather(*(node.current() for node in nodes * 5))
        assert wechat.asked == [False] and len({token.value for token in found}) == 1

    async def test_two_nodes_whose_token_is_refused_ask_once_for_another(
        self, another_node: OpenAgain, clock: FixedClock, wechat: WeChat
    ) -> None:
        nodes = [Tokens(wechat.ask, store_of(another_node()), clock) for _ in range(2)]
        old = [await node.current() for node in nodes]
        wechat.asked.clear()
        new = await asyncio.gather(*(node.instead_of(token) for node, token in zip(nodes, old, strict=True)))
        assert wechat.asked == [False, True] and {token.value for token in new} == {"token 2"}

    async def test_whoever_dies_over_it_is_followed_by_another(self, clock: FixedClock, wechat: WeChat) -> None:
        shelf = FakeTokenShelf()
        shelf.take_turn("of one that died", NINE, NINE + LEASE)
        waiting = asyncio.create_task(Tokens(wechat.ask, shelf, clock).current())
        await asyncio.sleep(0.2)
        assert wechat.asked == []
        clock.at += LEASE
        assert (await waiting).value == "token 1"


class TestInTime:
    async def test_it_is_renewed_five_minutes_early_and_not_before(self, clock: FixedClock, wechat: WeChat) -> None:
        tokens = Tokens(wechat.ask, FakeTokenShelf(), clock)
        await tokens.current()
        clock.at = NINE + GOOD_FOR - RENEWED_BEFORE - timedelta(seconds=1)
        await tokens.current()
        assert len(wechat.asked) == 1
        clock.at += timedelta(seconds=1)
        assert (await tokens.current()).good_until == clock.at + GOOD_FOR
        assert len(wechat.asked) == 2

    async def test_the_old_one_serves_while_another_renews_it(self, clock: FixedClock, wechat: WeChat) -> None:
        shelf = FakeTokenShelf()
        tokens = Tokens(wechat.ask, shelf, clock)
        old = await tokens.current()
        clock.at = NINE + GOOD_FOR - RENEWED_BEFORE
        shelf.take_turn("another", clock.at, clock.at + LEASE)
        assert await tokens.current() == old and len(wechat.asked) == 1

    async def test_the_old_one_serves_to_its_end_when_wechat_gives_no_other(
        self, clock: FixedClock, wechat: WeChat
    ) -> None:
        seconds = [0.0]
        tokens = Tokens(wechat.ask, FakeTokenShelf(), clock, lambda: seconds[0])
        old = await tokens.current()
        clock.at, wechat.fault = NINE + GOOD_FOR - RENEWED_BEFORE, Refused(-1)
        assert [await tokens.current() for _ in range(3)] == [old] * 3
        assert len(wechat.asked) == 2, "nor is it asked again at once"
        clock.at = NINE + GOOD_FOR
        with pytest.raises(Refused):
            await tokens.current()
        seconds[0], wechat.fault = PAUSE_SECONDS, None
        assert (await tokens.current()).good_until == clock.at + GOOD_FOR


class LostShelf(FakeTokenShelf):
    def look(self) -> Token | None:
        raise OutOfReach


async def test_without_a_database_each_node_asks_for_itself(clock: FixedClock, wechat: WeChat) -> None:
    tokens = Tokens(wechat.ask, LostShelf(), clock)
    assert [(await tokens.current()).value for _ in range(3)] == ["token 1"] * 3
    assert wechat.asked == [False]


def test_no_trace_shows_a_token() -> None:
    assert "one" not in repr(ONE) and datetime.__name__ not in repr(ONE)
