"""Who comes: the name, the mobile number and the identity number a booking is made in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

import phonenumbers
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

_EARLIEST_BIRTH = date(1900, 1, 1)
_LONGEST_NAME = 30
_LONGEST_WITHOUT_DOT = 12
_IDENTITY_LENGTH = 18

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff〇]"
_HAN_NAME = re.compile(rf"{_HAN}{{2,}}|{_HAN}+(?:·{_HAN}+)+")
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ .'’\-]*[A-Za-zÀ-ɏ.]")
_NO_NAME = re.compile(
    r"[吗呢吧啊呀嘛我你您他她它谁]|怎么|多少|什么|哪|几[点号]|谢谢|感谢|预约|取消|办理|办事|证件|身份证|居住证|护照|驾照|窗口|大厅"
    r"|[今明后昨]天|[上下本这]周|周[一二三四五六日末]|星期|礼拜|上午|下午|早上|晚上|中午|不[要用是想行对办会能好约去来知]|没有|可以|这个|那个"
    r"|这里|那里|时间|电话|手机|号码|姓名|名字|改[成到约]|换[成个]|算了|等等|等一下|知道|明白|随便|确认|提交|返回|退出|继续|人工|客服|查询"
    r"|帮忙|麻烦|想[办问看要约查]|[来要][办问看拿取查]|[办补换领]证|户口|社保|医保|[的了不]$"
)
_NO_NAMES = frozenset({
    "好的", "好吧", "好滴", "好嘞", "你好", "是的", "对的", "对了", "不是", "不对", "可以", "行的", "同意", "没错",
    "再见", "拜拜", "本人", "自己", "都行", "没有", "有的", "嗯嗯", "哈哈", "呵呵", "先生", "女士", "小姐", "爸爸",
    "妈妈", "老公", "老婆", "儿子", "女儿", "孩子", "父母", "朋友", "匿名", "测试", "无名", "保密", "开始", "结束",
    "最早", "最近", "尽快", "都好", "好好", "下一步", "上一步", "学生", "本地人", "外地人", "户主", "公司", "企业",
    "法人", "农民", "居民", "家长", "退休", "军人", "老师", "医生", "单位", "代办", "第一次", "新人", "ok", "okay",
    "hi", "hello", "yes", "no", "thanks", "bye", "test", "cancel", "none", "null", "thank you",
})  # fmt: skip
_DOTS = str.maketrans("•・‧∙●.", "······")


@dataclass(frozen=True)
class Fault:
    field: Literal["name", "phone", "id_number"]
    message: str
    """What is wrong and what to do, for the citizen."""


@dataclass(frozen=True)
class Details:
    name: str | Fault | None = None
    phone: str | Fault | None = None
    id_number: str | Fault | None = None


def check_name(text: str) -> str | Fault:
    said = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text[:200])).strip(" ,，。.!！;；:：")
    if re.search(r"\d", said):
        return Fault("name", "姓名里不能有数字，请写证件上的姓名。")
    name = re.sub(r"\s", "", said).translate(_DOTS)
    if _NO_NAME.search(name) or said.lower() in _NO_NAMES or name in _NO_NAMES:
        return Fault("name", "没有认出姓名，请写证件上的姓名，例如：王小明。")
    longest = _LONGEST_NAME if "·" in name else _LONGEST_WITHOUT_DOT
    if _HAN_NAME.fullmatch(name) and len(name) <= longest:
        return name
    if _LATIN_NAME.fullmatch(said) and len(said) <= _LONGEST_NAME:
        return said
    return Fault("name", "姓名要写证件上的全名，2到30个字，例如：王小明。")


def check_phone(text: str) -> str | Fault:
    """Eleven digits. Only a mobile of the mainland can be sent a message before the visit."""
    said = re.sub(r"[\s\-—–()·.]", "", unicodedata.normalize("NFKC", text[:200]))
    digits = re.sub(r"^(?:\+|00)?86(?=\d{11}$)", "", said)
    if re.fullmatch(r"\+?(?:852|853|886)\d{6,10}|(?:\+|00)(?!86)\d{6,}", digits):
        return Fault("phone", "请留中国内地的手机号，11位数字，1开头。")
    if re.fullmatch(r"0\d{9,11}|[2-9]\d{6,7}", digits):
        return Fault("phone", "座机收不到短信提醒，请留手机号，11位数字，1开头。")
    if not digits.isascii() or not re.fullmatch(r"1\d{10}", digits):
        return Fault("phone", "手机号应是11位数字，1开头，请核对后再写一次。")
    if not phonenumbers.is_valid_number_for_region(phonenumbers.parse(digits, "CN"), "CN"):
        return Fault("phone", "这个手机号不存在，请核对后再写一次。")
    return digits


def check_id_number(text: str, today: date) -> str | Fault:
    """Of an identity card, or of a residence permit for Hong Kong, Macao and Taiwan residents (GB 11643, both alike).
    The place in it is not looked up: counties are renamed and the numbers stay."""
    number = re.sub(r"[\s\-—–·.]", "", unicodedata.normalize("NFKC", text[:200])).upper()
    if re.fullmatch(r"[1-9]\d{14}", number):
        return Fault("id_number", "15位的旧号码已经停用，请写身份证上的18位号码。")
    if re.fullmatch(r"[A-Z]{1,2}\d{7,10}", number):
        return Fault("id_number", "这里只能填身份证或港澳台居民居住证的18位号码，请核对后再写一次。")
    if re.fullmatch(r"\d+X?", number) and len(number) != _IDENTITY_LENGTH:
        return Fault("id_number", f"身份证号应是18位，这里有{len(number)}位，请核对后再写一次。")
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number):
        return Fault("id_number", "身份证号应是18位数字，最后一位可以是X，请核对后再写一次。")
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        return Fault("id_number", "身份证号里的出生日期不对，请核对后再写一次。")
    if not _EARLIEST_BIRTH <= born <= today:
        return Fault("id_number", "身份证号里的出生日期不对，请核对后再写一次。")
    if ric.calc_check_digit(number) != number[-1]:
        return Fault("id_number", "身份证号有一位写错了，请对照证件再写一次。")
    return number


def masked_name(name: str) -> str:
    return name[:1] + "*" * max(len(name) - 2, 1) + (name[-1] if len(name) > 2 else "")


def masked_phone(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}"


def masked_id_number(number: str) -> str:
    return number[:3] + "*" * (len(number) - 7) + number[-4:]
