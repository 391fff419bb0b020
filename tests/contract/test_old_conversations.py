"""Conversations of version 0.1 are carried over into the one order of who spoke, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from server.storage.conversation_store import ConversationStore
from server.storage.engine import MIGRATIONS, Database, writing
from service_hall.conversation.context import Context
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.shared.ids import AnswerId, VisitorId
from tests.contract.sample_visits import NINE
from tests.contract.test_conversation_records import turn

ME, OTHER = VisitorId("v_me"), VisitorId("v_other")
UTC_NINE = datetime(2026, 6, 1, 1, 0)
HELLO = {"type": "text", "text": "您好。"}
CALLED = {"type": "text", "text": "请到1号窗口。"}


def move(engine: Database, way: Callable[[Config, str], None], to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine).connect() as connection:
        config.attributes["connection"] = connection
        way(config, to)
        connection.commit()


def add(engine: Database, table: str, **row: object) -> None:
    columns = [sa.column(name, sa.DateTime() if isinstance(value, datetime) else None) for name, value in row.items()]
    with writing(engine).begin() as transaction:
        transaction.execute(sa.insert(sa.table(table, *columns)).values(row))


@pytest.fixture
def old(empty_engine: Database) -> Database:
    """As version 0.1 left it: two turns, an answer that can still be judged, and pushes with gaps between them."""
    move(empty_engine, command.upgrade, "0007")
    for visitor in (ME, OTHER):
        add(
            empty_engine,
            "conversations",
            visitor_id=visitor,
            began_at=UTC_NINE,
            last_turn_at=UTC_NINE,
            context='{"guide_id": "dog-register"}',
        )
    for number, (visitor, minutes) in enumerate(((ME, 0), (ME, 2), (OTHER, 1))):
        add(
            empty_engine,
            "turns",
            message_id=f"m_{number}",
            visitor_id=visitor,
            received_at=UTC_NINE + timedelta(minutes=minutes),
            said=f"第{number}句 😀",
            outcome="answered",
            replies=json.dumps([HELLO, HELLO] if number == 0 else []),
            took_ms=1500,
        )
    add(empty_engine, "answers", answer_id="a_1", message_id="m_0", guide_id="dog-register", aspect="fee")
    for push_id, visitor, minutes in ((3, ME, 1), (7, OTHER, 2), (900, ME, 3)):
        add(
            empty_engine,
            "pushed_replies",
            push_id=push_id,
            visitor_id=visitor,
            pushed_at=UTC_NINE + timedelta(minutes=minutes),
            reply=json.dumps(CALLED),
            notice_id=f"n_{push_id}",
        )
    move(empty_engine, command.upgrade, "head")
    return empty_engine


def texts(store: ConversationStore, visitor: VisitorId) -> list[str]:
    return [each.said or (each.reply.text if each.reply else "") for each in store.conversation_of(visitor)]


def test_they_are_whole_and_in_the_order_of_their_moments(old: Database) -> None:
    store = ConversationStore(old)
    assert texts(store, ME) == ["第0句 😀", "您好。", "您好。", "请到1号窗口。", "第1句 😀", "请到1号窗口。"]
    assert texts(store, OTHER) == ["第2句 😀", "请到1号窗口。"]
    first, *_ = store.turns_of(ME)
    assert (first.said, first.replies, first.outcome, first.took_ms, first.reason) == (
        "第0句 😀",
        (TextReply(text="您好。"), TextReply(text="您好。")),
        Outcome.ANSWERED,
        1500,
        "",
    )
    assert store.context_of(ME) == Context(guide_id="dog-register")
    assert store.judge(ME, AnswerId("a_1"), True, "", NINE)


def test_a_stream_goes_on_from_the_number_that_it_had(old: Database) -> None:
    store = ConversationStore(old)
    assert [each.number for each in store.pushed_after(ME, 0)] == [3, 900]
    assert [each.number for each in store.pushed_after(ME, 3)] == [900]
    new = store.push(ME, TextReply(text="请到2号窗口。"), NINE)
    assert new > 900
    assert [each.number for each in store.pushed_after(ME, 900)] == [new]


def test_what_was_told_once_is_not_told_again(old: Database) -> None:
    store = ConversationStore(old)
    assert store.push(ME, TextReply(text="请到1号窗口。"), NINE, once="n_900") == 900


def test_the_conversation_goes_on(old: Database) -> None:
    store = ConversationStore(old)
    store.record(turn(ME, minutes=10, said="还有"), Context())
    assert texts(store, ME)[-2:] == ["还有", "好的。"]


def test_the_way_back_keeps_everything_too(old: Database) -> None:
    store = ConversationStore(old)
    before = (store.conversation_of(ME), store.turns_of(ME))
    move(old, command.downgrade, "0007")
    move(old, command.upgrade, "head")
    assert store.turns_of(ME) == before[1]
    assert [(each.who, each.at, each.said, each.reply) for each in store.conversation_of(ME)] == [
        (each.who, each.at, each.said, each.reply) for each in before[0]
    ]
