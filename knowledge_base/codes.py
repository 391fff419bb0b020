"""Code tables of the service guide, as GB/T 39046-2020 and the exchange tables number or name them."""

from __future__ import annotations

from enum import StrEnum


class ItemType(StrEnum):
    """事项类型, GB/T 39046-2020."""

    PERMIT = "01"
    PENALTY = "02"
    COERCION = "03"
    LEVY = "04"
    BENEFIT = "05"
    INSPECTION = "06"
    CONFIRMATION = "07"
    REWARD = "08"
    RULING = "09"
    OTHER = "10"
    PUBLIC_SERVICE = "20"


class CaseType(StrEnum):
    """办件类型: 1 即办件, 2 承诺件, 9 其他."""

    IMMEDIATE = "1"
    PROMISED = "2"
    OTHER = "9"


class ChannelKind(StrEnum):
    COUNTER = "counter"
    COMPUTER = "computer"
    MOBILE = "mobile"
    POST = "post"
    KIOSK = "kiosk"
    PHONE = "phone"


class ExerciseLevel(StrEnum):
    """行使层级."""

    NATIONAL = "1"
    PROVINCE = "2"
    CITY = "3"
    COUNTY = "4"
    STREET = "5"
    VILLAGE = "6"


class MaterialForm(StrEnum):
    PAPER = "纸质"
    ELECTRONIC = "电子"
    EITHER = "纸质或电子"
    PHOTO = "照片"
    FORM = "表格"


class ProxyRule(StrEnum):
    CAN = "can"
    CANNOT = "cannot"
    PARTLY = "partly"


class ServiceReach(StrEnum):
    """通办范围: how far from home the item can be handled."""

    NATIONAL = "全国"
    CROSS_PROVINCE = "跨省"
    PROVINCE = "省内"
    CITY = "市内"
    DISTRICT = "区内"


class TimeUnit(StrEnum):
    WORKING_DAY = "工作日"
    DAY = "日"
    MONTH = "个月"
    HOUR = "小时"
    MINUTE = "分钟"
