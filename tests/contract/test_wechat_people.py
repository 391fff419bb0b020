"""One suite for every implementation of `channels.wechat.people`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest

from channels.wechat.api.parts import OpenId
from channels.wechat.people import WINDOW, Contact, People
from server.storage.engine import open_database
from server.storage.forgotten_store import ForgottenVisitors
from server.storage.wechat_people import PeopleStore
from service_hall.shared.ids import VisitorId, new_visitor_id
from tests.contract.conftest import DATABASES, MakeDatabase, OpenAgain
from tests.contract.sample_visits import NINE
from tests.fake_wechat import FakePeople

LI, WANG = OpenId("openid-of-li"), OpenId("openid-of-wang")


@dataclass
class Account:
    people: People
    forget: Callable[[VisitorId], object]


@pytest.fixture(params=["fake", *DATABASES])
def account(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[Account]:
    if request.param == "fake":
        people = FakePeople()
        yield Account(people, people.forgotten.add)
        return
    engine = open_database(make_database(request.param))
    forgotten = ForgottenVisitors(engine)
    yield Account(PeopleStore(engine, forgotten), lambda visitor_id: forgotten.add(visitor_id, NINE))
    engine.dispose()


def test_each_openid_is_one_visitor(account: Account) -> None:
    li, wang = (account.people.visitor_of(openid, NINE) for openid in (LI, WANG))
    assert li != wang and account.people.visitor_of(LI, NINE) == li
    assert account.people.contact_of(li) == Contact(LI, li, follows=True, wrote_at=None)
    assert account.people.contact_of(new_visitor_id()) is None


def test_whoever_was_forgotten_is_somebody_new(account: Account) -> None:
    before = account.people.visitor_of(LI, NINE)
    account.forget(before)
    after = account.people.visitor_of(LI, NINE)
    assert after != before and account.people.visitor_of(LI, NINE) == after
    assert account.people.contact_of(before) is None


def test_the_window_is_open_for_two_days_after_she_wrote(account: Account) -> None:
    li = account.people.visitor_of(LI, NINE)
    account.people.wrote(LI, NINE)
    contact = account.people.contact_of(li)
    assert contact and contact.wrote_at == NINE
    assert contact.is_in_window(NINE + WINDOW - timedelta(seconds=1)) and not contact.is_in_window(NINE + WINDOW)


def test_whoever_unfollows_is_back_when_she_is_heard_of(account: Account) -> None:
    li = account.people.visitor_of(LI, NINE)
    account.people.unfollowed(LI)
    contact = account.people.contact_of(li)
    assert contact and not contact.follows
    account.people.wrote(LI, NINE)
    contact = account.people.contact_of(li)
    assert contact and contact.follows
    account.people.unfollowed(WANG)  # of whom nobody has heard


def test_who_left_long_ago_is_not_known_any_more(account: Account) -> None:
    left, follows, back = OpenId("left"), OpenId("follows"), OpenId("back")
    for openid in (left, follows, back):
        account.people.visitor_of(openid, NINE)
    account.people.unfollowed(left)
    account.people.unfollowed(back)
    account.people.wrote(back, NINE)
    account.people.unfollowed(back)
    assert account.people.drop(NINE) == 0
    account.people.wrote(back, NINE + timedelta(days=1))
    account.people.unfollowed(back)
    assert account.people.drop(NINE + timedelta(days=1)) == 1


def test_nodes_that_meet_somebody_at_once_know_one_visitor(another_node: OpenAgain) -> None:
    stores = [PeopleStore(another_node()) for _ in range(3)]
    together = threading.Barrier(6)

    def meet(number: int) -> VisitorId:
        together.wait()
        return stores[number % 3].visitor_of(LI, NINE)

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(meet, range(6)))) == 1
