"""What staff do who plan: close and reopen, add hours and drop them, change the capacity."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from service_hall.appointments import closing, reserving, series
from service_hall.appointments.places import Wanted
from service_hall.shared.ids import VisitorId
from service_hall.visits.closures import ExtraHours
from service_hall.visits.person import Person
from service_hall.visits.states import Status
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.stateful.town import (
    WHERE,
    Town,
    days_on,
    item,
    offices,
    pick,
    which,
    who,
    whom,
)
from tests.visit_town import moment


class Planning(Town):
    @rule(
        item=item,
        days=days_on,
        hours=st.sampled_from((("00:00", "23:59"), ("00:00", "23:59"), ("09:00", "09:30"), ("09:10", "13:40"))),
        more=st.integers(0, 1),
        whole_office=st.booleans(),
        remedy=st.sampled_from((closing.Remedy.NOTIFY, closing.Remedy.NOTIFY, closing.Remedy.MOVE)),
    )
    def close(
        self, item: str, days: int, hours: tuple[str, str], more: int, whole_office: bool, remedy: closing.Remedy
    ) -> None:
        first = self.today + timedelta(days=days)
        office = self.means.office(WHERE[item])
        line = office.line_of(item) if office else None
        assert office and line
        wanted = closing.ToClose(
            office.id,
            moment(first, hours[0]),
            moment(first + timedelta(days=more), hours[1]),
            "停电",
            "" if whole_office else line.id,
        )
        to_hit = sorted(visit.visit_id for visit in closing.hits(self.means, wanted))
        closed = closing.close(self.means, wanted, remedy, "wang")
        self.closures.append((office.id, closed.closure.closure_id))
        lists = closed.moved, closed.displaced, closed.let_go, closed.waiting
        assert sorted(visit.visit_id for each in lists for visit in each) == to_hit
        booked_then = {
            visit.visit_id
            for visit in self.those(Status.BOOKED)
            if visit.office_id == office.id
            and (whole_office or visit.line_id == line.id)
            and visit.starts_at
            and wanted.from_ - timedelta(minutes=line.slot_minutes) < visit.starts_at < wanted.until
        }
        assert booked_then == {visit.visit_id for visit in (*closed.moved, *closed.displaced)}

    @precondition(lambda self: self.closures)
    @rule(which=which)
    def reopen(self, which: int) -> None:
        restored = closing.reopen(self.means, *pick(self.closures, which), "wang")
        assert restored is None or not any(visit.displaced for visit in restored)

    @rule(item=item, days=days_on, hours=st.sampled_from((("10:00", "11:00"), ("08:45", "10:15"), ("13:00", "14:00"))))
    def add_hours(self, item: str, days: int, hours: tuple[str, str]) -> None:
        day = self.today + timedelta(days=days)
        extra = ExtraHours("", WHERE[item], "", day, *hours, made_by="wang", made_at=self.town.clock())
        self.extra_hours.append(closing.add_hours(self.means, extra))

    @precondition(lambda self: self.extra_hours)
    @rule(which=which, who=who, whom=whom, at_once=st.booleans())
    def come_in_the_extra_hours(self, which: int, who: VisitorId, whom: Person, at_once: bool) -> None:
        extra = pick(self.extra_hours, which)
        item = next(item for item, office_id in WHERE.items() if office_id == extra.office_id)
        wanted = Wanted(item, extra.office_id, moment(extra.day, extra.opens))
        if at_once:
            asked = reserving.Request(who, wanted, whom, self.new_key())
            self.booked(asked, reserving.book(self.means, asked))
        else:
            self.held(reserving.hold(self.means, who, wanted))

    @precondition(lambda self: self.extra_hours)
    @rule(which=which)
    def drop_hours(self, which: int) -> None:
        extra = pick(self.extra_hours, which)
        for visit in closing.drop_hours(self.means, extra.office_id, extra.extra_id, "wang") or []:
            assert visit.displaced

    @precondition(lambda self: self.series())
    @rule(which=which, keeps=st.booleans())
    def release_a_series(self, which: int, keeps: bool) -> None:
        office_id, found = pick(self.series(), which)
        kept = found.visits[:1] if keeps else []
        series.keep(self.means, office_id, found.series_id, [visit.visit_id for visit in kept], "wang")
        released = series.release(self.means, office_id, found.series_id, "wang")
        if released is not None:
            expected = {visit.visit_id for visit in found.visits} - {visit.visit_id for visit in kept}
            assert {visit.visit_id for visit in released} == expected
        assert not any(each.series_id == found.series_id for each in series.series_at(self.means, office_id))

    def series(self) -> list[tuple[str, series.Series]]:
        return [
            (office_id, each)
            for office_id in (TOWN_HALL, EAST_HALL)
            for each in series.series_at(self.means, office_id)
        ]

    @rule(percent=st.sampled_from((25, 50, 75)))
    def change_capacity(self, percent: int) -> None:
        self.town.change_offices(offices(percent))
