from __future__ import annotations

import pytest

from knowledge_base.search.index import IndexedText
from knowledge_base.search.suggest import Suggestions

MOST = 8
TEXTS = [
    IndexedText("id", "居民身份证补领", True, True),
    IndexedText("id", "身份证", True, True),
    IndexedText("id", "身份证丢了怎么补办", False, True),
    IndexedText("id", "丢了身份证", False, True),
    IndexedText("fund", "公积金提取", True, True),
    IndexedText("fund", "租房能取公积金吗", False, True),
    IndexedText("bank", "银行卡", True, True),
    IndexedText("etc", "ETC办理", True, True),
    IndexedText("boat", "渔船登记", True, False),
]


@pytest.fixture(scope="module")
def suggestions() -> Suggestions:
    return Suggestions(TEXTS)


@pytest.mark.parametrize(
    "typed", ["身份", "身份证", "sfz", "SFZ", "shenfen", "shenfenzheng", "身份z", "身fz", "shenfz", "身份zheng"]
)
def test_a_name_is_found_by_characters_pinyin_and_initials(suggestions: Suggestions, typed: str) -> None:
    found = suggestions.fitting(typed, MOST)
    assert found[:2] == ("身份证", "身份证丢了怎么补办") and "居民身份证补领" in found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("公积金", ("公积金提取", "租房能取公积金吗")),
        ("gjj", ("公积金提取",)),
        ("gongjijintiqu", ("公积金提取",)),
        ("公积金提取", ("公积金提取",)),
        ("yinhangka", ("银行卡",)),
        ("etc", ("ETC办理",)),
        ("丢了", ("丢了身份证", "身份证丢了怎么补办")),
        ("dlsfz", ("丢了身份证",)),
        ("渔船", ()),
        ("ychdj", ()),
        ("身份证丢了怎么补办啊", ()),
        ("！？", ()),
        ("", ()),
    ],
)
def test_what_begins_so_comes_first_and_the_shortest_of_it(
    suggestions: Suggestions, typed: str, found: tuple[str, ...]
) -> None:
    assert suggestions.fitting(typed, MOST) == found


def test_of_many_only_the_most_wanted_are_told() -> None:
    many = Suggestions([IndexedText(f"item-{n}", f"证{'一' * n}", True, True) for n in range(1, 30)])
    assert many.fitting("z", 3) == many.fitting("证", 3) == ("证一", "证一一", "证一一一")


def test_a_text_of_two_items_is_told_once_and_stays_while_one_has_it() -> None:
    both = Suggestions([IndexedText(item, "怎么补办", False, True) for item in ("id", "bank")])
    assert both.fitting("zmbb", MOST) == ("怎么补办",)
    assert both.amended({"id"}, ()).fitting("zmbb", MOST) == ("怎么补办",)
    assert both.amended({"id", "bank"}, ()).fitting("zmbb", MOST) == ()


def test_what_was_published_since_is_suggested_and_what_is_gone_is_not(suggestions: Suggestions) -> None:
    since = [IndexedText("id", "身份证新领", True, True), IndexedText("drone", "无人机登记", True, True)]
    amended = suggestions.amended({"id", "drone"}, since)
    assert amended.fitting("sfz", MOST) == ("身份证新领",) and amended.fitting("wrj", MOST) == ("无人机登记",)
    assert amended.fitting("gjj", MOST) == ("公积金提取",)
    assert suggestions.fitting("wrj", MOST) == ()
    again = amended.amended({"id"}, ())
    assert (again.fitting("sfz", MOST), again.fitting("wrj", MOST)) == ((), ("无人机登记",))


def test_a_hall_without_guides_suggests_nothing() -> None:
    assert Suggestions([]).fitting("sfz", MOST) == ()
