"""The outbox is emptied: each notice at its time, at every door, at least once, and shown once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from service_hall.appointments.changing import cancel, reschedule
from service_hall.appointments.closing import Remedy, ToClose, close, reopen
from service_hall.conversation.reply import NoticeReply, Reply
from service_hall.reminders import delivering
from service_hall.reminders.delivering import as_it_stands, deliver_due
from service_hall.shared.ids import VisitorId
from service_hall.visits.notices import NoticeId, NoticeKind, notice
from service_hall.visits.visit import VisitId
from tests.fakes import TOWN_HALL
from tests.visit_town import MONDAY, SetClock, VisitTown, booked, moment, outbox, visitor

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@dataclass
class Letterbox:
    """A door that remembers what it was given; fails for those named; shows each notice once, as doors must."""

    fails_for: set[VisitorId] = field(default_factory=set)
    reaches: bool = True
    given: list[tuple[VisitorId, NoticeId, str]] = field(default_factory=list)

    def deliver(self, visitor_id: VisitorId, notice_id: NoticeId, reply: Reply, at: datetime) -> bool:
        if visitor_id in self.fails_for:
            raise OSError("the line is dead")
        assert isinstance(reply, NoticeReply)
        self.given.append((visitor_id, notice_id, reply.kind))
        return self.reaches

    @property
    def kinds(self) -> list[str]:
        return [kind for *_, kind in self.given]

    @property
    def shown(self) -> set[NoticeId]:
        return {notice_id for _, notice_id, _ in self.given}


@pytest.fixture
def town() -> VisitTown:
    return VisitTown(clock=SetClock())


@pytest.fixture
def door() -> Letterbox:
    return Letterbox()


class TestReminders:
    def test_the_evening_before_at_six_and_two_hours_before_but_not_at_night(
        self, town: VisitTown, door: Letterbox
    ) -> None:
        booked(town)
        said = []
        for day, clock in (
            (MONDAY, "17:59"),
            (MONDAY, "18:00"),
            (TUESDAY, "07:59"),
            (TUESDAY, "08:00"),
            (TUESDAY, "08:59"),
        ):
            town.clock.at = moment(day, clock)
            said.append(deliver_due(town.means, [door]))
        assert said == [0, 1, 0, 1, 0]
        assert door.kinds == ["day_before", "soon"]
        assert {to for to, *_ in door.given} == {visitor()}

    def test_a_cancelled_booking_is_reminded_of_nothing(self, town: VisitTown, door: Letterbox) -> None:
        visit = booked(town)
        cancel(town.means, visitor(), visit.code)
        town.clock.at = moment(TUESDAY, "08:00")
        assert deliver_due(town.means, [door]) == 0
        assert door.given == []

    def test_a_moved_booking_is_reminded_at_its_new_time_alone(self, town: VisitTown, door: Letterbox) -> None:
        visit = booked(town)
        reschedule(town.means, visitor(), visit.code, moment(WEDNESDAY, "09:00"))
        town.clock.at = moment(TUESDAY, "17:59")
        assert deliver_due(town.means, [door]) == 0
        town.clock.at = moment(TUESDAY, "18:00")
        assert deliver_due(town.means, [door]) == 1

    def test_a_door_that_is_late_tells_it_as_long_as_it_is_so(self, town: VisitTown, door: Letterbox) -> None:
        visit = booked(town)
        town.clock.at = moment(MONDAY, "18:00")
        deliver_due(town.means, [door])
        [(_, notice_id, _)] = door.given
        late = as_it_stands(town.means, notice_id)
        assert late and "6月2日（周二）9:00" in late.text and late.about and late.about.code == visit.code
        town.clock.at = moment(MONDAY, "18:30")
        reschedule(town.means, visitor(), visit.code, moment(WEDNESDAY, "09:00"))
        assert as_it_stands(town.means, notice_id) is None, "of the new time there is a reminder of its own"
        assert as_it_stands(town.means, NoticeId("n_of_nothing")) is None

    def test_who_was_sent_away_hears_of_that_and_no_reminder(self, town: VisitTown, door: Letterbox) -> None:
        booked(town)
        wanted = ToClose(TOWN_HALL, moment(TUESDAY, "00:00"), moment(TUESDAY, "23:59"), "停电")
        close(town.means, wanted, Remedy.NOTIFY, "wang")
        for day, clock in ((MONDAY, "08:00"), (MONDAY, "18:00"), (TUESDAY, "07:00")):
            town.clock.at = moment(day, clock)
            deliver_due(town.means, [door])
        assert door.kinds == ["displaced"]

    def test_when_the_closure_is_taken_back_the_reminders_are_there_again(
        self, town: VisitTown, door: Letterbox
    ) -> None:
        booked(town)
        wanted = ToClose(TOWN_HALL, moment(TUESDAY, "00:00"), moment(TUESDAY, "23:59"), "停电")
        done = close(town.means, wanted, Remedy.NOTIFY, "wang")
        deliver_due(town.means, [door])
        reopen(town.means, TOWN_HALL, done.closure.closure_id, "wang")
        for day, clock in ((MONDAY, "08:01"), (MONDAY, "18:00"), (TUESDAY, "08:00")):
            town.clock.at = moment(day, clock)
            deliver_due(town.means, [door])
        assert door.kinds == ["displaced", "restored", "day_before", "soon"]


class TestAtNight:
    def test_what_can_wait_is_told_in_the_morning_and_once(self, town: VisitTown, door: Letterbox) -> None:
        visit = booked(town)
        town.clock.at = moment(WEDNESDAY, "00:05")
        town.ledger.write([], lambda page: page.post(notice(visit, NoticeKind.APPEAL_DECIDED, town.clock.at)))
        said = [
            deliver_due(town.means, [door]) for town.clock.at in moments(WEDNESDAY, "00:05", "07:59", "08:00", "08:01")
        ]
        assert said == [0, 0, 1, 0]

    def test_what_an_outage_held_up_waits_too(self, town: VisitTown, door: Letterbox) -> None:
        booked(town, at=moment(TUESDAY, "14:00"))
        said = [deliver_due(town.means, [door]) for town.clock.at in moments(TUESDAY, "03:00", "08:00")]
        assert said == [0, 1] and door.kinds == ["day_before"]

    def test_a_change_of_todays_booking_is_told_at_once(self, town: VisitTown, door: Letterbox) -> None:
        booked(town, at=moment(TUESDAY, "14:00"))
        town.clock.at = moment(TUESDAY, "03:00")
        wanted = ToClose(TOWN_HALL, moment(TUESDAY, "13:00"), moment(TUESDAY, "17:00"), "停电")
        close(town.means, wanted, Remedy.NOTIFY, "wang")
        assert deliver_due(town.means, [door]) == 1 and door.kinds == ["displaced"]

    def test_what_holds_no_more_in_the_morning_is_never_told(self, town: VisitTown, door: Letterbox) -> None:
        visit = booked(town, at=moment(WEDNESDAY, "14:00"))
        town.clock.at = moment(MONDAY, "23:00")
        wanted = ToClose(TOWN_HALL, moment(WEDNESDAY, "13:00"), moment(WEDNESDAY, "17:00"), "停电")
        close(town.means, wanted, Remedy.NOTIFY, "wang")
        assert deliver_due(town.means, [door]) == 0
        cancel(town.means, visitor(), visit.code)
        town.clock.at = moment(TUESDAY, "08:00")
        assert deliver_due(town.means, [door]) == 0 and door.given == []


def moments(day: date, *clocks: str) -> list[datetime]:
    return [moment(day, clock) for clock in clocks]


class TestOnce:
    def test_running_twice_says_it_once(self, town: VisitTown, door: Letterbox) -> None:
        booked(town)
        town.clock.at = moment(MONDAY, "18:00")
        assert (deliver_due(town.means, [door]), deliver_due(town.means, [door])) == (1, 0)
        assert len(door.given) == 1

    def test_an_empty_outbox_says_nothing(self, town: VisitTown, door: Letterbox) -> None:
        assert deliver_due(town.means, [door]) == 0

    def test_every_door_is_given_it(self, town: VisitTown) -> None:
        doors = [Letterbox(), Letterbox()]
        booked(town)
        town.clock.at = moment(MONDAY, "18:00")
        assert deliver_due(town.means, doors) == 1
        assert doors[0].shown == doors[1].shown != set()

    def test_where_no_door_reaches_the_citizen_it_is_settled_all_the_same(self, town: VisitTown) -> None:
        booked(town)
        town.clock.at = moment(MONDAY, "18:00")
        assert deliver_due(town.means, [Letterbox(reaches=False)]) == 0
        assert deliver_due(town.means, []) == 0
        assert not outbox(town, NoticeKind.DAY_BEFORE)

    def test_a_visit_that_is_gone_is_not_told(self, town: VisitTown, door: Letterbox) -> None:
        visit = booked(town)
        [lost] = notice(visit, NoticeKind.CALLED, town.clock.at)
        stray = type(lost)(lost.notice_id, VisitId("w_never"), lost.visitor_id, lost.kind, lost.due_at)
        town.ledger.write([], lambda page: page.post([stray]))
        assert deliver_due(town.means, [door]) == 0
        assert not outbox(town, NoticeKind.CALLED)


class TestFailing:
    def test_one_that_fails_is_tried_again_and_holds_up_no_other(self, town: VisitTown) -> None:
        for number in (1, 2, 3):
            booked(town, number, moment(TUESDAY, f"{8 + number}:00"))
        town.clock.at = moment(MONDAY, "18:00")
        door = Letterbox(fails_for={visitor(2)})
        assert deliver_due(town.means, [door]) == 2
        assert [to for to, *_ in door.given] != [] and visitor(2) not in {to for to, *_ in door.given}
        door.fails_for.clear()
        assert deliver_due(town.means, [door]) == 1
        assert len(door.given) == len(door.shown) == 3

    @pytest.mark.parametrize("dead_first", [True, False])
    def test_a_dead_door_does_not_keep_the_others_from_being_knocked_at(
        self, town: VisitTown, dead_first: bool
    ) -> None:
        booked(town)
        town.clock.at = moment(MONDAY, "18:00")
        dead, living = Letterbox(fails_for={visitor()}), Letterbox()
        doors = [dead, living] if dead_first else [living, dead]
        deliver_due(town.means, doors)
        assert living.kinds == ["day_before"]

    def test_when_the_dead_door_is_back_it_gets_what_it_missed_and_nobody_sees_it_twice(self, town: VisitTown) -> None:
        booked(town)
        town.clock.at = moment(MONDAY, "18:00")
        dead, living = Letterbox(fails_for={visitor()}), Letterbox()
        deliver_due(town.means, [dead, living])
        dead.fails_for.clear()
        assert deliver_due(town.means, [dead, living]) == 1
        assert dead.kinds == ["day_before"]
        assert len(living.shown) == 1
        assert deliver_due(town.means, [dead, living]) == 0

    def test_many_that_fail_do_not_crowd_out_the_rest(
        self, town: VisitTown, door: Letterbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(delivering, "AT_ONCE", 2)
        for number in range(1, 8):
            booked(town, number, moment(TUESDAY, f"{9 + number // 2}:00") if number < 6 else moment(TUESDAY, "15:00"))
        town.clock.at = moment(MONDAY, "18:00")
        door.fails_for.update(visitor(number) for number in range(1, 6))
        assert deliver_due(town.means, [door]) == 2
        assert {to for to, *_ in door.given} == {visitor(6), visitor(7)}
        assert len(outbox(town, NoticeKind.DAY_BEFORE)) == 5

    def test_a_failure_is_logged_without_what_was_said(self, town: VisitTown, caplog: pytest.LogCaptureFixture) -> None:
        booked(town)
        town.clock.at = moment(MONDAY, "18:00")
        deliver_due(town.means, [Letterbox(fails_for={visitor()})])
        assert "kind=day_before" in caplog.text
        assert "借书证" not in caplog.text and "138" not in caplog.text
