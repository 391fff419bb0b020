"""Standing orders: in memory, and on both databases, where another node hears of them and the book of deeds does too."""

from __future__ import annotations

import pytest

from server.storage.audit_store import AuditStore
from server.storage.engine import open_database
from server.storage.order_store import OrderStore
from service_hall.orders import EmergencyNotice, OrderBook, Orders, OrdersInMemory
from service_hall.staff.audit import Entry, Wanted
from tests.contract.conftest import DATABASES, OpenAgain
from tests.fakes import FixedClock

NOW = FixedClock()()
NOTICE = EmergencyNotice("n1", "今天停电，请改天再来。", NOW, "王主任")
OTHER = EmergencyNotice("n2", "已经来电。", NOW, "李静")


def entry(what: str = "notice.set") -> Entry:
    return Entry("王主任", what, "notice", "n1", NOW)


@pytest.fixture(params=["memory", *DATABASES])
def orders(request: pytest.FixtureRequest) -> OrderBook:
    if request.param == "memory":
        return OrdersInMemory()
    engine = open_database(request.getfixturevalue("make_database")(request.param))
    request.addfinalizer(engine.dispose)
    return OrderStore(engine)


def test_nothing_is_ordered_at_first(orders: OrderBook) -> None:
    assert orders.now() == Orders()


def test_a_notice_stands_until_another_takes_its_place_or_it_is_taken_down(orders: OrderBook) -> None:
    orders.put_up(NOTICE, entry())
    assert orders.now() == Orders(NOTICE)
    orders.put_up(OTHER, entry())
    orders.set_search_only(True, entry("search_only.on"))
    orders.set_search_only(True, entry("search_only.on"))
    assert orders.now() == Orders(OTHER, is_search_only=True)
    orders.take_down(entry("notice.end"))
    assert orders.now() == Orders(is_search_only=True)
    orders.set_search_only(False, entry("search_only.off"))
    assert orders.now() == Orders()


def test_another_node_hears_of_it_and_every_order_is_noted(another_node: OpenAgain) -> None:
    here, there = OrderStore(another_node()), OrderStore(another_node())
    here.put_up(NOTICE, entry())
    assert there.now() == Orders()
    there.refresh()
    assert there.now() == Orders(NOTICE) == OrderStore(another_node()).now()
    there.set_search_only(True, entry("search_only.on"))
    here.refresh()
    assert here.now() == Orders(NOTICE, is_search_only=True)
    noted = AuditStore(another_node()).lines(Wanted())
    assert [line.entry.what for line in noted] == ["search_only.on", "notice.set"]
