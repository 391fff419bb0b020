"""What is misheard or mistyped is put right toward the knowledge, and nothing else is touched."""

from __future__ import annotations

import pytest

from evaluation.voices.sentences import load_misheard, right_sentences
from knowledge_base.language.confusions import Slip
from knowledge_base.language.spelling import MOST_READ, PutRight
from knowledge_base.library import Library


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("身份正丢了怎么补", "身份证丢了怎么补"),
        ("户照过期了", "护照过期了"),
        ("社宝卡怎么办", "社保卡怎么办"),
        ("驾驶正换证", "驾驶证换证"),
        ("公鸡金怎么取", "公积金怎么取"),
        ("结昏登记要带什么", "结婚登记要带什么"),
        ("居住正，住房公鸡金", "居住证，住房公积金"),
        ("身證份丟了", "身份证丢了"),
        ("sfz过期了", "身份证过期了"),
        ("办JZZ", "办居住证"),
        ("hkb和yyzz", "户口本和营业执照"),
    ],
)
def test_a_slip_is_put_right(real_library: Library, said: str, meant: str) -> None:
    assert real_library.spelling(said) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "😀",
        "abc 123",
        "开户照样要带材料",
        "我叫李护照",
        "身份证",
        "我住在丽发新城小区",
        "门口停满了车",
        "他在公鸡和母鸡之间选",
        "KTV的APP用不了ETC",
        "jsz丢了",
        "sfz2026",
        "一" * 5000,
    ],
)
def test_what_is_right_stays_as_it_is(real_library: Library, text: str) -> None:
    assert real_library.spelling(text) == text


def test_none_of_500_right_sentences_is_changed(real_library: Library) -> None:
    right = [real_library.plainly(text) for text in right_sentences()]
    assert len(right) >= 500
    assert [text for text in right if real_library.spelling.read(text).put_right] == []


def test_of_the_held_out_slips_most_are_put_right(real_library: Library) -> None:
    misheard = load_misheard()
    assert len(misheard) >= 120
    put_right = sum(real_library.spelling(each.said) == each.right for each in misheard)
    assert put_right >= 0.5 * len(misheard)


def test_it_is_told_what_was_changed(real_library: Library) -> None:
    told = real_library.spelling.read("身份正和公枳金").put_right
    assert real_library.spelling.read("sfz丢了").put_right == (PutRight("sfz", "身份证", None),)
    assert told == (PutRight("身份正", "身份证", Slip.SAME_SOUND), PutRight("公枳金", "公积金", Slip.OTHER_LETTER))


def test_of_a_long_letter_the_beginning_is_read(real_library: Library) -> None:
    text = "，" * MOST_READ + "身份正"
    assert real_library.spelling(text) == text


def test_a_name_that_is_new_is_meant_too(real_library: Library) -> None:
    taught = real_library.spelling.taught(["观鸟证"])
    assert taught("关鸟证怎么办") == "观鸟证怎么办"
    assert real_library.spelling("关鸟证怎么办") == "关鸟证怎么办"
    assert real_library.spelling.taught(["身份证"]) is real_library.spelling
