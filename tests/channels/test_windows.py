"""So many in a minute, for each name on its own."""

from __future__ import annotations

from channels.windows import MovingWindow


class Time:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_so_many_are_taken_and_the_next_is_told_when_to_come_back() -> None:
    time = Time()
    window = MovingWindow(2, now=time)
    assert window.take("a") == 0
    time.seconds += 20.5
    assert window.take("a") == 0
    assert window.take("a") == 40
    assert window.take("b") == 0
    time.seconds += 39.5
    assert window.take("a") == 0
    assert window.take("a") == 21


def test_what_was_refused_takes_nothing() -> None:
    time = Time()
    window = MovingWindow(1, now=time)
    assert window.take("a") == 0
    for _ in range(100):
        time.seconds += 0.5
        assert window.take("a") > 0
    time.seconds += 10
    assert window.take("a") == 0


def test_names_that_stay_away_are_forgotten_with_little_work() -> None:
    time = Time()
    window = MovingWindow(3, now=time)
    for number in range(10_000):
        time.seconds += 0.1
        window.take(f"v_{number}")
        assert len(window) <= 601
    time.seconds += 61
    window.take("a")
    assert len(window) == 1


def test_whoever_keeps_coming_is_remembered_behind_those_who_left() -> None:
    time = Time()
    window = MovingWindow(2, now=time)
    window.take("a")
    time.seconds += 30
    window.take("b")
    window.take("a")
    time.seconds += 31
    assert window.take("b") == 0
    assert window.take("a") == 0
    assert window.take("a") > 0
