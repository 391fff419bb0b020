"""What the service does by itself: each job is there, does its work when it runs, and survives a fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from server import jobs
from server.bootstrap import House
from server.jobs import start_jobs
from service_hall.appointments.changing import cancel
from service_hall.appointments.outcomes import Held
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import hold
from service_hall.appointments.waiting_list import WishFor, join
from service_hall.conversation.reply import Reply
from service_hall.publishing.draft import Draft
from service_hall.shared.ids import VisitorId
from service_hall.shared.origin import Origin
from service_hall.visits.means import Means
from service_hall.visits.notices import NoticeId
from service_hall.visits.states import Status
from service_hall.visits.waiting import WishStatus
from tests.fakes import TOWN_HALL
from tests.visit_town import (
    CARD,
    LOST,
    MONDAY,
    SetClock,
    VisitTown,
    as_it_stands,
    booked,
    line,
    moment,
    somebody,
    town_offices,
    visitor,
)

TUESDAY = MONDAY + timedelta(days=1)


class Standing(BackgroundScheduler):  # type: ignore[misc]
    """Takes its jobs and runs none by itself."""

    def start(self, paused: bool = False) -> None:
        super().start(paused=True)


@dataclass
class Errands:
    """As much of the house as the jobs need: the hall, the shelf, the inbox and a door in one."""

    means: Means
    given: list[str] = field(default_factory=list)
    restocked: int = 0
    forgotten: list[datetime] = field(default_factory=list)
    broken: bool = False
    is_worn: bool = False
    published: int = 0
    changes_before: datetime | None = None

    def restock(self) -> None:
        self.restocked += 1
        if self.broken:
            raise RuntimeError("the store is away")

    def refresh(self) -> None:
        return None

    def still_kept(self) -> list[VisitorId]:
        return []

    def drop(self, before: datetime) -> int:
        self.forgotten.append(before)
        return 0

    def forget_taken(self, before: datetime) -> int:
        self.forgotten.append(before)
        return 0

    def publish_due(self) -> list[Draft]:
        self.published += 1
        return []

    def drop_runs(self, before: datetime) -> int:
        return 0

    @property
    def store(self) -> Errands:
        return self

    def forget_changes(self, before: datetime) -> int:
        self.changes_before = before
        return 0

    def deliver(self, visitor_id: VisitorId, notice_id: NoticeId, reply: Reply, at: datetime) -> bool:
        self.given.append(reply.text)
        return True


@dataclass
class Work:
    town: VisitTown
    errands: Errands
    scheduler: BackgroundScheduler

    def run_all(self) -> None:
        for job in self.scheduler.get_jobs():
            job.func(*job.args, **job.kwargs)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    monkeypatch.setattr(jobs, "BackgroundScheduler", Standing)
    town = VisitTown(clock=SetClock())
    errands = Errands(town.means)
    house = SimpleNamespace(
        hall=errands,
        shelf=errands,
        inbox=errands,
        forgotten=errands,
        settings=SimpleNamespace(visitor_days=180),
        notice_doors=(errands,),
        publishing=SimpleNamespace(going_live=errands, desk=SimpleNamespace(questions=errands)),
        wechat=None,
    )
    scheduler = start_jobs(cast(House, house))
    yield Work(town, errands, scheduler)
    scheduler.shutdown(wait=False)


def test_in_an_empty_hall_every_job_runs_and_changes_nothing(work: Work) -> None:
    work.run_all()
    work.run_all()
    assert work.errands.given == []
    assert work.errands.restocked == 2
    assert work.errands.changes_before == work.town.means.now() - timedelta(days=30)


def test_what_is_due_is_delivered_once(work: Work) -> None:
    booked(work.town)
    work.town.clock.at = moment(MONDAY, "18:00")
    work.run_all()
    work.run_all()
    assert len(work.errands.given) == 1


def test_drafts_whose_day_has_come_are_published(work: Work) -> None:
    work.run_all()
    assert work.errands.published == 1


def test_a_hold_that_has_run_out_is_ended(work: Work) -> None:
    kept = hold(work.town.means, visitor(), Wanted(CARD, TOWN_HALL, moment(TUESDAY, "09:00")))
    assert isinstance(kept, Held)
    work.run_all()
    assert as_it_stands(work.town, kept.visit).status is Status.HELD
    work.town.clock.at += timedelta(minutes=10)
    work.run_all()
    assert as_it_stands(work.town, kept.visit).status is Status.CANCELLED


def test_a_day_that_is_over_is_ended(work: Work) -> None:
    visit = booked(work.town)
    work.town.clock.at = moment(TUESDAY + timedelta(days=1), "00:05")
    work.run_all()
    assert as_it_stands(work.town, visit).no_show


def test_a_place_is_offered_to_whoever_waits(work: Work) -> None:
    work.town.change_rules(horizon_days=1)
    tuesday = WishFor(CARD, TOWN_HALL, TUESDAY, TUESDAY, "09:00", "09:30")
    taken = [booked(work.town, number) for number in (1, 2)]
    join(work.town.means, visitor(3), tuesday, somebody(3))
    first, *others = town_offices()
    more = line("cards", "A", ("1", "2"), (CARD, LOST), public_percent=75)
    work.town.change_offices((first.model_copy(update={"lines": (more, first.lines[1])}), *others))
    work.run_all()
    [wish] = work.town.ledger.read(lambda page: page.wishes_of(visitor(3)))
    assert (wish.status, len(taken)) == (WishStatus.OFFERED, 2)


def test_a_pack_follows_its_guide(work: Work) -> None:
    visit = booked(work.town)
    work.town.change_materials({"name": "居民身份证"})
    work.run_all()
    assert as_it_stands(work.town, visit).pack.dropped == ("申请表",)


def test_persons_are_forgotten(work: Work) -> None:
    visit = booked(work.town)
    cancel(work.town.means, visitor(), visit.code)
    work.town.clock.at += timedelta(days=31)
    work.run_all()
    assert as_it_stands(work.town, visit).person is None


def test_whence_somebody_booked_is_forgotten(work: Work) -> None:
    booked(work.town, origin=Origin(address_key="here"))
    since = work.town.clock.at - timedelta(hours=1)
    work.run_all()
    assert len(work.town.ledger.read(lambda page: page.takings_of("here", since))) == 1
    work.town.clock.at += timedelta(days=work.town.rules.origin_days, minutes=1)
    work.run_all()
    assert work.town.ledger.read(lambda page: page.takings_of("here", since)) == []


def test_what_was_taken_in_is_forgotten_after_a_day_and_forgotten_visitors_when_their_tokens_have_ended(
    work: Work,
) -> None:
    work.run_all()
    assert sorted(work.errands.forgotten, reverse=True) == [
        work.town.clock.at - timedelta(days=days) for days in (1, 180)
    ]


def test_a_fault_is_logged_and_keeps_no_job_from_running_again(work: Work, caplog: pytest.LogCaptureFixture) -> None:
    work.errands.broken = True
    work.run_all()
    work.run_all()
    assert work.errands.restocked == 2
    assert "a job failed" in caplog.text


def test_a_job_never_runs_beside_itself_and_a_late_one_runs_once(work: Work) -> None:
    found = work.scheduler.get_jobs()
    assert len(found) == 22
    assert {(job.max_instances, job.coalesce, job.misfire_grace_time) for job in found} == {(1, True, None)}
