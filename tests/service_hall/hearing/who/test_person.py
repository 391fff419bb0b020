from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_hall.hearing.who.checks import (
    Details,
    Fault,
    check_id_number,
    check_name,
    check_phone,
    masked_id_number,
    masked_name,
    masked_phone,
)
from service_hall.hearing.who.details import read_details

TODAY = date(2026, 11, 25)
# Made up; only the check digits are right.
PHONE, IDENTITY, PERMIT = "13800138000", "110101199003070011", "810000198001010022"


def fault(outcome: str | Fault | None) -> str:
    assert isinstance(outcome, Fault)
    assert outcome.message.endswith("。") and len(outcome.message) < 50
    return outcome.message


class TestNames:
    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("王小明", "王小明"),
            ("李四", "李四"),
            ("  张 三  ", "张三"),
            ("张三。", "张三"),
            ("欧阳娜娜", "欧阳娜娜"),
            ("李国庆", "李国庆"),
            ("杨不悔", "杨不悔"),
            ("𠮷野", "𠮷野"),
            ("买买提·吐尔逊", "买买提·吐尔逊"),
            ("古丽娜尔・买买提江", "古丽娜尔·买买提江"),
            ("阿卜杜热西提.艾山", "阿卜杜热西提·艾山"),
            ("John Smith", "John Smith"),
            ("José Núñez", "José Núñez"),
            ("O'Neil-Brown", "O'Neil-Brown"),
            ("Ｌｉ Ｍｉｎｇ", "Li Ming"),
        ],
    )
    def test_a_name_is_kept_as_on_the_card(self, written: str, name: str) -> None:
        assert check_name(written) == name

    @pytest.mark.parametrize(
        "written",
        [
            "", " ", "王", "明天", "明天上午", "下周一", "周二", "不要", "不用了", "取消", "谢谢", "好的", "你好", "可以", "可以吗", "是的",
            "办理", "身份证", "我想办身份证", "怎么办", "多少钱", "在哪", "什么", "不知道", "ok", "OK", "hello", "人工", "提交", "王小明1", "张3",
            "13800138000", "x", "王" * 40, "a" * 60, "😀😀", "<b>王</b>", "王\u200b小明", "学生", "户主", "·王", "王··明", "？？", "张三的",
        ],
    )  # fmt: skip
    def test_what_is_no_name_is_refused_with_what_to_do(self, written: str) -> None:
        assert "姓名" in fault(check_name(written))

    def test_a_digit_in_a_name_is_named(self) -> None:
        assert "数字" in fault(check_name("王小明2"))


class TestPhones:
    @pytest.mark.parametrize(
        "written",
        [
            "13800138000", "138 0013 8000", "138-0013-8000", "+8613800138000", "+86 138-0013-8000", "8613800138000", "008613800138000",
            "１３８００１３８０００", "(138)00138000", " 13800138000\n",
        ],
    )  # fmt: skip
    def test_a_mobile_is_eleven_digits_however_it_is_written(self, written: str) -> None:
        assert check_phone(written) == PHONE

    @pytest.mark.parametrize("written", ["010-66668888", "01066668888", "66668888", "0999-8200100"])
    def test_a_landline_is_refused_with_a_hint(self, written: str) -> None:
        assert "座机" in fault(check_phone(written))

    @pytest.mark.parametrize("written", ["+85261234567", "+12025550123", "85366123456"])
    def test_a_number_from_elsewhere_is_refused_with_a_hint(self, written: str) -> None:
        assert "内地" in fault(check_phone(written))

    @pytest.mark.parametrize(
        "written",
        [
            "",
            "abc",
            "1380013800",
            "138001380001",
            "12345678901",
            "11111111111",
            "10086",
            "12345",
            "١٣٨٠٠١٣٨٠٠٠",
            "1" * 5000,
        ],
    )
    def test_what_is_no_mobile_is_refused(self, written: str) -> None:
        assert "手机号" in fault(check_phone(written))


class TestIdentityNumbers:
    @pytest.mark.parametrize(
        ("written", "number"),
        [
            (IDENTITY, IDENTITY),
            ("110101 19900307 0011", IDENTITY),
            ("110101-19900307-0011", IDENTITY),
            ("１１０１０１１９９００３０７００１１", IDENTITY),
            ("11010120000229019x", "11010120000229019X"),
            (PERMIT, PERMIT),
            ("999999199003070012", "999999199003070012"),
        ],
    )
    def test_a_number_of_card_or_residence_permit_is_kept(self, written: str, number: str) -> None:
        assert check_id_number(written, TODAY) == number

    @pytest.mark.parametrize(
        ("written", "told"),
        [
            ("110101900307123", "15位"),
            (IDENTITY[:-1], "17位"),
            (IDENTITY + "1", "19位"),
            ("110101199003070012", "写错"),
            ("110101199003070101", "写错"),
            ("110101199013070015", "出生日期"),
            ("110101199002300013", "出生日期"),
            ("110101209903070013", "出生日期"),
            ("110101189903070018", "出生日期"),
            ("E12345678", "居住证"),
            ("H1234567890", "居住证"),
            ("", "18位"),
            ("王小明", "18位"),
            ("X" * 18, "18位"),
            ("0" * 18, "18位"),
            ("١" * 18, "18位"),
        ],
    )
    def test_a_number_that_cannot_be_right_is_refused_with_the_reason(self, written: str, told: str) -> None:
        assert told in fault(check_id_number(written, TODAY))

    def test_born_today_is_not_too_young(self) -> None:
        assert check_id_number("110101202611250010", TODAY) == "110101202611250010"
        assert "出生日期" in fault(check_id_number("110101202611250010", date(2026, 11, 24)))

    @given(st.integers(0, 17), st.integers(1, 9))
    def test_one_wrong_digit_is_always_found(self, place: int, by: int) -> None:
        wrong = IDENTITY[:place] + str((int(IDENTITY[place]) + by) % 10) + IDENTITY[place + 1 :]
        assert isinstance(check_id_number(wrong, TODAY), Fault)


