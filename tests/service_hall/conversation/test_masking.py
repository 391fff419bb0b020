from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_hall.conversation.masking import mask_personal_numbers

IDENTITY, MOBILE, CARD = "110101199003071234", "13812345678", "6222021234567890123"


@pytest.mark.parametrize(
    "written",
    [
        "110101199003071234",
        "11010119900307123X",
        "11010119900307123x",
        "110101 19900307 1234",
        "110101-19900307-1234",
        "110101.19900307.1234",
        "110101　19900307　1234",
        "110101\n199003071234",
        "110101 1990 03 07 1234",
        "1101 0119 9003 0712 34",
        "1101 0119 9003 0712 3X",
        "1 1 0 1 0 1 1 9 9 0 0 3 0 7 1 2 3 4",
        "１１０１０１１９９００３０７１２３４",
        "１１０１０１１９９００３０７１２３Ｘ",
        "１１０１０１１９９００３０７１２３ｘ",
        "110101900307123",
    ],
)
def test_an_identity_number_is_masked_however_it_is_written(written: str) -> None:
    assert mask_personal_numbers(f"我的身份证号是{written}，丢了") == "我的身份证号是〔身份证号〕，丢了"


@pytest.mark.parametrize(
    "written",
    [
        "13812345678", "138 1234 5678", "138-1234-5678", "138 123 45678", "+8613812345678", "+86 138 1234 5678",
        "8613812345678", "013812345678", "１３８１２３４５６７８", "138　1234　5678",
    ],
)  # fmt: skip
def test_a_mobile_number_keeps_its_ends_alone(written: str) -> None:
    assert mask_personal_numbers(f"打{written}找我") == "打138****5678找我"


@pytest.mark.parametrize(
    "written",
    [
        "6222021234567890",
        "6222021234567890123",
        "6222 0212 3456 7890 123",
        "6222-0212-3456-7890",
        "622202 1234567890123",
    ],
)
def test_a_bank_card_number_is_masked(written: str) -> None:
    assert mask_personal_numbers(f"卡号{written}。") == "卡号〔卡号〕。"


@pytest.mark.parametrize("written", ["E12345678", "EA1234567", "g12345678", "H1234567890"])
def test_a_travel_document_number_is_masked(written: str) -> None:
    assert mask_personal_numbers(f"护照{written}过期了") == "护照〔证件号〕过期了"


def test_a_mail_address_is_masked() -> None:
    assert mask_personal_numbers("发到li.lei_88@mail.example.cn吧") == "发到〔邮箱〕吧"


@pytest.mark.parametrize("beside", ["sfz{}", "{}号", "No.{}", "id={}&", "【{}】", "wx{}abc", "<b>{}</b>"])
@pytest.mark.parametrize("number", [IDENTITY, MOBILE])
def test_letters_and_signs_beside_a_number_do_not_hide_it(beside: str, number: str) -> None:
    assert number not in mask_personal_numbers(beside.format(number))


def test_several_numbers_in_one_sentence_are_all_masked() -> None:
    said = f"我{IDENTITY}，我妈11010119600101002X，电话{MOBILE}或者139 8765 4321，卡{CARD}"
    assert mask_personal_numbers(said) == "我〔身份证号〕，我妈〔身份证号〕，电话138****5678或者139****4321，卡〔卡号〕"


@pytest.mark.parametrize(
    "text",
    [
        "12345",
        "拨打12345或者12389",
        "110",
        "0999-8200100",
        "010-66668888",
        "400-810-8888",
        "2026年11月23日",
        "2026-11-23",
        "20261123",
        "2026-01-01 2026-12-31",
        "2026-11-23 14:30:00",
        "工本费40元",
        "1234567.89元",
        "贷款300000元，分360期",
        "1000000000元",
        "发改价格〔2003〕2322号",
        "国办发〔2018〕45号",
        "区划990101001",
        "周一至周五9:00-12:00、13:30-17:00",
        "周1-5 8.30-12.00 13.30-17.30",
        "邮编100010",
        "GB/T 39046-2020",
        "91110108551385082Q",
        "A12号窗口",
        "第3项第2款",
        "1.5米以下",
        "",
        "😀",
    ],
)
def test_what_belongs_to_nobody_stays(text: str) -> None:
    assert mask_personal_numbers(text) == text


@pytest.mark.parametrize("text", [IDENTITY * 2, MOBILE + IDENTITY, IDENTITY + MOBILE, "9" * 40])
def test_numbers_run_together_do_not_show_either(text: str) -> None:
    assert not re.search(r"\d{5}", mask_personal_numbers(text))


def test_masking_a_long_text_is_no_trouble() -> None:
    assert (
        mask_personal_numbers("1-" * 5000) and mask_personal_numbers("1 " * 5000) and mask_personal_numbers("a@" * 5000)
    )


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
surroundings = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=12)


@given(before=surroundings, number=identities, after=surroundings)
def test_no_identity_number_is_ever_left(before: str, number: str, after: str) -> None:
    masked = mask_personal_numbers(before + number + after)
    assert number not in masked and number[6:14] not in masked


@given(
    before=surroundings, number=identities, gaps=st.lists(st.sampled_from(["", " ", "-", "　"]), min_size=2, max_size=2)
)
def test_no_grouped_identity_number_is_ever_left(before: str, number: str, gaps: list[str]) -> None:
    grouped = number[:6] + gaps[0] + number[6:14] + gaps[1] + number[14:]
    assert number[6:14] not in mask_personal_numbers(f"{before}{grouped}。")


@given(st.text(max_size=60))
def test_masking_twice_masks_nothing_more(text: str) -> None:
    once = mask_personal_numbers(text)
    assert mask_personal_numbers(once) == once


@given(st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="@Ｘｘ"), max_size=60))
def test_text_without_digits_stays_as_it_is(text: str) -> None:
    assert mask_personal_numbers(text) == text
