"""Short answers in English, as the readings of Chinese take them."""

from __future__ import annotations

import pytest

from service_hall.hearing.english import answer_in_figures
from service_hall.hearing.notions import says
from service_hall.hearing.several import place_done


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("two", "2"),
        ("three people", "3"),
        ("the first one", "第1个"),
        ("Option 2", "第2个"),
        ("no. 3", "第3个"),
        ("yesterday", "昨天"),
        ("Nov 20, 2026", "2026年11月20日"),
        ("20 November 2026", "2026年11月20日"),
        ("March 5th", "3月5日"),
    ],
)
def test_what_is_counted_or_dated_is_written_in_figures(said: str, read: str) -> None:
    assert answer_in_figures(said) == read


@pytest.mark.parametrize("said", ["2", "两个", "NFC", "one or two", "two 个", "A", ""])
def test_anything_else_stays(said: str) -> None:
    assert answer_in_figures(said) == said


def test_back_leave_list_and_done_are_heard() -> None:
    assert says("goes_back", "back") and says("stops", "leave") and says("asks_for_checklists", "my list")
    assert place_done("step 2 done") == 2 and place_done("1 is done") == 1 and place_done("not done") is None
