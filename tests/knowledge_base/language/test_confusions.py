from __future__ import annotations

import pytest

from knowledge_base.language.confusions import Confusions, Slip, near
from knowledge_base.language.letter_shapes import looks_alike

WORDS = ("身份证", "居住证", "护照", "公积金", "户口", "结婚登记", "福利")


@pytest.fixture(scope="module")
def confusions() -> Confusions:
    return Confusions(WORDS)


@pytest.mark.parametrize(
    ("written", "word", "slip", "letters"),
    [
        ("身份正", "身份证", Slip.SAME_SOUND, 1),
        ("聚住正", "居住证", Slip.SAME_SOUND, 2),
        ("深份证", "身份证", Slip.SAME_SOUND, 1),
        ("声份证", "身份证", Slip.NEAR_SOUND, 1),
        ("护造", "护照", Slip.NEAR_SOUND, 1),
        ("公鸡金", "公积金", Slip.SAME_SOUND, 1),
        ("结昏登记", "结婚登记", Slip.SAME_SOUND, 1),
        ("身证份", "身份证", Slip.SWAPPED, 2),
        ("身证", "身份证", Slip.MISSING, 1),
        ("身份份证", "身份证", Slip.DOUBLED, 1),
        ("公枳金", "公积金", Slip.OTHER_LETTER, 1),
        ("狐利", "福利", Slip.NEAR_SOUND, 1),
    ],
)
def test_a_slip_is_told_with_the_word_that_is_meant(
    confusions: Confusions, written: str, word: str, slip: Slip, letters: int
) -> None:
    assert (len(written), (word, slip, letters)) in set(confusions.begun_at(written, 0))


@pytest.mark.parametrize("written", ["身份", "份证", "证", "口户", "登记", "居民", "", "口" * 300])
def test_what_only_begins_or_ends_like_a_word_is_no_slip_of_it(confusions: Confusions, written: str) -> None:
    assert not list(confusions.begun_at(written, 0))


def test_syllables_that_are_taken_for_each_other_are_the_same() -> None:
    assert near("zhang") == near("zan")
    assert near("hu") == near("fu")
    assert near("lan") == near("nang") == near("rang")


@pytest.mark.parametrize(
    ("one", "other", "alike"), [("证", "征", True), ("贷", "货", True), ("证", "口", False), ("正", "本", False)]
)
def test_letters_look_alike_by_their_parts_or_corners(one: str, other: str, alike: bool) -> None:
    assert looks_alike(one, other) is alike
