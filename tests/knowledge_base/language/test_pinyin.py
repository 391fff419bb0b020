from __future__ import annotations

import pytest

from knowledge_base.language.pinyin import load_sounds
from knowledge_base.language.typed import MOST_TYPED, MOST_WAYS, Unit, ways_to_read


@pytest.mark.parametrize(
    ("written", "sounds"),
    [
        ("身份证", "shen fen zheng"),
        ("女儿上户口", "nv er shang hu kou"),
        ("银行", "yin hang"),
        ("行政许可", "xing zheng xu ke"),
        ("重新", "chong xin"),
        ("重大", "zhong da"),
        ("长期居住证", "chang qi ju zhu zheng"),
        ("车辆变更", "che liang bian geng"),
        ("调解", "tiao jie"),
        ("会计", "kuai ji"),
    ],
)
def test_a_word_is_read_as_a_whole(written: str, sounds: str) -> None:
    assert load_sounds().of(written) == sounds.split()


def test_what_is_no_chinese_has_no_sound() -> None:
    assert load_sounds().of("a1证！") == ["", "", "zheng", ""]


def sounds_of(typed: str) -> list[str]:
    return [" ".join(unit.written or unit.sound for unit in units) for units in ways_to_read(typed)]


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("sfz", ["s f z"]),
        ("shenfenzhe", ["shen fen zhe"]),
        ("身份z", ["身 份 z"]),
        ("居zhu1", ["居 zhu 1"]),
        ("etc", ["e t c"]),
        ("", [""]),
    ],
)
def test_letters_are_read_as_syllables_or_their_beginnings(typed: str, ways: list[str]) -> None:
    assert sounds_of(typed)[:1] == ways


def test_what_can_be_cut_in_two_ways_is_read_in_both() -> None:
    assert sounds_of("xian")[:2] == ["xian", "xi an"]


@pytest.mark.parametrize("typed", ["nan" * 200, "a" * 500, "zhangangang" * 50, "证a" * 40])
def test_however_much_is_typed_the_ways_are_few(typed: str) -> None:
    ways = ways_to_read(typed)
    assert len(ways) <= MOST_WAYS and all(len(way) <= MOST_TYPED for way in ways)


def test_a_unit_stands_for_one_character() -> None:
    assert ways_to_read("身fen") == ((Unit(written="身"), Unit(sound="fen")), *ways_to_read("身fen")[1:])
