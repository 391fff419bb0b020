"""Fields of a template: shortened to what their type allows, never empty, never skipped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.wechat.outgoing.fields import fitted

LONG = "城乡居民基本养老保险关系转移接续申请办理指南全文"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("thing1", "居住证", "居住证"),
        ("thing1", LONG[:20], LONG[:20]),
        ("thing1", LONG[:21], LONG[:19] + "…"),
        ("thing12", "第一行\n第二行", "第一行 第二行"),
        ("thing1", "", "无"),
        ("thing1", "👨" * 20, "👨" * 9 + "…"),
        ("phrase2", "已改到6月2日（周二）", "已改到月日"),
        ("phrase2", "123", "通知"),
        ("character_string3", "A007号", "A007"),
        ("character_string3", "号", "-"),
        ("number4", "第2号", "2"),
        ("time5", "2026年06月02日 09:00", "2026年06月02日 09:00"),
        ("name6", "欧阳娜娜司马相如诸葛亮明", "欧阳娜娜司马相如诸葛"),
        ("name6", "Ada", "Ada"),
        ("phone_number7", "电话 0571-12345", "0571-12345"),
        ("keyword1", LONG, LONG),
        ("first", "字" * 300, "字" * 199 + "…"),
    ],
)
def test_a_field_is_as_its_type_allows(name: str, value: str, told: str) -> None:
    assert fitted(name, value) == told.strip()


@given(
    kind=st.sampled_from(
        ["thing", "phrase", "character_string", "number", "letter", "symbol", "name", "amount", "first"]
    ),
    value=st.text(max_size=60),
)
def test_whatever_comes_no_field_is_empty_too_long_or_of_two_lines(kind: str, value: str) -> None:
    most = {"phrase": 5, "symbol": 5, "amount": 13, "thing": 20, "name": 20, "first": 200}.get(kind, 32)
    told = fitted(f"{kind}1", value)
    assert told and len(told.encode("utf-16-le", errors="replace")) // 2 <= most * (2 if kind == "symbol" else 1)
    assert "\n" not in told and "\x00" not in told
