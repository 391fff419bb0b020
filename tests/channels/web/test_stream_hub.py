"""One look for all streams: counted, and complete though numbers turn up out of order."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import pytest

from channels.web import stream_hub
from channels.web.stream_hub import AWAITED_SECONDS, MOST_AWAITED, Numbers, StreamHub
from service_hall.conversation.context import Context
from service_hall.conversation.records import News, RecordedTurn
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.shared.errors import OutOfReach, VisitorForgotten
from service_hall.shared.ids import VisitorId, new_message_id, new_visitor_id
from tests.fake_records import FakeRecords
from tests.fakes import FixedClock


class TestNumbers:
    def test_without_gaps_nothing_is_awaited(self) -> None:
        numbers = Numbers([1, 2, 3], now=0)
        numbers.take([4, 5], now=1)
        assert (numbers.newest, list(numbers.awaited)) == (5, [])

    def test_what_was_left_out_is_awaited_until_it_comes(self) -> None:
        numbers = Numbers([], now=0)
        numbers.take([2, 5], now=1)
        assert list(numbers.awaited) == [1, 3, 4]
        numbers.take([3], now=2)
        assert (numbers.newest, list(numbers.awaited)) == (5, [1, 4])

    def test_what_was_under_way_at_the_first_look_is_awaited_too(self) -> None:
        assert list(Numbers([7, 9], now=0).awaited) == [1, 2, 3, 4, 5, 6, 8]
        assert min(Numbers([10_000], now=0).awaited) > 9_000

    def test_what_can_no_longer_come_is_given_up(self) -> None:
        numbers = Numbers([], now=0)
        numbers.take([2], now=0)
        numbers.take([4], now=AWAITED_SECONDS - 1)
        assert list(numbers.awaited) == [1, 3]
        numbers.take([], now=AWAITED_SECONDS)
        assert list(numbers.awaited) == [3]

    def test_a_leap_is_not_filled_without_bounds(self) -> None:
        numbers = Numbers([1], now=0)
        numbers.take([10_000_000], now=1)
        assert len(numbers.awaited) <= MOST_AWAITED
        numbers.take([20_000_000], now=2)
        assert len(numbers.awaited) <= MOST_AWAITED


class Records(FakeRecords):
    """Counts the looks, and may hide a number that is not committed yet."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0
        self.hidden: set[int] = set()
        self.is_away = False

    def news_after(self, number: int, awaited: Collection[int] = (), limit: int = 1000) -> list[News]:
        self.looks += 1
        if self.is_away:
            raise OutOfReach
        return [each for each in super().news_after(number, awaited, limit) if each.number not in self.hidden]

    def tell(self, visitor: VisitorId) -> int:
        return self.push(visitor, TextReply(text="请到1号窗口。"), FixedClock()())


@pytest.fixture
def records() -> Records:
    return Records()


@pytest.fixture
def hub(records: Records, monkeypatch: pytest.MonkeyPatch) -> StreamHub:
    """Looks when it is told to."""
    monkeypatch.setattr(stream_hub, "LOOK_SECONDS", 3600)
    return StreamHub(records, records.forgotten_visitors)


async def test_a_thousand_streams_are_one_look(hub: StreamHub, records: Records) -> None:
    visitors = [new_visitor_id() for _ in range(1000)]
    bells = {visitor: await hub.join(visitor) for visitor in visitors}
    records.looks = 0
    records.tell(visitors[7])
    await hub.look()
    assert records.looks == 1
    assert [visitor for visitor, bell in bells.items() if bell.is_set()] == [visitors[7]]


async def test_all_windows_of_whoever_is_forgotten_here_end_at_once(hub: StreamHub, records: Records) -> None:
    one, other = new_visitor_id(), new_visitor_id()
    bells = [await hub.join(visitor) for visitor in (one, one, other)]
    records.forgotten_visitors.add(one)
    records.looks = 0
    hub.end_forgotten()
    assert [bell.is_over for bell in bells] == [True, True, False] and records.looks == 0
    assert [await bell.rings() for bell in bells[:2]] == [False, False]


async def test_the_forgotten_join_no_more_and_nothing_is_left_behind(hub: StreamHub, records: Records) -> None:
    visitor = new_visitor_id()
    records.forgotten_visitors.add(visitor)
    with pytest.raises(VisitorForgotten):
        await hub.join(visitor)
    assert not hub._bells


async def test_what_was_asked_and_answered_rings_nobody_and_leaves_no_gap(hub: StreamHub, records: Records) -> None:
    visitor = new_visitor_id()
    bell = await hub.join(visitor)
    said = RecordedTurn(
        new_message_id(), visitor, FixedClock()(), "你好", Outcome.ANSWERED, (TextReply(text="您好。"),), took_ms=1
    )
    records.record(said, Context())
    await hub.look()
    assert not bell.is_set()
    records.tell(visitor)
    await hub.look()
    assert bell.is_set()


async def test_all_windows_of_a_visitor_are_rung(hub: StreamHub, records: Records) -> None:
    visitor = new_visitor_id()
    bells = [await hub.join(visitor) for _ in range(3)]
    records.tell(visitor)
    await hub.look()
    assert all(bell.is_set() for bell in bells)


async def test_a_number_that_turns_up_after_a_higher_one_is_not_lost(hub: StreamHub, records: Records) -> None:
    slow, quick = new_visitor_id(), new_visitor_id()
    slow_bell, quick_bell = await hub.join(slow), await hub.join(quick)
    records.hidden = {records.tell(slow)}  # written on another node, not committed yet
    records.tell(quick)
    await hub.look()
    assert (slow_bell.is_set(), quick_bell.is_set()) == (False, True)
    records.hidden = set()
    quick_bell.clear()
    await hub.look()
    assert (slow_bell.is_set(), quick_bell.is_set()) == (True, False)


async def test_more_news_than_a_look_holds_are_fetched_at_once(hub: StreamHub, records: Records) -> None:
    last = new_visitor_id()
    bell = await hub.join(last)
    for _ in range(MOST_AWAITED):
        records.tell(new_visitor_id())
    records.tell(last)
    await hub.look()
    assert bell.is_set()


async def test_whoever_has_left_is_not_kept_in_mind(hub: StreamHub, records: Records) -> None:
    visitor = new_visitor_id()
    bell = await hub.join(visitor)
    hub.leave(visitor, bell)
    records.tell(visitor)
    await hub.look()
    assert not bell.is_set()
    assert not hub._bells


async def test_without_a_database_nobody_joins_and_nothing_is_left_behind(hub: StreamHub, records: Records) -> None:
    records.is_away = True
    visitor = new_visitor_id()
    with pytest.raises(OutOfReach):
        await hub.join(visitor)
    assert not hub._bells
    records.is_away = False
    bell = await hub.join(visitor)
    records.tell(visitor)
    await hub.look()
    assert bell.is_set()


async def test_looking_ends_with_the_last_stream_and_begins_with_the_next(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_hub, "LOOK_SECONDS", 0)
    hub, visitor = StreamHub(records, records.forgotten_visitors), new_visitor_id()
    bell = await hub.join(visitor)
    hub.leave(visitor, bell)
    looking = hub._looking
    assert looking
    await looking
    records.tell(visitor)
    again = await hub.join(visitor)
    assert hub._looking is not looking
    records.tell(visitor)
    async with asyncio.timeout(10):
        await again.wait()
    hub.leave(visitor, again)
