"""A field of a template as its type allows: what is too long is shortened, never skipped. The type is in its name:
`thing1`, `phrase2`. (Limits of "订阅消息参数值内容限制".)"""

from __future__ import annotations

import re
from collections.abc import Callable

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NOT_HAN = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff]+")
_NOT_PLAIN = re.compile(r"[^\x20-\x7e]+")
_NOT_DIGITS = re.compile(r"[^0-9.]+")
_NOT_LETTERS = re.compile(r"[^A-Za-z]+")
_TYPE = re.compile(r"([a-z_]+?)\d*")
MOST_UNTYPED = 200
"""Of the old templates (`first`, `keyword1`, `remark`), whose fields have no type."""
_ELLIPSIS = "…"


def fitted(name: str, value: str) -> str:
    """Never empty: WeChat refuses an empty field, and the whole message with it."""
    found = _TYPE.fullmatch(name)
    fit = _FITTING.get(found[1] if found else "", _any(MOST_UNTYPED))
    return fit(_CONTROL.sub(" ", value).strip())


def _any(most: int) -> Callable[[str], str]:
    return lambda value: _cut(value, most) or "无"


def _only(kept_out: re.Pattern[str], most: int, empty: str) -> Callable[[str], str]:
    return lambda value: kept_out.sub("", value).strip()[:most] or empty


def _name(value: str) -> str:
    """Ten characters where one is Chinese, otherwise twenty."""
    return value[:20] if value.isascii() and value else value[:10] or "无"


def _cut(text: str, most: int) -> str:
    """In characters as WeChat counts them: an emoji is two."""
    if _length(text) <= most:
        return text
    kept = ""
    for letter in text:
        if _length(kept + letter) > most - 1:
            break
        kept += letter
    return kept.rstrip() + _ELLIPSIS


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", errors="replace")) // 2


_FITTING: dict[str, Callable[[str], str]] = {
    "thing": _any(20),
    "const": _any(20),
    "number": _only(_NOT_DIGITS, 32, "0"),
    "letter": _only(_NOT_LETTERS, 32, "A"),
    "symbol": _only(re.compile(r"[\w\s]+"), 5, "-"),
    "character_string": _only(_NOT_PLAIN, 32, "-"),
    "time": _any(32),
    "date": _any(32),
    "amount": _any(13),
    "phone_number": _only(re.compile(r"[^0-9+\-() ]+"), 17, "12345"),
    "car_number": _any(8),
    "name": _name,
    "phrase": _only(_NOT_HAN, 5, "通知"),
}
