"""Reading a form: nested rows, lists, empty fields, and a sentence beside each field that is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from channels.console.shell.forms import Form, filled, read, typed
from channels.console.shell.paging import Paging


class RowIn(BaseModel):
    name: str = ""
    days: list[int] = []


class ThingIn(BaseModel):
    title: str = Field(max_length=5)
    count: int = Field(default=1, ge=1)
    day: date | None = None
    is_on: bool = False
    rows: list[RowIn] = []


def form_of(*pairs: tuple[str, str]) -> Form:
    return typed(FormData(list(pairs)))


def test_rows_and_lists_are_read_in_their_order_empty_ones_among_them() -> None:
    form = form_of(
        ("title", " 借书 "), ("rows.1.name", ""), ("rows.0.name", "甲"), ("rows.0.days[]", "1"), ("rows.0.days[]", "2"),
        ("rows.10.name", "末"), ("is_on", "on"), ("day", ""), ("count", ""),
    )  # fmt: skip
    thing = read(form, ThingIn)
    assert thing and form.errors == {}
    assert (thing.title, thing.count, thing.day, thing.is_on) == ("借书", 1, None, True)
    assert [(row.name, row.days) for row in thing.rows] == [("甲", [1, 2]), ("", []), ("末", [])]


def test_each_wrong_field_has_its_sentence_and_all_keep_what_was_typed() -> None:
    form = form_of(("title", "六个字的标题"), ("count", "0"), ("day", "明天"), ("rows.0.days[]", "一"))
    assert read(form, ThingIn) is None
    assert form.errors == {
        "title": "太长了，最多5个字。",
        "count": "不能小于1。",
        "day": "日期要写成 2026-11-26 的样子。",
        "rows.0.days[]": "请填整数。",
    }
    assert form.value("title") == "六个字的标题" and form.values("rows.0.days[]") == ["一"]


def test_what_is_missing_is_asked_for() -> None:
    form = form_of(("title", "  "))
    assert read(form, ThingIn) is None and form.errors == {"title": "请填写。"}


@pytest.mark.parametrize(
    "name",
    ["title.x", "rows.x", "rows", "rows[]", "..", "", "rows.0", "rows.0.days", "a" * 500, ".".join("1" * 20_000),
     f"rows.{'9' * 5000}.name"],
)  # fmt: skip
def test_odd_names_are_no_fault_of_ours(name: str) -> None:
    read(form_of(("title", "借书"), (name, "1"), ("rows.0.name", "甲")), ThingIn)


def test_a_form_shows_what_there_is() -> None:
    form = filled({"title": "借书", "count": 3, "day": None, "roles": ["a", "b"]})
    assert form.value("title") == "借书" and form.value("count") == "3" and form.value("day") == ""
    assert form.values("roles[]") == ["a", "b"]


def test_pages_keep_their_filters() -> None:
    paging = Paging("/console/x", 2, 120, {"q": "借书 证", "region": ""})
    assert (paging.pages, paging.first) == (3, 50)
    assert paging.before == "/console/x?q=%E5%80%9F%E4%B9%A6+%E8%AF%81&page=1"
    assert Paging("/x", 3, 120, {}).after == "" and Paging("/x", 1, 0, {}).before == ""
