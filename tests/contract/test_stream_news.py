"""What was pushed to whom, on every kind of storage; and on PostgreSQL what two nodes push at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from channels.web import stream_hub
from channels.web.stream_hub import StreamHub
from server.storage.conversation_store import ConversationStore
from server.storage.engine import Database, open_database, writing
from server.storage.forgotten_store import ForgottenVisitors
from server.storage.schema import utterances
from service_hall.conversation.records import ConversationRecords, News
from service_hall.conversation.reply import TextReply
from service_hall.shared.errors import VisitorForgotten
from service_hall.shared.ids import new_visitor_id
from tests.contract.conftest import DATABASES, MakeDatabase, OpenAgain
from tests.contract.sample_visits import NINE
from tests.fake_records import FakeRecords

HELLO = TextReply(text="请到1号窗口。")


@pytest.fixture(params=["fake", *DATABASES])
def records(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[ConversationRecords]:
    if request.param == "fake":
        yield FakeRecords()
        return
    engine = open_database(make_database(request.param))
    yield ConversationStore(engine)
    engine.dispose()


def test_without_any_there_is_no_news(records: ConversationRecords) -> None:
    assert records.newest() == 0
    assert records.news_after(0) == []
    assert records.news_after(0, [1, 2]) == []


def test_news_of_all_come_in_order_after_a_number_and_those_awaited(records: ConversationRecords) -> None:
    visitors = [new_visitor_id() for _ in range(4)]
    news = [News(records.push(visitor, HELLO, NINE), visitor, is_pushed=True) for visitor in visitors]
    assert records.newest() == news[-1].number
    assert records.news_after(0) == news
    assert records.news_after(news[1].number) == news[2:]
    assert records.news_after(news[2].number, [news[0].number, 10**6]) == [news[0], news[3]]
    assert records.news_after(0, limit=2) == news[:2]


async def test_two_hundred_streams_ask_the_database_as_often_as_one(
    engine: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_hub, "LOOK_SECONDS", 3600)
    hub = StreamHub(ConversationStore(engine), ForgottenVisitors(engine))
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    counted = []
    for streams in (1, 199):
        for _ in range(streams):
            await hub.join(new_visitor_id())
        asked.clear()
        for _ in range(5):
            await hub.look()
        counted.append(len(asked))
    assert counted[0] == counted[1] > 0


async def test_whom_another_node_forgets_has_a_stream_until_the_next_look_and_none_after(
    engine: Database, another_node: OpenAgain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_hub, "LOOK_SECONDS", 3600)
    hub, one, other = (
        StreamHub(ConversationStore(engine), ForgottenVisitors(engine)),
        new_visitor_id(),
        new_visitor_id(),
    )
    bells = [await hub.join(visitor_id) for visitor_id in (one, other)]
    ForgottenVisitors(another_node()).add(one, NINE)
    await hub.look()
    assert [bell.is_over for bell in bells] == [True, False]
    assert not await bells[0].rings()
    late = new_visitor_id()
    ForgottenVisitors(another_node()).add(late, NINE)
    with pytest.raises(VisitorForgotten):
        await hub.join(late)


@pytest.mark.postgres
class TestTwoNodes:
    @pytest.fixture
    def url(self, make_database: MakeDatabase) -> str:
        return make_database("postgresql")

    async def test_what_one_commits_after_the_other_has_pushed_is_heard(
        self, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stream_hub, "LOOK_SECONDS", 3600)
        here, elsewhere = open_database(url), open_database(url)
        slow, quick = new_visitor_id(), new_visitor_id()
        hub = StreamHub(ConversationStore(here), ForgottenVisitors(here))
        slow_bell, quick_bell = await hub.join(slow), await hub.join(quick)
        under_way = sa.insert(utterances).values(
            visitor_id=slow, who="notice", door="web", at=NINE, reply=HELLO.model_dump()
        )
        with writing(elsewhere).begin() as transaction:
            transaction.execute(under_way)
            ConversationStore(here).push(quick, HELLO, NINE)
            await hub.look()
            assert (slow_bell.is_set(), quick_bell.is_set()) == (False, True)
        await hub.look()
        assert slow_bell.is_set()
        for engine in (here, elsewhere):
            engine.dispose()

    async def test_of_a_hundred_pushed_at_once_none_is_missed(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stream_hub, "LOOK_SECONDS", 3600)
        nodes = [open_database(url) for _ in range(2)]
        hub = StreamHub(ConversationStore(nodes[0]), ForgottenVisitors(nodes[0]))
        visitors = [new_visitor_id() for _ in range(100)]
        bells = [await hub.join(visitor) for visitor in visitors]
        together = threading.Barrier(4)

        def push(node: int) -> None:
            records = ConversationStore(nodes[node % 2])
            together.wait()
            for visitor in visitors[node::4]:
                records.push(visitor, HELLO, NINE)

        with ThreadPoolExecutor(4) as pool:
            pushing = [pool.submit(push, node) for node in range(4)]
            while not all(each.done() for each in pushing):
                await hub.look()
        await hub.look()
        assert [bell.is_set() for bell in bells] == [True] * 100
        for each in (*pushing,):
            each.result()
        for engine in nodes:
            engine.dispose()
