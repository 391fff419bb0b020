"""An office as a form: its hours and lines row by row, items by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from channels.console.shell.forms import Form, read
from knowledge_base.library import Library
from knowledge_base.offices import Office

_OF_A_LINE = ("id", "name", "letter", "minutes", "slot_minutes", "public_percent", "internal_percent")
_WORDS = str.maketrans("，、；,;\n\t", "       ")
DAYS = (("1", "周一"), ("2", "周二"), ("3", "周三"), ("4", "周四"), ("5", "周五"), ("6", "周六"), ("7", "周日"))

Words = Annotated[list[str], BeforeValidator(lambda said: str(said).translate(_WORDS).split())]


class HoursIn(BaseModel):
    days: list[int] = []
    opens: str = ""
    closes: str = ""
    lines: Words = []
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.days or self.opens or self.closes)


class LineIn(BaseModel):
    id: str = ""
    name: str = ""
    letter: str = ""
    counters: Words = []
    minutes: int = 15
    slot_minutes: int = 30
    public_percent: int = 60
    internal_percent: int = 20
    items: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.id or self.name or self.items)


class OfficeIn(BaseModel):
    name: str = Field(max_length=60)
    aliases: Words = []
    address: str = Field(max_length=200)
    how_to_get_there: str = Field(default="", max_length=400)
    phone: str = Field(max_length=40)
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    note: str = Field(default="", max_length=400)
    hours: list[HoursIn] = []
    lines: list[LineIn] = []
    items: str = ""


def shown(office: Office, library: Library) -> dict[str, list[str]]:
    """What stands in the fields."""
    said: dict[str, list[str]] = {
        "name": [office.name], "aliases": ["、".join(office.aliases)], "address": [office.address],
        "how_to_get_there": [office.how_to_get_there], "phone": [office.phone], "lat": [str(office.location.lat)],
        "lon": [str(office.location.lon)], "note": [office.note],
    }  # fmt: skip
    for at, hours in enumerate(office.opening_hours):
        said[f"hours.{at}.days[]"] = [str(day) for day in hours.days]
        lines = " ".join(hours.lines)
        said |= _row(f"hours.{at}", {"opens": hours.opens, "closes": hours.closes, "lines": lines, "note": hours.note})
    for at, line in enumerate(office.lines):
        items = "\n".join(_item_line(guide, line.item_minutes.get(guide), library) for guide in line.guides)
        plain = {name: getattr(line, name) for name in _OF_A_LINE}
        said |= _row(f"lines.{at}", {**plain, "counters": " ".join(line.counters), "items": items})
    if not office.lines:
        said["items"] = ["\n".join(_item_line(guide, None, library) for guide in office.guides)]
    return said


def changed(office: Office, form: Form, library: Library) -> Office | None:
    """The office as it would be. None: something is wrong, and `form.errors` says what."""
    wanted = read(form, OfficeIn)
    if wanted is None:
        return None
    lines = [_line(at, line, form, library) for at, line in enumerate(wanted.lines) if not line.is_empty]
    guides = [guide for line in lines for guide in line["guides"]]
    if not lines:
        guides = [guide for guide, _ in _items("items", wanted.items, form, library)]
    body = {
        **office.model_dump(mode="json"),
        **{name: getattr(wanted, name) for name in ("name", "aliases", "address", "how_to_get_there", "phone", "note")},
        "location": {"lat": wanted.lat, "lon": wanted.lon},
        "opening_hours": [
            {**hours.model_dump(), "days": sorted(hours.days)} for hours in wanted.hours if not hours.is_empty
        ],
        "lines": lines,
        "guides": list(dict.fromkeys(guides)),
    }
    if form.errors:
        return None
    try:
        return Office.model_validate(body)
    except ValidationError as wrong:
        _say(wrong, form, wanted)
        return None


def _line(at: int, line: LineIn, form: Form, library: Library) -> dict[str, Any]:
    items = list(_items(f"lines.{at}.items", line.items, form, library))
    return {
        **line.model_dump(exclude={"items"}),
        "guides": [guide for guide, _ in items],
        "item_minutes": {guide: minutes for guide, minutes in items if minutes},
    }


def _items(name: str, said: str, form: Form, library: Library) -> Iterator[tuple[str, int | None]]:
    """One a line: the item's name or id, and minutes behind it where it takes longer or shorter than the others."""
    ids = {item_name: item_id for item_id, item_name in library.names.items()}
    for row in filter(None, map(str.strip, said.splitlines())):
        head, _, tail = row.rpartition(" ")
        minutes = tail.removesuffix("分钟")
        item, own = (head.strip(), int(minutes)) if head and minutes.isdecimal() and len(minutes) < 4 else (row, None)
        item_id = item if item in library.names else ids.get(item)
        if item_id is None:
            form.refuse(name, f"没有“{item[:30]}”这个事项，请写完整的事项名称，一行一个。")
            return
        yield item_id, own


def _item_line(guide: str, minutes: int | None, library: Library) -> str:
    return library.names.get(guide, guide) + (f" {minutes}分钟" if minutes else "")


def _say(wrong: ValidationError, form: Form, wanted: OfficeIn) -> None:
    """Beside the field where it is one of a row, else above."""
    rows: Mapping[str, list[int]] = {
        "opening_hours": [at for at, each in enumerate(wanted.hours) if not each.is_empty],
        "lines": [at for at, each in enumerate(wanted.lines) if not each.is_empty],
    }
    for error in wrong.errors(include_url=False, include_input=False):
        where = list(error["loc"])
        sentence = str(error.get("ctx", {}).get("error", "")) or "填写有误，请照说明检查。"
        name = ""
        if where and where[0] in rows:
            part = "hours" if where[0] == "opening_hours" else "lines"
            name = part
            if len(where) > 1 and isinstance(where[1], int):
                field = {"guides": "items", "days": "days[]"}.get(str(where[2]) if len(where) > 2 else "")
                field = field or (str(where[2]) if len(where) > 2 else "name" if part == "lines" else "opens")
                name = f"{part}.{rows[str(where[0])][where[1]]}.{field}"
        form.refuse(name, sentence + ("" if sentence.endswith("。") else "。"))


def _row(name: str, fields: Mapping[str, object]) -> dict[str, list[str]]:
    return {f"{name}.{field}": [str(value)] for field, value in fields.items()}
