"""What ends or hangs is started again, whatever stands in the way; a set clock, and children that only seem to be."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from server.processes import START_SECONDS, Child
from server.supervisor import GRACE_SECONDS, MOST_MISSES, WAITS_SECONDS, Post, Supervisor
from tests.stand_ins import FakeSeconds


class FakeChild(Child):
    """Runs and answers as it is told."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.runs = self.answers = True
        self.ended_after: float | None = None
        self.was_asked_where_it_is = False

    @property
    def is_running(self) -> bool:
        return self.runs

    def say_where_it_is(self) -> None:
        assert self.runs
        self.was_asked_where_it_is = True

    def end(self, grace_s: float) -> None:
        self.runs, self.ended_after = False, grace_s


class FakePost:
    def __init__(self, name: str) -> None:
        self.name = name
        self.children: list[FakeChild] = []
        self.is_free = True
        self.next_ones: dict[str, Any] = {}
        self.start_fault: OSError | None = None

    @property
    def newest(self) -> FakeChild:
        return self.children[-1]

    def start(self) -> FakeChild:
        if self.start_fault:
            raise self.start_fault
        child = FakeChild(len(self.children))
        for attribute, value in self.next_ones.items():
            setattr(child, attribute, value)
        self.children.append(child)
        return child

    def as_post(self) -> Post:
        return Post(self.name, self.start, lambda: self.newest.answers, lambda: self.is_free, Path(f"{self.name}.log"))


class Watch:
    """A supervisor with its clock, both posts manned and well."""

    def __init__(self, looks: ThreadPoolExecutor) -> None:
        self.rasa, self.service = FakePost("Rasa"), FakePost("The service")
        self.seconds = FakeSeconds()
        self.told: list[str] = []
        posts = [self.rasa.as_post(), self.service.as_post()]
        self.supervisor = Supervisor(posts, self.told.append, self.seconds)
        self.supervisor.start()
        self._looks = looks
        self.rounds(3)
        assert self.told == []

    def rounds(self, count: int = 1) -> None:
        for _ in range(count):
            self.seconds.at += 1.0
            self.supervisor.tend(self._looks)

    def round_after(self, seconds: float) -> None:
        self.seconds.at += seconds
        self.supervisor.tend(self._looks)


@pytest.fixture
def watch() -> Iterator[Watch]:
    with ThreadPoolExecutor(2) as looks:
        yield Watch(looks)


@pytest.fixture(params=["rasa", "service"])
def post(request: pytest.FixtureRequest, watch: Watch) -> FakePost:
    found: FakePost = getattr(watch, request.param)
    return found


def test_who_ends_by_itself_is_started_again_at_once(watch: Watch, post: FakePost) -> None:
    post.newest.runs = False
    watch.rounds()
    assert len(post.children) == 2
    assert watch.told == [f"{post.name} ended by itself and is started again; see {post.name}.log"]


def test_who_does_not_answer_several_looks_is_ended_and_started_again(watch: Watch, post: FakePost) -> None:
    hung = post.newest
    hung.answers = False
    watch.rounds(MOST_MISSES - 1)
    assert hung.runs
    watch.rounds()
    assert not hung.runs
    assert (hung.was_asked_where_it_is, hung.ended_after) == (True, GRACE_SECONDS)
    assert len(post.children) == 2
    assert watch.told == [f"{post.name} does not answer and is started again; see {post.name}.log"]


def test_a_look_that_fails_now_and_then_ends_nobody(watch: Watch, post: FakePost) -> None:
    for _ in range(5):
        post.newest.answers = False
        watch.rounds(MOST_MISSES - 1)
        post.newest.answers = True
        watch.rounds()
    assert len(post.children) == 1


def test_the_other_one_is_left_in_peace(watch: Watch, post: FakePost) -> None:
    [other] = [each for each in (watch.rasa, watch.service) if each is not post]
    post.newest.answers = False
    watch.rounds(10)
    assert len(other.children) == 1
    assert other.newest.runs


def test_who_was_started_again_may_take_its_time_to_come_up_and_is_announced(watch: Watch, post: FakePost) -> None:
    post.next_ones = {"answers": False}
    post.newest.runs = False
    watch.rounds(MOST_MISSES * 4)
    assert len(post.children) == 2
    post.newest.answers = True
    watch.rounds()
    assert watch.told[-1] == f"{post.name} answers again after {MOST_MISSES * 4} s"


def test_who_does_not_come_up_is_started_once_more(watch: Watch, post: FakePost) -> None:
    post.next_ones = {"answers": False}
    post.newest.runs = False
    watch.rounds()
    watch.round_after(START_SECONDS + 1)
    assert "did not come up" in watch.told[-1]
    assert not post.newest.runs
    watch.round_after(WAITS_SECONDS[1])
    assert len(post.children) == 3


def test_it_never_gives_up_but_waits_longer_each_time(watch: Watch, post: FakePost) -> None:
    """A database that is down: each start ends by itself."""
    post.next_ones = {"runs": False}
    post.newest.runs = False
    watch.rounds()
    started = []
    for second in range(600):
        before = len(post.children)
        watch.rounds()
        started += [second] * (len(post.children) - before)
    gaps = [after - before for before, after in itertools.pairwise(started)]
    assert gaps == sorted(gaps)
    assert WAITS_SECONDS[-1] <= gaps[-1] <= WAITS_SECONDS[-1] + 2
    post.next_ones = {}
    watch.round_after(WAITS_SECONDS[-1])
    watch.rounds()
    assert "answers again" in watch.told[-1]


def test_who_hangs_again_and_again_does_not_wait_longer_each_time(watch: Watch, post: FakePost) -> None:
    """Whoever makes it hang must not be able to keep it away."""
    for times in range(1, 6):
        post.newest.answers = False
        watch.rounds(MOST_MISSES)
        assert len(post.children) == times + 1
        watch.rounds()


def test_a_port_that_is_still_taken_is_waited_for_and_told_once(watch: Watch, post: FakePost) -> None:
    post.is_free = False
    post.newest.runs = False
    watch.rounds(5)
    assert len(post.children) == 1
    assert watch.told[1:] == [f"{post.name} waits until its port is free"]
    post.is_free = True
    watch.rounds()
    assert len(post.children) == 2


def test_who_cannot_be_started_is_tried_again(watch: Watch, post: FakePost) -> None:
    post.start_fault = OSError(12, "Cannot allocate memory")
    post.newest.runs = False
    watch.rounds(3)
    assert "could not be started (Cannot allocate memory)" in watch.told[-1]
    post.start_fault = None
    watch.rounds(10)
    assert post.newest.runs and len(post.children) == 2


def test_those_at_their_posts_are_known_at_any_time(watch: Watch) -> None:
    assert watch.supervisor.children == [watch.rasa.newest, watch.service.newest]
    watch.service.is_free = False
    watch.service.newest.runs = False
    watch.rounds()
    assert watch.supervisor.children == [watch.rasa.newest]
    watch.service.is_free = True
    watch.rounds()
    assert watch.supervisor.children == [watch.rasa.newest, watch.service.newest]


def test_it_watches_until_it_is_told_to_stop_also_during_a_start(watch: Watch) -> None:
    class Stopped(Exception):
        pass

    waits: list[float] = []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 4:
            raise Stopped

    watch.service.newest.runs = False
    watch.service.next_ones = {"answers": False}
    with pytest.raises(Stopped):
        watch.supervisor.watch(pause)
    assert watch.service.newest in watch.supervisor.children
    assert all(0 < seconds <= 1 for seconds in waits)
