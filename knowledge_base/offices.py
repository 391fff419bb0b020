"""Offices: where they are, when they are open, and which counters handle what, for how long."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator, model_validator

from knowledge_base.parts import Line, Part, Slug

EARTH_METRES = 6_371_000
SLOT_MINUTES = (15, 20, 30, 60, 120)
CounterLabel = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,6}$")]
VisitMinutes = Annotated[int, Field(ge=3, le=120)]


class OpeningHours(Part):
    """`days`: ISO weekdays, 1 = Monday. Times are local (Asia/Shanghai), HH:MM."""

    days: tuple[Annotated[int, Field(ge=1, le=7)], ...] = Field(min_length=1)
    opens: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    closes: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    lines: tuple[Slug, ...] = ()
    """Which lines are open then; empty: all."""
    note: str = ""

    @model_validator(mode="after")
    def closes_later(self) -> OpeningHours:
        if self.closes <= self.opens:
            raise ValueError("下班时间要晚于上班时间")
        return self

    def serves(self, line_id: str) -> bool:
        return not self.lines or line_id in self.lines


class Location(Part):
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


def metres_between(one: Location, other: Location) -> float:
    """Great-circle distance by the haversine formula; good to half a percent, the earth being no ball."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.lon - one.lon) / 2
    root = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(root)))


class CounterLine(Part):
    """Counters that handle the same items and call from one queue (业务线), such as 出入境证件."""

    id: Slug
    """Unique within the office."""
    name: Line
    letter: str = Field(pattern=r"^[A-Z]$")
    """Tickets of the line begin with it: A001."""
    counters: tuple[CounterLabel, ...] = Field(min_length=1)
    """Labels as on the signs: "1" is 1号窗口."""
    guides: tuple[Slug, ...] = Field(min_length=1)
    minutes: VisitMinutes
    """Planned minutes at the counter for one visit."""
    item_minutes: dict[Slug, VisitMinutes] = Field(default_factory=dict)
    """Items of the line that take longer or shorter."""
    slot_minutes: int
    """The grid of the openings."""
    public_percent: int = Field(default=60, ge=0, le=100)
    """Share of the counter time that citizens can book."""
    internal_percent: int = Field(default=20, ge=0, le=100)
    """Share that staff can book for them. What both leave is for those who walk in."""

    # A frozen part is hashed over its fields, and a dict has no hash.
    def __hash__(self) -> int:
        return hash((self.id, self.letter, self.counters, self.guides))

    @field_validator("slot_minutes")
    @classmethod
    def a_slot_is_one_of_a_few_lengths(cls, minutes: int) -> int:
        if minutes not in SLOT_MINUTES:
            raise ValueError(f"时段长度只能是{'、'.join(map(str, SLOT_MINUTES))}分钟")
        return minutes

    @model_validator(mode="after")
    def counters_and_items_stand_once(self) -> CounterLine:
        if twice := repeated(self.counters):
            raise ValueError(f"窗口重复：{'、'.join(twice)}")
        if twice := repeated(self.guides):
            raise ValueError(f"事项重复：{'、'.join(twice)}")
        if strangers := sorted(self.item_minutes.keys() - set(self.guides)):
            raise ValueError(f"item_minutes 里有这条业务线不办的事项：{'、'.join(strangers)}")
        return self

    @model_validator(mode="after")
    def the_longest_item_can_be_booked(self) -> CounterLine:
        if self.public_percent + self.internal_percent > 100:
            raise ValueError("公众预约和内部预约的比例加起来不能超过100")
        if self.longest_minutes > self.slot_minutes:
            raise ValueError(f"最长的事项要{self.longest_minutes}分钟，超过了每个时段的{self.slot_minutes}分钟")
        if self.longest_minutes > self.public_minutes:
            raise ValueError(
                f"每个时段公众只能约{self.public_minutes}分钟，最长的事项要{self.longest_minutes}分钟："
                "请增加窗口、加长时段或提高 public_percent"
            )
        return self

    def minutes_for(self, guide_id: str) -> int:
        return self.item_minutes.get(guide_id, self.minutes)

    @property
    def longest_minutes(self) -> int:
        return max(self.minutes_for(guide) for guide in self.guides)

    @property
    def public_minutes(self) -> int:
        """Counter-minutes of one slot that citizens can book."""
        return len(self.counters) * self.slot_minutes * self.public_percent // 100

    @property
    def internal_minutes(self) -> int:
        """Counter-minutes of one slot that staff can book."""
        return len(self.counters) * self.slot_minutes * self.internal_percent // 100


class Office(Part):
    """A place where counters are (网点/大厅). Without `lines` it cannot be booked."""

    id: Slug
    name: Line
    aliases: tuple[str, ...] = ()
    region: str = Field(pattern=r"^\d{6,12}$")
    address: Line
    how_to_get_there: str = ""
    phone: Line
    location: Location
    opening_hours: tuple[OpeningHours, ...] = Field(min_length=1)
    guides: tuple[Slug, ...] = Field(min_length=1)
    """Ids of the service items that its counters handle."""
    lines: tuple[CounterLine, ...] = ()
    note: str = ""
    sample: bool = False

    @model_validator(mode="after")
    def lines_share_nothing(self) -> Office:
        for values, what in (
            ([line.id for line in self.lines], "业务线编号"),
            ([line.letter for line in self.lines], "取号字母"),
            ([counter for line in self.lines for counter in line.counters], "窗口"),
            ([guide for line in self.lines for guide in line.guides], "事项"),
        ):
            if twice := repeated(values):
                raise ValueError(f"{what}在几条业务线里重复：{'、'.join(twice)}")
        return self

    @model_validator(mode="after")
    def lines_handle_what_the_office_handles(self) -> Office:
        if not self.lines:
            return self
        handled = {guide for line in self.lines for guide in line.guides}
        if homeless := sorted(set(self.guides) - handled):
            raise ValueError(f"这些事项没有放进任何业务线：{'、'.join(homeless)}")
        if strangers := sorted(handled - set(self.guides)):
            raise ValueError(f"业务线里有网点不办的事项：{'、'.join(strangers)}")
        return self

    @model_validator(mode="after")
    def every_line_has_hours(self) -> Office:
        named = {line for hours in self.opening_hours for line in hours.lines}
        if unknown := sorted(named - {line.id for line in self.lines}):
            raise ValueError(f"办公时间里写了没有的业务线：{'、'.join(unknown)}")
        for line in self.lines:
            periods = sorted((day, each.opens, each.closes) for each in self.hours_of(line.id) for day in each.days)
            if not periods:
                raise ValueError(f"业务线“{line.name}”没有办公时间")
            # Counters would be counted twice, and twice as many visits booked.
            for (day, _, closes), (next_day, opens, _) in pairwise(periods):
                if day == next_day and opens < closes:
                    raise ValueError(f"业务线“{line.name}”的办公时间有重叠：星期{'一二三四五六日'[day - 1]} {opens}")
        return self

    def line(self, line_id: str) -> CounterLine | None:
        return next((line for line in self.lines if line.id == line_id), None)

    def line_of(self, guide_id: str) -> CounterLine | None:
        return next((line for line in self.lines if guide_id in line.guides), None)

    def hours_of(self, line_id: str) -> tuple[OpeningHours, ...]:
        return tuple(hours for hours in self.opening_hours if hours.serves(line_id))


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]
