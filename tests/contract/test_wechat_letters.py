"""One suite for every implementation of what goes out over WeChat, and of who agreed to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest

from channels.wechat.api.parts import OpenId
from channels.wechat.outgoing.consents import LASTING, Consents
from channels.wechat.outgoing.letters import Letter, Letters, State
from server.storage.engine import Database, open_database
from server.storage.forgotten_store import ForgottenVisitors
from server.storage.wechat_letters import ConsentStore, LetterStore
from server.storage.wechat_people import PeopleStore
from service_hall.shared.errors import VisitorForgotten
from service_hall.shared.ids import VisitorId
from service_hall.visits.notices import NoticeId
from tests.contract.conftest import DATABASES, MakeDatabase, OpenAgain
from tests.contract.sample_visits import NINE
from tests.fake_wechat import FakeConsents, FakeLetters

LI, WANG = OpenId("openid-of-li"), OpenId("openid-of-wang")
A_MINUTE = timedelta(minutes=1)


def letter(number: int = 1, visitor: str = "v_1", office: str = "hall") -> Letter:
    at = NINE + timedelta(seconds=number)
    return Letter(NoticeId(f"n_{number}"), VisitorId(visitor), office, "day_before", at, at)


@dataclass
class Post:
    letters: Letters
    forget: Callable[[VisitorId], object]

    def due(self, minutes: float = 1) -> list[NoticeId]:
        return [each.notice_id for each in self.letters.due(NINE + minutes * A_MINUTE, 10)]


@pytest.fixture(params=["fake", *DATABASES])
def post(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[Post]:
    if request.param == "fake":
        fake = FakeLetters()
        yield Post(fake, fake.forget)
        return
    engine = open_database(make_database(request.param))
    forgotten = ForgottenVisitors(engine)
    yield Post(LetterStore(engine), lambda visitor_id: forgotten.add(visitor_id, NINE))
    engine.dispose()


@pytest.fixture(params=["fake", *DATABASES])
def consents(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[Consents]:
    if request.param == "fake":
        yield FakeConsents()
        return
    engine = open_database(make_database(request.param))
    yield ConsentStore(engine)
    engine.dispose()


class TestLetters:
    def test_each_is_posted_once_and_the_oldest_goes_first(self, post: Post) -> None:
        for each in (letter(2), letter(1), letter(1, visitor="v_2")):
            post.letters.post(each)
        assert post.due() == ["n_1", "n_2"] and post.due(minutes=0) == []
        assert post.letters.due(NINE + A_MINUTE, 1) == [letter(1)]

    def test_one_node_has_it_until_its_time_is_over(self, post: Post) -> None:
        post.letters.post(letter())
        assert post.letters.claim(letter(), NINE + 3 * A_MINUTE)
        assert not post.letters.claim(letter(), NINE + 3 * A_MINUTE)
        assert post.due() == []
        [again] = post.letters.due(NINE + 3 * A_MINUTE, 10)
        assert again.tries == 1 and post.letters.claim(again, NINE + 5 * A_MINUTE)

    def test_what_is_put_off_comes_again(self, post: Post) -> None:
        post.letters.post(letter())
        post.letters.claim(letter(), NINE + 3 * A_MINUTE)
        post.letters.put_off(letter().notice_id, NINE + 2 * A_MINUTE, 45009)
        assert post.due(1.9) == []
        [again] = post.letters.due(NINE + 2 * A_MINUTE, 10)
        assert (again.tries, again.code) == (1, 45009)

    @pytest.mark.parametrize("state", [State.KEPT, State.DEAD])
    def test_what_did_not_reach_her_is_open_until_it_is_told_once(self, post: Post, state: State) -> None:
        for each in (letter(2), letter(1), letter(3, visitor="v_2", office="other")):
            post.letters.post(each)
            assert post.letters.settle(each.notice_id, state, NINE, 45015)
        assert [each.notice_id for each in post.letters.open_for(VisitorId("v_1"))] == ["n_1", "n_2"]
        assert [each.notice_id for each in post.letters.open_at("other")] == ["n_3"]
        assert post.letters.open_at("other")[0].state is state and post.due() == []
        assert post.letters.settle(NoticeId("n_1"), State.TOLD, NINE)
        assert not post.letters.settle(NoticeId("n_1"), State.TOLD, NINE)
        assert not post.letters.settle(NoticeId("n_2"), State.DEAD, NINE), "it is open already"
        assert not post.letters.settle(NoticeId("n_9"), State.TOLD, NINE)
        assert [each.notice_id for each in post.letters.open_for(VisitorId("v_1"))] == ["n_2"]

    def test_what_was_sent_and_did_not_arrive_is_known_by_its_receipt_the_last_one_first(self, post: Post) -> None:
        for number in (1, 2, 3):
            post.letters.post(letter(number))
            receipt = "t1" if number < 3 else "t" * 100
            assert post.letters.settle(NoticeId(f"n_{number}"), State.SENT, NINE + number * A_MINUTE, receipt=receipt)
        li = VisitorId("v_1")
        assert not post.letters.reported(VisitorId("v_2"), ["t1"], State.DEAD, NINE)
        assert not post.letters.reported(li, ["", "t2"], State.DEAD, NINE)
        assert post.letters.reported(li, ["", "t1"], State.DEAD, NINE, 43101)
        [opened] = post.letters.open_for(li)
        assert (opened.notice_id, opened.state, opened.code) == ("n_2", State.DEAD, 43101)
        assert post.letters.reported(li, ["t1"], State.KEPT, NINE)
        assert not post.letters.reported(li, ["t1"], State.KEPT, NINE)
        assert post.letters.reported(li, ["t" * 100], State.KEPT, NINE)

    def test_they_are_counted_and_dropped_when_they_are_old(self, post: Post) -> None:
        for number in (1, 2, 3):
            post.letters.post(letter(number))
        post.letters.settle(NoticeId("n_1"), State.SENT, NINE)
        assert post.letters.counts() == dict.fromkeys(State, 0) | {State.SENT: 1, State.WAITING: 2}
        assert post.letters.drop(letter(2).posted_at) == 1 and post.due() == ["n_2", "n_3"]

    def test_of_the_forgotten_nothing_is_left_and_nothing_is_posted(self, post: Post) -> None:
        post.letters.post(letter(1))
        post.letters.post(letter(2, visitor="v_2"))
        post.forget(VisitorId("v_1"))
        assert post.due() == ["n_2"]
        with pytest.raises(VisitorForgotten):
            post.letters.post(letter(3))


class TestConsents:
    def test_each_is_good_for_one_message(self, consents: Consents) -> None:
        assert not consents.use(LI, "t1")
        consents.given(LI, "t1", 1, NINE)
        consents.given(LI, "t1", 1, NINE)
        assert [consents.use(LI, "t1") for _ in range(3)] == [True, True, False]
        assert not consents.use(WANG, "t1") and not consents.use(LI, "t2")

    def test_what_was_not_sent_counts_again(self, consents: Consents) -> None:
        consents.given(LI, "t1", 1, NINE)
        consents.use(LI, "t1")
        consents.give_back(LI, "t1")
        assert consents.use(LI, "t1") and not consents.use(LI, "t1")

    def test_a_lasting_one_is_never_used_up(self, consents: Consents) -> None:
        consents.given(LI, "t1", 1, NINE)
        consents.given(LI, "t1", LASTING, NINE)
        consents.given(LI, "t1", 1, NINE)
        assert all(consents.use(LI, "t1") for _ in range(5))
        consents.give_back(LI, "t1")
        assert consents.use(LI, "t1")

    def test_what_is_taken_back_is_gone(self, consents: Consents) -> None:
        consents.given(LI, "t1", LASTING, NINE)
        consents.withdrawn(LI, "t1")
        assert not consents.use(LI, "t1")
        consents.give_back(LI, "t1")
        assert not consents.use(LI, "t1")


def test_of_many_nodes_at_once_one_sends_it(another_node: OpenAgain) -> None:
    stores = [LetterStore(another_node()) for _ in range(3)]
    stores[0].post(letter())
    together = threading.Barrier(6)

    def claim(number: int) -> bool:
        together.wait()
        return stores[number % 3].claim(letter(), NINE + A_MINUTE)

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(claim, range(6))).count(True) == 1


def test_of_one_consent_two_nodes_send_one_message(another_node: OpenAgain) -> None:
    stores = [ConsentStore(another_node()) for _ in range(2)]
    stores[0].given(LI, "t1", 1, NINE)
    together = threading.Barrier(4)

    def use(number: int) -> bool:
        together.wait()
        return stores[number % 2].use(LI, "t1")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(use, range(4))).count(True) == 1


def test_the_consent_of_the_forgotten_goes_with_her(engine: Database) -> None:
    people, consents = PeopleStore(engine), ConsentStore(engine)
    consents.given(LI, "t1", LASTING, NINE)
    ForgottenVisitors(engine).add(people.visitor_of(LI, NINE), NINE)
    assert not consents.use(LI, "t1")
