from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_hall.conversation.choosing import pick, picks_by_place
from service_hall.conversation.reply import Choice

LABELS = ("借书证首次办理", "借书证丢失补办", "犬只登记", "夜市摊位备案")
OPTIONS = tuple(Choice(label=label, payload=label) for label in LABELS)


def picked(text: str, options: tuple[Choice, ...] = OPTIONS) -> str | None:
    choice = pick(text, options)
    return choice.label if choice else None


@pytest.mark.parametrize(
    "text",
    [
        "第二个", "第2个", "2", "２", "②", "2.", "二", "选2", "我选2", "选第二个", "就第二个吧", "第二项", "2号", "应该是第二个",
        "第二个选项", "我属于第二类", "你列的第二个", "不是第一个，是第二个", "要第二个 😀",
    ],
)  # fmt: skip
def test_the_second_is_picked_however_it_is_said(text: str) -> None:
    assert picked(text) == LABELS[1] and picks_by_place(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("第一个", 0),
        ("头一个", 0),
        ("最上面的", 0),
        ("最后一个", 3),
        ("末尾那个", 3),
        ("倒数第二个", 2),
        ("倒数第1个", 3),
        ("第四个", 3),
    ],
)
def test_the_ends_are_picked_from_either_side(text: str, label: int) -> None:
    assert picked(text) == LABELS[label]


@pytest.mark.parametrize(("text", "label"), [("后者", 1), ("前者", 0), ("下面那个", 1), ("后面那个", 1)])
def test_of_two_the_latter_and_the_former_are_picked(text: str, label: int) -> None:
    assert picked(text, OPTIONS[:2]) == LABELS[label]


@pytest.mark.parametrize("text", ["第五个", "5", "第九个", "第十个", "倒数第五个"])
def test_a_place_beyond_the_options_picks_nothing(text: str) -> None:
    assert picked(text) is None


@pytest.mark.parametrize(
    "text",
    ["第十一个", "第12个", "第二十个", "12", "11", "12345", "2026", "110", "0", "第0个", "1.5", "第一百个"],
)
def test_a_longer_number_is_not_taken_for_its_last_digit(text: str) -> None:
    assert picked(text) is None and not picks_by_place(text)


@pytest.mark.parametrize("text", ["星期一", "下周三", "三个月", "3天", "我40了", "我有2个孩子", "一年", "第一次办"])
def test_a_number_that_counts_something_else_picks_nothing_by_place(text: str) -> None:
    assert not picks_by_place(text)


@pytest.mark.parametrize("text", ["第一个和第二个", "第二个或者第三个", "不要第二个", "别选第一个"])
def test_two_at_once_or_one_turned_down_picks_nothing(text: str) -> None:
    assert picked(text) is None


@pytest.mark.parametrize(
    ("text", "label"),
    [("犬只登记", 2), ("犬只", 2), ("我要办犬只登记的", 2), ("丢失", 1), ("首次办理", 0), ("借书证丢失补办！", 1)],
)
def test_words_that_one_option_alone_has_pick_it(text: str, label: int) -> None:
    assert picked(text) == LABELS[label]


@pytest.mark.parametrize("text", ["借书证", "证", "都不是", "不知道", "", "？", "😀", " ", "啊" * 1000, "/restart"])
def test_words_that_fit_none_or_several_pick_nothing(text: str) -> None:
    assert picked(text) is None


def test_without_options_nothing_is_picked() -> None:
    assert pick("第一个", ()) is None


@given(st.text(max_size=30), st.integers(0, 4))
def test_whatever_is_said_one_of_the_options_is_picked_or_none(text: str, count: int) -> None:
    choice = pick(text, OPTIONS[:count])
    assert choice is None or choice in OPTIONS[:count]
