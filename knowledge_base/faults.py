"""What is wrong in a content file, where, and in the editor's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge_base.yaml_lines import Place


@dataclass(frozen=True)
class Fault:
    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field or '（整个文件）'}: {self.message}"


BAD_DAY = "日期应写成 2026-01-31 的样子"
_MESSAGES = {
    "missing": "缺少这个字段",
    "extra_forbidden": "没有这个字段，是不是写错了名字",
    "too_short": "太少，至少要有一项",
    "string_too_short": "不能为空",
    "string_too_long": "太长，最多{max_length}个字",
    "union_tag_not_found": "要写明种类（kind）",
    "union_tag_invalid": "没有这个种类（kind）：{tag}",
    "string_type": "应当是文字，数字要加引号",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "int_from_float": "应当是整数",
    "decimal_parsing": "应当是数字",
    "decimal_type": "应当是数字",
    "float_parsing": "应当是数字",
    "finite_number": "应当是数字",
    "bool_parsing": "应当是“是”或者“否”",
    "literal_error": "只能是 {expected}",
    "enum": "只能是 {expected}",
    "list_type": "应当是一列",
    "greater_than": "要大于{gt}",
    "less_than": "要小于{lt}",
    "greater_than_equal": "不能小于{ge}",
    "less_than_equal": "不能大于{le}",
    "date_parsing": BAD_DAY,
    "date_from_datetime_parsing": BAD_DAY,
    "date_from_datetime_inexact": BAD_DAY,
    "model_type": "应当是一组“字段: 值”",
    "string_pattern_mismatch": "写法不对，应当合得上 {pattern}",
    "value_error": "{error}",
}


def dotted(place: Place) -> str:
    return ".".join(map(str, place))


def in_words(error: Mapping[str, Any]) -> str:
    """`error`: one of pydantic's `ValidationError.errors()`. Kinds that have no words here stay in English."""
    message = _MESSAGES.get(error["type"])
    return message.format(**error.get("ctx", {})) if message else str(error["msg"])
