"""In what people and texts count: each measure once, as a guide writes it and as a citizen says it.

What a text says is compared by `knowledge_base.figures`; what somebody answers is read by
`service_hall.hearing.figures`; the units of a scenario's questions and of the calculators are among these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Measure(NamedTuple):
    unit: str
    """The name that questions, calculators and compared figures give it."""
    written: tuple[str, ...] = ()
    """In guides and statutes; the unit itself among them, where it is written so."""
    spoken: tuple[str, ...] = ()
    """Behind a number that a citizen says."""


MEASURES = (
    Measure("日", written=("日", "天", "自然日"), spoken=("天", "日", "号")),
    Measure("工作日", written=("工作日",)),
    Measure("周", written=("周", "星期", "礼拜"), spoken=("周", "星期", "礼拜")),
    Measure("月", written=("月",), spoken=("月", "个月", "个多月")),
    Measure("季度", written=("季度",)),
    Measure("年", written=("年", "周年", "年度"), spoken=("年",)),
    Measure("岁", written=("岁", "周岁"), spoken=("岁", "周岁")),
    Measure("小时", written=("小时",), spoken=("小时", "个小时", "钟头", "个钟头")),
    Measure("分钟", written=("分钟",), spoken=("分钟",)),
    Measure("元", written=("元", "块钱"), spoken=("元", "块", "块钱")),
    Measure("平方米", written=("平方米", "㎡", "m2", "平米"), spoken=("平方米", "平方", "平米", "平", "㎡", "个平方")),
    Measure("亩", spoken=("亩",)),
    Measure("公里", written=("公里", "千米")),
    Measure("米", written=("米",)),
    Measure("厘米", written=("厘米",)),
    Measure("毫米", written=("毫米",)),
    Measure("公斤", written=("公斤", "千克")),
    Measure("吨", written=("吨",)),
    Measure("千瓦", written=("千瓦",)),
    Measure("瓦", written=("瓦",)),
    Measure("伏", written=("伏",)),
    Measure("人", written=("人", "名"), spoken=("人", "个人", "位", "名", "口人")),
    Measure("套", written=("套",), spoken=("套",)),
    Measure("间", spoken=("间",)),
    Measure("栋", spoken=("栋",)),
    Measure("楼", spoken=("楼", "层")),
    Measure("辆", written=("辆",), spoken=("辆",)),
    Measure("台", spoken=("台",)),
    Measure("只", spoken=("只",)),
    Measure("条", spoken=("条",)),
    Measure("张", written=("张",), spoken=("张",)),
    Measure("份", written=("份",), spoken=("份",)),
    Measure("次", written=("次",), spoken=("次",)),
    Measure("个", spoken=("个", "胞胎")),
    Measure("级", written=("级",)),
    Measure("档", written=("档",)),
    Measure("寸", written=("寸",)),
    Measure("分", written=("分",)),
    Measure("孩", written=("孩",)),
    Measure("%", written=("%",)),
    Measure("‰", written=("‰",)),
    Measure("折", written=("折",)),
    Measure("成", written=("成",)),
    Measure("倍", written=("倍",)),
)
WHOLES: Mapping[str, tuple[int, str]] = {
    "年": (12, "月"), "周": (7, "日"), "小时": (60, "分钟"),
    "公里": (1000, "米"), "厘米": (10, "毫米"), "吨": (1000, "公斤"),
}  # fmt: skip
"""Unit → how many of which smaller one. A month is no 30日, and a 工作日 is no 日."""
WRITTEN: Mapping[str, str] = {form: each.unit for each in MEASURES for form in each.written}
"""As it is written → unit."""
_SPOKEN: Mapping[str, tuple[str, ...]] = {each.unit: each.spoken for each in MEASURES}
_FORMS = tuple(form for forms in _SPOKEN.values() for form in forms)
OF_ANYTHING = "个"
"""Counts whatever there is: 3个, to how many people."""


def spoken_of(unit: str) -> tuple[str, ...]:
    """How a citizen says it behind a number; of a unit that is no measure (只 of dogs may be one) itself."""
    return tuple(dict.fromkeys((unit, *_SPOKEN.get(unit, ())))) if unit else ()


def counts_another(after: str, unit: str) -> bool:
    """What stands behind a number counts in another measure: 一套房子 tells no years."""
    others = tuple(form for each, forms in _SPOKEN.items() if each not in (unit, OF_ANYTHING) for form in forms)
    return bool(unit) and after.startswith(others) and not after.startswith(spoken_of(unit))


def counts_anything(after: str) -> bool:
    """What stands behind a number says what it counts: 个, 套."""
    return after.startswith(_FORMS)


def counts_alone(after: str) -> bool:
    """It is what the number counts, and nothing else."""
    return after in _FORMS
