"""What masking takes out and what it leaves: the table beside this file, and what holds for any text."""

from __future__ import annotations

import cProfile
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge_base.content_files import CONTENT
from knowledge_base.yaml_lines import read_yaml
from service_hall.hearing.who.masking import mask_personal_numbers, write_numbers_plainly

IDENTITY, MOBILE, CARD = "110101199003071234", "13812345678", "6222021234567890123"
TABLE: dict[str, Any] = read_yaml(Path(__file__).with_name("masking.yml")).data
WRITTEN = [(form, group["hint"]) for group in TABLE["written"] for form in group["forms"]]
SENTENCES = [
    "我的号码是{}，谢谢", "{}", "请问\n{}\n对吗", "（{}）", "x：{}。", "{}是我的"
]  # fmt: skip


class TestTheTable:
    def test_is_long_enough_to_say_something(self) -> None:
        assert len(WRITTEN) + len(TABLE["sentences"]) >= 200 and len(set(TABLE["kept"])) >= 100

    def test_a_number_goes_however_it_is_written_and_nothing_around_it(self) -> None:
        wrong = {
            said: masked
            for form, hint in WRITTEN
            for sentence in SENTENCES
            if (masked := mask_personal_numbers(said := sentence.format(form))) != sentence.format(hint)
        }
        assert wrong == {}

    def test_the_words_beside_it_may_decide(self) -> None:
        wrong = {said: masked for said, left in TABLE["sentences"] if (masked := mask_personal_numbers(said)) != left}
        assert wrong == {}

    def test_what_belongs_to_nobody_stays(self) -> None:
        asked = [sentence.format(kept) for kept in TABLE["kept"] for sentence in ("{}", "请问{}，怎么办？")]
        assert {said: masked for said in asked if (masked := mask_personal_numbers(said)) != said} == {}

    def test_masking_it_twice_masks_nothing_more(self) -> None:
        said = [form for form, _ in WRITTEN] + [said for said, _ in TABLE["sentences"]]
        once = [mask_personal_numbers(each) for each in said]
        assert [each for each in once if mask_personal_numbers(each) != each] == []


def test_nothing_that_the_hall_publishes_is_masked() -> None:
    """Laws and rules are quoted, never said: their tables of figures may look like numbers."""
    paths = (path for path in CONTENT.rglob("*.yml") if path.parent.name != "sources")
    texts = (path.read_text("utf-8") for path in paths)
    # The address of a page is tapped, not said, and may hold any number.
    lines = {re.sub(r"https?://\S+", "", line) for text in texts for line in text.splitlines()}
    assert len(lines) > 1000
    assert [line for line in lines if re.search(r"\d", line) and mask_personal_numbers(line) != line] == []


@pytest.mark.parametrize("text", [IDENTITY * 2, MOBILE + IDENTITY, IDENTITY + MOBILE, "9" * 40, "6 " * 40])
def test_numbers_run_together_do_not_show_either(text: str) -> None:
    assert not re.search(r"(?:\d ?){5}", mask_personal_numbers(text))


@pytest.mark.parametrize("said", ["1380013800", "0571 6666 8888", "六六六六八八八", "138·0013·800"])
def test_any_number_of_so_many_digits_is_masked_where_one_is_asked_for(said: str) -> None:
    assert mask_personal_numbers(f"是{said}，对", any_of=7) == "是〔号码〕，对"


@pytest.mark.parametrize("said", ["2026-12-03 10:00", "12月3日13:30", "20261203", "9:00-12:00", "12345", "3-2-501"])
def test_a_time_is_no_number_where_one_is_asked_for(said: str) -> None:
    assert mask_personal_numbers(said, any_of=7) == said


