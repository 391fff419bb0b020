"""What the service does by itself, every so often. Each job may run on several nodes at once, and twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from channels.web.leaving import forget_rest
from channels.wechat.late import KEPT as ANSWERS_KEPT
from server.bootstrap import House
from server.garbage import spare_the_collector
from server.wechat import OnWeChat
from service_hall.appointments import upkeep
from service_hall.conversation.inbox import KEPT
from service_hall.reminders.delivering import deliver_due
from service_hall.scenarios.changing import tell_changes
from service_hall.scenarios.keeping import KEPT as LISTS_KEPT
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.errors import OutOfReach

log = logging.getLogger(__name__)
LETTERS_KEPT = timedelta(days=30)
CHANGES_KEPT = timedelta(days=30)
"""Of what was published: every node reads them within a second, and all anew each night."""
RUNS_KEPT = timedelta(days=400)
"""Of tested questions: what a question came to in the same season of last year."""


def start_jobs(house: House) -> BackgroundScheduler:
    """Stop it with `shutdown()`."""
    means = house.hall.means
    scheduler = BackgroundScheduler(
        timezone=SHANGHAI,
        # A job that is late runs once, and never beside itself.
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for seconds, job in (
        *_jobs_on_wechat(house, house.wechat),
        (1, lambda: deliver_due(means, house.notice_doors)),
        (3, lambda: upkeep.end_holds(means)),
        (30, lambda: upkeep.offer_places(means)),
        (20, lambda: house.publishing.going_live.publish_due()),
        (60, lambda: upkeep.renew_packs(means)),
        (60, lambda: count_days(house)),
        (300, lambda: upkeep.end_days(means)),
        (30, lambda: house.hall.awaiting.tell_due(house.notice_doors)),
        (3600, lambda: house.hall.awaiting.drop_old()),
        (3600, lambda: upkeep.forget_persons(means)),
        (3600, lambda: upkeep.forget_takings(means)),
        (5, lambda: house.forgotten.refresh()),
        (2, lambda: house.hall.orders.refresh()),
        (5, lambda: renew_worn(house)),
        (3600, lambda: forget_rests(house)),
        (3600, lambda: house.forgotten.drop(means.now() - timedelta(days=house.settings.visitor_days))),
        (3600, lambda: house.inbox.forget_taken(means.now() - KEPT)),
        (3600, lambda: house.shelf.store.forget_changes(means.now() - CHANGES_KEPT)),
        (3600, lambda: house.publishing.desk.questions.drop_runs(means.now() - RUNS_KEPT)),
        (3600, lambda: house.hall.scenarios.desk.checklists.drop_old(means.now() - LISTS_KEPT)),
    ):
        scheduler.add_job(_noted(job), IntervalTrigger(seconds=seconds, timezone=SHANGHAI))
    # A new day: guides come into force, others end.
    scheduler.add_job(_noted(lambda: restock(house)), CronTrigger(hour=0, minute=0, second=5, timezone=SHANGHAI))
    # And whose list changes by that is told by day.
    changed = _noted(lambda: tell_changes(house.hall.scenarios.desk, house.records))
    scheduler.add_job(changed, CronTrigger(hour=9, minute=10, timezone=SHANGHAI))
    scheduler.start()
    return scheduler


def _jobs_on_wechat(house: House, account: OnWeChat | None) -> Sequence[tuple[int, Callable[[], object]]]:
    if account is None:
        return ()
    now = house.hall.now
    return (
        (5, account.links.refresh),
        (60, lambda: account.links.gather(now() - timedelta(minutes=5))),
        (3600, lambda: account.links.drop(now() - timedelta(days=house.settings.visitor_days))),
        (300, lambda: account.links.drop_offers(now())),
        (3600, lambda: account.people.drop(now() - timedelta(days=house.settings.visitor_days))),
        (3600, lambda: account.letters.drop(now() - LETTERS_KEPT)),
        (3600, lambda: account.answers.forget(now() - ANSWERS_KEPT)),
    )


def count_days(house: House) -> None:
    region_of = {office.id: office.region for office in house.hall.library().published.offices}
    house.daily_counts.count_due(house.hall.now(), region_of)


def restock(house: House) -> None:
    house.shelf.restock()
    spare_the_collector()


def renew_worn(house: House) -> None:
    if house.shelf.is_worn:
        restock(house)


def forget_rests(house: House) -> None:
    for visitor_id in house.forgotten.still_kept():
        forget_rest(house.hall, house.records, visitor_id)


def _noted(job: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        try:
            job()
        except OutOfReach:
            pass  # storage has said so; what was to be done is still there
        except Exception:
            # The next time may be better; what was to be done is still there.
            log.exception("a job failed")

    return run
