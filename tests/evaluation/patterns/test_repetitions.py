"""The hard texts are made of the pattern's own parts."""

from __future__ import annotations

import re

from evaluation.patterns.nodes import tree_of
from evaluation.patterns.repetitions import Family, families, sample, units_of, words_in


def units(pattern: str) -> set[str]:
    return set(units_of(tree_of(re.compile(pattern))))


def test_every_branch_and_every_literal_is_a_part() -> None:
    assert {"帮", "帮我", "麻烦", "预约"} <= units("(?:帮我?|麻烦)*预约")


def test_a_branch_is_a_part_in_its_place() -> None:
    assert {"说的是", "问的是", "说的", "问的"} <= units("(?:说的|问的)是")


def test_a_set_of_characters_gives_some_of_them() -> None:
    assert {"零", "1"} & units("[零0-9]") and units(r"[^\w]") and units(r"\d") == {"1"}


def test_with_and_without_what_may_be_left_out() -> None:
    tree = tree_of(re.compile("身份证件?号?码?(?:是|为)*"))
    assert (sample(tree, 0), sample(tree, 1)) == ("身份证", "身份证件号码是")


def test_a_repeat_is_repeated_behind_what_leads_to_it() -> None:
    found = families(re.compile("身份证不(?:要|需要?)*填"), most_pairs=0)
    assert {Family("身份证不", "要", "♪"), Family("身份证不", "需要", "♪"), Family("♪", "需要", "♪")} <= set(found)


def test_parts_in_pairs_so_many_of_each_repeat() -> None:
    def found(most_pairs: int) -> set[str]:
        return {family.unit for family in families(re.compile("(?:你好|您好|请问|麻烦)*办"), most_pairs)}

    assert {"你好麻烦", "请问您好"} <= found(100)
    assert found(0) < found(2) and len(found(2)) == len(found(0)) + 2


def test_the_same_every_time() -> None:
    pattern = re.compile("(?:甲|乙|丙|丁|戊)*己")
    assert families(pattern, 3) == families(pattern, 3)


def test_a_family_has_a_text_of_every_length() -> None:
    family = Family("约", "帮我", "♪")
    assert (family.text(10), family.text(4)) == ("约帮我帮我帮我帮我♪", "约帮我♪")


def test_the_words_of_a_list_are_counted() -> None:
    assert words_in(re.compile("(?:甲方|乙方|丙方)(?:丁|戊己)")) == 3
    assert words_in(re.compile("(?:甲方|乙(?:一一|二二)|丙方)")) == 5