@pytest.mark.parametrize(
    ("said", "plainly"),
    [
        ("0086-138·1234/5678", "13812345678"),
        ("电话幺三八，幺二三四，五六七八。", "电话13812345678。"),
        ("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "13812345678"),
        ("11O1O1—1990O307—123x", "11010119900307123X"),
        ("12月3日10:30", "12月3日10:30"),
    ],
)
def test_numbers_are_written_plainly_for_whoever_reads_them(said: str, plainly: str) -> None:
    assert write_numbers_plainly(said, any_of=7) == plainly


PIECES = [
    "1", "1 ", "1 3 ", "138 0013 8000 ", "138-", "13:30 ", "2026-11-23 ", "1,", "一", "十", "百十", "三个八", "O", "l1", "1O ", "a@", "a@a.", "@",
    "E1234 ", "EA", "A123456(", "身份证", "身份证号是", "台胞证1", "电话", "我家电话6666", "浙A1", "a", "a1", "￥1,", "*", "1*", "138****8000 ",
    "110101 19900307 1234 ", "1\u200b", "1️⃣", "陆", "壹伍", "周一", "1一", "1杠", "6222 ", "0571-", "(", "\n", " ", "1.1", "#1a.",
]  # fmt: skip


def calls(text: str) -> int:
    profile = cProfile.Profile()
    profile.runcall(mask_personal_numbers, text)
    return sum(each.callcount for each in profile.getstats())


@pytest.mark.parametrize("piece", PIECES)
def test_a_text_four_times_as_long_is_no_more_than_four_times_the_work(piece: str) -> None:
    calls(piece * 2)  # the letters are known from now on
    short, long = calls(piece * 100), calls(piece * 400)
    assert long <= 5 * short  # what stands at the ends has fewer neighbours


days = st.dates().map(
    lambda day: day.replace(year=1900 + day.year % 130).strftime("%Y%m%d") if day.month != 2 else "19900307"
)
identities = st.builds(
    lambda place, day, order, check: f"{place}{day}{order:03d}{check}",
    st.integers(110000, 829999),
    days,
    st.integers(0, 999),
    st.sampled_from("0123456789Xx"),
)
mobiles = st.integers(13_000_000_000, 19_999_999_999).map(str)
GAPS = [
    "", "", "", "", " ", "  ", "-", "–", "—", "——", " - ", "·", "•", ".", "/", "／", "_", "\\", "~", "～", "、", "，", ",", "|", "\n", "\r\n", "\t",
    "\u00a0", "\u3000", "\u200b", "\u200d", "\ufeff", "\u2060", "\ufe0f\u20e3", "ー", "……", "★", "😀",
]  # fmt: skip
gaps = st.lists(st.sampled_from(GAPS), min_size=17, max_size=17)
WAYS = {
    "０": "0０零〇⓪𝟎O", "1": "1１一幺①𝟏", "2": "2２二②", "3": "3３三③", "4": "4４四④", "5": "5５五⑤", "6": "6６六⑥", "7": "7７七⑦",
    "8": "8８八⑧", "9": "9９九⑨",
}  # fmt: skip
surroundings = st.text(st.characters(exclude_categories=["Nd", "Nl", "No", "Cs"]), max_size=12)


def apart(number: str, between: list[str]) -> str:
    return "".join(digit + gap for digit, gap in zip(number, [*between[: len(number) - 1], ""], strict=True))


@given(mobiles, gaps)
def test_no_mobile_is_left_whatever_stands_between_its_digits(number: str, between: list[str]) -> None:
    assert mask_personal_numbers(f"我的{apart(number, between)}是") == f"我的{number[:3]}****{number[-4:]}是"


@given(identities, gaps)
def test_no_identity_number_is_left_whatever_stands_between_its_digits(number: str, between: list[str]) -> None:
    assert mask_personal_numbers(f"我的{apart(number, between)}是") == "我的〔身份证号〕是"


@given(st.data(), mobiles | identities)
def test_no_number_is_left_in_whichever_digits_it_is_written(data: st.DataObject, number: str) -> None:
    written = "".join(data.draw(st.sampled_from(WAYS.get(digit, digit))) for digit in number)
    assert mask_personal_numbers(f"我的{written}是") in (f"我的{number[:3]}****{number[-4:]}是", "我的〔身份证号〕是")


@given(before=surroundings, number=identities, after=surroundings)
def test_no_identity_number_is_left_whatever_stands_around_it(before: str, number: str, after: str) -> None:
    masked = mask_personal_numbers(before + number + after)
    assert number not in masked and number[6:14] not in masked


telling = st.lists(
    st.sampled_from(
        [
            *"01356789 -./:，、\n()+*@#年月日元号周XxEAOl一三八零十个陆\u200b\u3000１３〔〕", MOBILE, "138", "0013", "8000", "138****8000",
            IDENTITY, IDENTITY[:6], IDENTITY[6:14], "1234", "〔身份证号〕", "2026-11-23", "13:30", "a@b.cn", "身份证", "台胞证", "我的电话",
            "86", "6222", "浙A",
        ]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(telling | st.text(max_size=60))
def test_masking_twice_masks_nothing_more(text: str) -> None:
    once = mask_personal_numbers(text)
    assert mask_personal_numbers(once) == once


@given(telling | st.text(max_size=60))
@example("一三九个八")
@example("⑬⑧⓪⑩⑬⑧⓪")
def test_a_masked_text_is_hardly_longer(text: str) -> None:
    assert len(mask_personal_numbers(text)) <= 3 * len(text)


@given(st.text(st.characters(exclude_categories=["N", "Cs"], exclude_characters="@#"), max_size=60))
def test_text_without_digits_stays_as_it_is(text: str) -> None:
    if not re.search("[〇零洞一幺壹弌二两贰貳弍三叁參弎四肆五伍六陆陸七拐柒八捌九勾玖十百○◯]", text):
        assert mask_personal_numbers(text) == text


@pytest.mark.parametrize(
    "said",
    [
        "138 中间1234 尾号5678",
        "前三位138，中间1234，最后5678",
        "前面138后面12345678",
        "军官证南字第12345678号",
        "110101 1990年03月07日 7571",
    ],
)
def test_a_number_that_is_told_part_by_part_is_one(said: str) -> None:
    assert not re.search(r"1234|7571|1990", mask_personal_numbers(said))


@pytest.mark.parametrize(
    "said",
    ["12月3日后5天", "2026年12月3日 1234号", "中间3个窗口，后面12个", "文件南字第12号", "前3位先办，最后10位等下午"],
)
def test_places_and_days_are_no_parts_of_a_number(said: str) -> None:
    assert mask_personal_numbers(said) == said
