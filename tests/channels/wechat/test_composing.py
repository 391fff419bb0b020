"""What goes back with the request, and what is left."""

from __future__ import annotations

import pytest

from channels.wechat.composing import compose
from channels.wechat.finding import Found
from channels.wechat.rendering import Shown, wording
from channels.wechat.saying import Saying
from service_hall.shared.ids import MessageId

SENTENCE = "补领身份证要带户口簿，本人到公安窗口去办。"
LONG, LONGER = SENTENCE * 30, SENTENCE * 80
HINT = wording.say("more")


def saying(text: str, number: int = 1, **more: str) -> Saying:
    return Saying(Shown(text), MessageId(f"m_{number}"), **more)  # type: ignore[arg-type]


def test_a_short_answer_goes_whole() -> None:
    passive = compose(Found(saying(SENTENCE)), may_push=False)
    assert passive.text == SENTENCE and [left.is_over for left in passive.left] == [True]


def test_what_she_is_owed_stands_below_it_under_its_heading() -> None:
    found = Found(saying("好的。"), (saying(SENTENCE, 2, heading="您前面问的：\n"),))
    passive = compose(found, may_push=True)
    assert passive.text == f"好的。\n\n您前面问的：\n{SENTENCE}" and all(left.is_over for left in passive.left)


@pytest.mark.parametrize("may_push", [True, False])
def test_of_a_long_answer_the_rest_is_left_and_only_who_gets_it_by_hand_is_not_told(may_push: bool) -> None:
    passive = compose(Found(saying(LONGER)), may_push)
    assert len(passive.text.encode()) <= 2048
    assert passive.text.endswith(HINT) is not may_push
    begun = passive.text.removesuffix(HINT).rstrip("\n")
    assert begun + passive.left[0].text == LONGER


def test_what_has_no_room_stays_owed() -> None:
    found = Found(saying(LONG), (saying(LONG, 2, heading="您前面问的：\n"),))
    passive = compose(found, may_push=False)
    assert len(passive.text.encode()) <= 2048 and passive.text.startswith(LONG) and passive.text.endswith(HINT)
    assert not passive.left[1].is_over


@pytest.mark.parametrize("count", range(20, 40))
def test_it_is_never_longer_than_wechat_takes(count: int) -> None:
    owed = (saying(SENTENCE * count, 2, heading="您前面问的：\n"), saying(SENTENCE, 3))
    for may_push in (True, False):
        passive = compose(Found(saying(SENTENCE * (count - 10)), owed), may_push)
        assert len(passive.text.encode()) <= 2048


def test_what_is_left_goes_on_where_it_stopped_until_it_is_over() -> None:
    left, heard = saying(LONGER), ""
    for _ in range(10):
        passive = compose(Found(left), may_push=False)
        heard += passive.text.removesuffix(HINT).rstrip("\n")
        [left] = passive.left
        if left.is_over:
            break
    assert heard == LONGER
