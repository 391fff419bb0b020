"""Which of name and numbers a sentence speaks of."""

from __future__ import annotations

import re
from typing import Final, Literal

PersonField = Literal["name", "phone", "id_number"]

_NAMED: Final[dict[PersonField, re.Pattern[str]]] = {
    "name": re.compile("姓名|名字"),
    "phone": re.compile("手机|电话|联系方式"),
    "id_number": re.compile("身份证|证件号"),
}


def field_named(text: str) -> PersonField | None:
    """None where it names none of them, or more than one."""
    named = [field for field, pattern in _NAMED.items() if pattern.search(text)]
    return named[0] if len(named) == 1 else None