class TestMasking:
    @pytest.mark.parametrize(
        ("name", "masked"), [("李四", "李*"), ("王小明", "王*明"), ("欧阳娜娜", "欧**娜"), ("王", "王*"), ("", "*")]
    )
    def test_a_name_keeps_its_ends(self, name: str, masked: str) -> None:
        assert masked_name(name) == masked

    def test_numbers_keep_their_ends(self) -> None:
        assert masked_phone(PHONE) == "138****8000"
        assert masked_id_number(IDENTITY) == "110***********0011"


class TestReadingDetails:
    @pytest.mark.parametrize(
        ("said", "details"),
        [
            (f"张三 {PHONE} {IDENTITY}", Details("张三", PHONE, IDENTITY)),
            (f"张三，{IDENTITY}，{PHONE}", Details("张三", PHONE, IDENTITY)),
            ("我叫李四，电话138-0013-8000", Details("李四", PHONE)),
            (f"姓名：王五\n手机：{PHONE}\n身份证：{IDENTITY}", Details("王五", PHONE, IDENTITY)),
            (f"姓名:王五 手机:{PHONE} 身份证号:{IDENTITY}", Details("王五", PHONE, IDENTITY)),
            (f"名字王小明手机{PHONE}", Details("王小明", PHONE)),
            (f"李四的电话是{PHONE}", Details("李四", PHONE)),
            (f"王五{PHONE}{IDENTITY}", Details("王五", PHONE, IDENTITY)),
            (f"王五{IDENTITY}{PHONE}", Details("王五", PHONE, IDENTITY)),
            ("王小明 138 0013 8000 110101 1990 0307 0011", Details("王小明", PHONE, IDENTITY)),
            (f"王小明／{PHONE}", Details("王小明", PHONE)),
            ("我是李四", Details("李四")),
            ("我叫张三", Details("张三")),
            ("叫王小明吧", Details("王小明")),
            ("我叫买买提·吐尔逊", Details("买买提·吐尔逊")),
            (PHONE, Details(phone=PHONE)),
            (IDENTITY, Details(id_number=IDENTITY)),
            (f"谢谢 {PHONE}", Details(phone=PHONE)),
            ("王五 0086 138 0013 8000", Details("王五", PHONE)),
            ("王五，1️⃣3️⃣8️⃣ 0️⃣0️⃣1️⃣3️⃣ 8️⃣0️⃣0️⃣0️⃣", Details("王五", PHONE)),
            ("王五 １３８—００１３—８０００", Details("王五", PHONE)),
            ("王五，幺三八、零零幺三、八零零零", Details("王五", PHONE)),
            ("王五 l38OOl38OOO", Details("王五", PHONE)),
            ("王五 138·0013·8000 11O1O1/1990O307/0011", Details("王五", PHONE, IDENTITY)),
            ("身份证幺幺零幺零幺，一九九零零三零七，零零幺幺", Details(id_number=IDENTITY)),
            ("我叫李四要办证", Details("李四")),
            ("我叫李四，不是张三", Details("李四")),
            ("名字叫阿依古丽", Details("阿依古丽")),
            ("张三", Details()),
            ("明天上午", Details()),
            ("我叫车去大厅", Details()),
            ("本人行动不便，可以代办吗", Details()),
            ("是不是一定要本人去", Details()),
            ("我是外地的就不给办吗", Details()),
            ("改名字要多久", Details()),
            ("姓名变更 几个工作日", Details()),
            ("房本加名字", Details()),
            ("叫号进度", Details()),
            ("我是来办证的", Details()),
            ("我是本地人", Details()),
            ("我叫什么", Details()),
            ("要带几张照片", Details()),
            ("2026年12月3号下午3点", Details()),
            ("12345", Details()),
            ("", Details()),
        ],
    )
    def test_what_a_message_holds_is_picked_out(self, said: str, details: Details) -> None:
        assert read_details(said, TODAY) == details

    @pytest.mark.parametrize(
        ("said", "name"),
        [
            ("张三", "张三"),
            ("王小明。", "王小明"),
            ("我叫张三", "张三"),
            ("明天上午", None),
            ("好的", None),
            ("不想约了", None),
        ],
    )
    def test_a_lone_word_is_a_name_when_one_was_asked_for(self, said: str, name: str | None) -> None:
        assert read_details(said, TODAY, expect_name=True).name == name

    def test_a_number_that_is_nearly_right_is_named_as_wrong(self) -> None:
        assert "座机" in fault(read_details("电话010-66668888", TODAY).phone)
        assert "11位" in fault(read_details("手机1380013800", TODAY).phone)
        assert "17位" in fault(read_details(f"身份证号{IDENTITY[:-1]}", TODAY).id_number)
        assert "写错" in fault(read_details("张三 110101199003070012", TODAY).id_number)
        assert fault(read_details("姓名：明天", TODAY).name)

    def test_the_right_number_wins_over_the_wrong_one(self) -> None:
        assert read_details(f"不是1380013800，是{PHONE}", TODAY).phone == PHONE

    @pytest.mark.parametrize(
        "said", ["1" * 5000, "我叫" * 500, "1 " * 2000, "身份证" * 300, "😀" * 1000, "\ud800", "\x00", "+86" * 400]
    )
    def test_hostile_messages_are_read_without_harm(self, said: str) -> None:
        read_details(said, TODAY, expect_name=True)

    @given(st.text(max_size=80))
    def test_nothing_written_raises(self, said: str) -> None:
        read_details(said, TODAY, expect_name=True)
