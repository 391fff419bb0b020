"""Policy figures of appointments and the queue: data with the days on which they hold, a source and a reviewer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator, model_validator

from knowledge_base.faults import Fault, dotted, in_words
from knowledge_base.parts import Line, Part, Slug
from knowledge_base.yaml_lines import LinedYaml, YamlFault, read_yaml

BOOKING_RULES = Path(__file__).parent / "content" / "booking_rules.yml"

Minutes = Annotated[int, Field(strict=True, ge=1, le=1440)]
Days = Annotated[int, Field(strict=True, ge=1, le=366)]
Times = Annotated[int, Field(strict=True, ge=1, le=100)]
Many = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]


class BookingRules(Part):
    """One version of the figures. Days are calendar days, local (Asia/Shanghai)."""

    effective_from: date
    effective_to: date | None = None
    """The last day on which they hold."""
    source: Slug
    reviewed_by: Line
    reviewed_on: date

    # booking
    hold_minutes: Minutes
    """How long an opening is kept for a citizen who has not confirmed yet."""
    lead_minutes: int = Field(strict=True, ge=0, le=10080)
    """The least time between now and the start of what a citizen books."""
    horizon_days: Days
    """How many days ahead can be booked; today + horizon_days is the last day."""
    active_per_person_and_item: Times
    """Bookings of one visitor for one person and item that may stand at once; likewise of one confirmed phone."""
    active_per_person: Times
    """Bookings of one visitor for one person that may stand at once; likewise of one confirmed phone."""
    active_per_visitor: Times
    """Bookings of one browser or account, for whomever, that may stand at once; likewise of a confirmed phone."""
    reschedules_per_visit: int = Field(strict=True, ge=0, le=100)
    """How often one booking may be moved by the citizen. Moves by the office do not count."""

    # lest one takes all: what may be taken in a day without a proof, and what a proof costs
    bookings_per_address: Many
    """Places taken from one network address in a day (held, booked or waited for) without a proof."""
    bookings_per_device: Many
    """Likewise by one visitor."""
    bookings_per_puzzle_level: Times
    """Above the budget, so many more make the puzzle twice as long."""
    puzzle_levels: Annotated[int, Field(strict=True, ge=1, le=12)]
    """The longest puzzle is that of this level."""
    puzzle_hashes: Annotated[int, Field(strict=True, ge=100, le=10_000_000)]
    """The most hashes that the first level takes; a slow phone does some 40,000 in a second."""
    proof_minutes: Minutes
    """How long a puzzle or a code by phone is good."""
    code_tries: Times
    """How often a code may be typed."""
    code_again_seconds: Annotated[int, Field(strict=True, ge=10, le=3600)]
    """After this long another code may be asked for."""
    codes_per_visitor: Many
    """Codes sent in a day for one visitor; above these limits a puzzle stands in for the code."""
    codes_per_address: Many
    """Codes sent in a day for one network address."""
    codes_per_phone: Many
    """Codes sent in a day to one phone, and …"""
    codes_per_phone_from_address: Many
    """… from one address: half of them at most, so that nobody uses up a stranger's from one place."""
    series_bookings: Annotated[int, Field(strict=True, ge=2, le=100_000)]
    """So many places from one address within series_minutes are shown to staff as a suspicious series …"""
    series_minutes: Minutes
    series_over_budget: Many
    """… and so are this many more in a day than bookings_per_address."""
    origin_days: Annotated[int, Field(strict=True, ge=1, le=31)]
    """After this many days addresses, codes and proofs are forgotten."""

    # those who do not come
    no_show_window_days: Days
    """How far back no-shows are counted."""
    no_show_warning_at: Times
    """With this many no-shows in the window, and any more below the restriction, the citizen is warned."""
    no_show_restriction_at: Times
    """With this many in the window, the citizen cannot book for no_show_restriction_days."""
    no_show_restriction_days: Days
    appeal_days: Days
    """How long after a no-show the citizen can appeal against it."""

    # the waiting list
    waitlist_offer_minutes: Minutes
    """How long a freed opening is kept for the citizen to whom it was offered."""
    waitlist_per_visitor: int = Field(strict=True, ge=0, le=100)
    """Entries of one visitor that may wait at once. 0: there is no waiting list."""

    # at the hall
    check_in_minutes: Minutes
    """How early before its start a visit can be checked in."""
    late_minutes: Minutes
    """How long after its start a visit that checks in still goes before walk-ins; later it waits as one of them."""
    calls_before_missed: Times
    """Calls without answer after which a ticket is missed."""
    almost_called_ahead: Times
    """With this many tickets or fewer ahead, the citizen is told: 即将叫号."""

    # reminders
    remind_day_before_at: time
    """Time of the reminder on the day before, local."""
    remind_minutes_before: Minutes
    """How long before the start the second reminder goes out."""
    notices_from: time
    """From then until notices_until, local, citizens are told what can wait; calls in the hall and changes of today's
    booking go at once."""
    notices_until: time

    # personal data
    retention_days: Days
    """How long after the visit ended its personal data are kept."""

    @field_validator("remind_day_before_at", "notices_from", "notices_until", mode="before")
    @classmethod
    def a_time_of_day_is_written_plainly(cls, said: Any) -> Any:
        # pydantic would read 1800 as seconds after midnight.
        if not isinstance(said, time) and not (
            isinstance(said, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", said)
        ):
            raise ValueError('时间要写成 "18:00" 的样子')
        return said

    @model_validator(mode="after")
    def figures_agree(self) -> BookingRules:
        if self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("失效日期早于生效日期")
        if self.no_show_restriction_at <= self.no_show_warning_at:
            raise ValueError("先提醒后限制：no_show_restriction_at 要大于 no_show_warning_at")
        if self.active_per_person < self.active_per_person_and_item:
            raise ValueError("active_per_person 不能小于 active_per_person_and_item")
        if self.codes_per_phone < 2 * self.codes_per_phone_from_address:
            raise ValueError("codes_per_phone 至少是 codes_per_phone_from_address 的两倍")
        if not self.notices_from <= self.remind_day_before_at < self.notices_until:
            raise ValueError("remind_day_before_at 要在 notices_from 和 notices_until 之间")
        return self

    def is_in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


class NoBookingRules(LookupError):
    """No version holds on that day: it lies before the first."""


class FaultyBookingRules(ValueError):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class BookingRuleBook:
    versions: tuple[BookingRules, ...]

    def on(self, day: date) -> BookingRules:
        """Of two versions in force, the one that began later speaks. Raises NoBookingRules."""
        in_force = [rules for rules in self.versions if rules.is_in_force(day)]
        if not in_force:
            raise NoBookingRules(f"{day} 没有生效的预约规则")
        return max(in_force, key=lambda rules: rules.effective_from)


def load_booking_rules(path: Path = BOOKING_RULES) -> BookingRuleBook:
    """Raises FaultyBookingRules with every fault, its line and field."""
    try:
        lined = read_yaml(path)
    except YamlFault as fault:
        raise FaultyBookingRules([Fault(path.name, fault.line, "", str(fault))]) from fault
    entries = lined.data.get("rules") if isinstance(lined.data, dict) else None
    if not isinstance(entries, list) or not entries:
        raise FaultyBookingRules([Fault(path.name, lined.line_of(("rules",)), "rules", "至少要写一版预约规则")])
    versions: list[BookingRules] = []
    faults: list[Fault] = []
    for position, entry in enumerate(entries):
        try:
            versions.append(BookingRules.model_validate(entry))
        except ValidationError as invalid:
            for error in invalid.errors():
                place = ("rules", position, *error["loc"])
                faults.append(Fault(path.name, lined.line_of(place), dotted(place), in_words(error)))
    book = BookingRuleBook(tuple(versions))
    if faults or (faults := _faults_between(book, path, lined)):
        raise FaultyBookingRules(faults)
    return book


def _faults_between(book: BookingRuleBook, path: Path, lined: LinedYaml) -> list[Fault]:
    """Two versions may not begin on one day, and once there are rules no day may be without."""
    faults: list[Fault] = []
    begun: set[date] = set()
    for position, rules in enumerate(book.versions):
        place = ("rules", position)
        if rules.effective_from in begun:
            at = (*place, "effective_from")
            faults.append(Fault(path.name, lined.line_of(at), dotted(at), "同一天生效的已有一版"))
        begun.add(rules.effective_from)
        if rules.effective_to and rules.effective_to < date.max:
            after = rules.effective_to + timedelta(days=1)
            if not any(other.is_in_force(after) for other in book.versions):
                at = (*place, "effective_to")
                faults.append(Fault(path.name, lined.line_of(at), dotted(at), f"从 {after} 起没有生效的规则"))
    return faults
