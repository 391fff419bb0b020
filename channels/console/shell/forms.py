"""Forms: what was typed, read into a model, or shown again with a sentence beside each field that is wrong.

The templates' side is `templates/console/forms.html`. A field's name is its path in the model: `lines.0.name`. A name
that ends in `[]` is a list, of all values that were sent under it. What was left empty counts as not sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from starlette.datastructures import FormData, QueryParams

from service_hall.conversation.message import without_unseen

Model = TypeVar("Model", bound=BaseModel)
CONTROLS = "里面有看不见的控制字符，已经去掉了，请看一下再保存。"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOST_NAME_CHARACTERS = 200
"""No form of ours has longer ones; a longer one would be deeper, or count further, than Python cares to go."""
_SENTENCES: Mapping[str, str] = {
    "missing": "请填写。",
    "string_too_short": "太短了，至少{min_length}个字。",
    "string_too_long": "太长了，最多{max_length}个字。",
    "string_pattern_mismatch": "格式不对，请照旁边的说明填写。",
    "int_parsing": "请填整数。",
    "float_parsing": "请填数字。",
    "decimal_parsing": "请填数字。",
    "greater_than_equal": "不能小于{ge}。",
    "greater_than": "要大于{gt}。",
    "less_than_equal": "不能大于{le}。",
    "less_than": "要小于{lt}。",
    "too_short": "至少选{min_length}项。",
    "too_long": "最多选{max_length}项。",
    "bool_parsing": "请填“是”或者“否”。",
    "bool_type": "请填“是”或者“否”。",
    "enum": "请从列表里选。",
    "literal_error": "请从列表里选。",
    "date_from_datetime_parsing": "日期要写成 2026-11-26 的样子。",
    "date_parsing": "日期要写成 2026-11-26 的样子。",
    "datetime_from_date_parsing": "时间要写成 2026-11-26T09:00 的样子。",
}


@dataclass
class Form:
    """`said`: name → what stands in the field; `errors`: name → one sentence."""

    said: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        return self.said.get(name, [""])[0]

    def values(self, name: str) -> list[str]:
        return self.said.get(name, [])

    def refuse(self, name: str, sentence: str) -> Form:
        self.errors.setdefault(name, sentence)
        return self


def filled(values: Mapping[str, object]) -> Form:
    """A form that shows what there is. A list goes into the field with `[]` at its end."""
    said: dict[str, list[str]] = {}
    for name, value in values.items():
        if isinstance(value, (list, tuple, set, frozenset)):
            said[f"{name}[]"] = [str(each) for each in value]
        else:
            said[name] = ["" if value is None else str(value)]
    return Form(said)


def typed(form: FormData | QueryParams) -> Form:
    """As it was sent; files are left out. A field for a password never shows what stands here."""
    told = Form()
    for name, value in form.multi_items():
        if isinstance(value, str):
            told.said.setdefault(name, []).append(without_unseen(value).replace("\r\n", "\n"))
            if has_controls(value):
                told.refuse(name, CONTROLS)
    return told


def has_controls(text: str) -> bool:
    """What no database keeps, and nobody types; tabs and ends of lines are none."""
    return bool(_CONTROLS.search(text))


def secret(form: FormData, name: str) -> str:
    """To the letter: spaces at its ends are part of a password."""
    said = form.get(name, "")
    return said if isinstance(said, str) else ""


def read(form: Form, model: type[Model]) -> Model | None:
    """None: something is wrong, and `form.errors` says what, under the names of the fields."""
    try:
        found = model.model_validate(_nested(form.said))
        return None if form.errors else found
    except ValidationError as wrong:
        for error in wrong.errors(include_url=False, include_input=False):
            form.refuse(_field_of(error, form.said), _sentence(error))
        return None


def is_slug(text: str) -> bool:
    """An id: small letters, digits and hyphens, 64 at most."""
    bare = text.replace("-", "")
    is_plain = text.isascii() and bare.isalnum() and text == text.lower()
    return bool(bare) and is_plain and text[0] != "-" and len(text) <= 64


def _nested(said: Mapping[str, list[str]]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for name, values in said.items():
        if len(name) > _MOST_NAME_CHARACTERS:
            continue
        given = [value.strip() for value in values if value.strip()]
        is_list = name.endswith("[]")
        *way, last = name.removesuffix("[]").split(".")
        at = root
        for step in way:
            deeper = at.setdefault(step, {})
            if not isinstance(deeper, dict):  # nobody's form has such names
                break
            at = deeper
        else:
            # A row whose fields are all empty is a row: those after it keep their numbers.
            if given or is_list:
                at[last] = given if is_list else given[0]
    return {name: _with_lists(value) for name, value in root.items()}


def _with_lists(value: Any) -> Any:
    """What is counted is a list, in the order of its numbers."""
    if not isinstance(value, dict):
        return value
    inner = {name: _with_lists(each) for name, each in value.items()}
    is_counted = inner and all(name.isdecimal() for name in inner)
    return [inner[name] for name in sorted(inner, key=int)] if is_counted else inner


def _field_of(error: ErrorDetails, said: Iterable[str]) -> str:
    name = ".".join(str(step) for step in error["loc"])
    whole = next((each for each in said if each.endswith("[]") and name.startswith(each.removesuffix("[]"))), None)
    return whole or name


def _sentence(error: ErrorDetails) -> str:
    about = error.get("ctx", {})
    if about.get("told"):
        return error["msg"]
    if error["type"] == "value_error":
        return str(about.get("error", error["msg"]))
    return _SENTENCES.get(error["type"], "填写有误，请检查。").format(**about)
