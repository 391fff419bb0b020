"""Whom no door reaches: booked by staff for somebody who telephoned, or told at a door that could not deliver it. Staff
tell them by telephone what the doors tell the others, from a list that keeps each until it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service_hall.reminders.rendering import render
from service_hall.visits.ledger import Look, Page, office_lock
from service_hall.visits.means import Means, person_of
from service_hall.visits.notices import Notice, NoticeId
from service_hall.visits.telling import to_tell_now
from service_hall.visits.visit import Code, Visit


@dataclass(frozen=True)
class ToTell:
    notice: Notice
    visit: Visit
    sentence: str
    """To be said to the citizen."""


@dataclass(frozen=True)
class ToCall:
    phone: str
    """In clear; empty where it can no longer be read."""
    code: Code
    """By which staff move or cancel the booking when the citizen says so."""

    def __repr__(self) -> str:
        return "ToCall(…)"  # must not reach a log by way of a traceback


def to_tell(means: Means, office_id: str) -> Sequence[ToTell]:
    """The oldest in front; empty for an unknown office."""
    undelivered = means.undelivered.at(office_id)
    return means.ledger.read(lambda page: _standing(page, means, office_id, undelivered))


def look_up(means: Means, office_id: str, notice_id: NoticeId, clerk: str) -> ToCall | None:
    """The look is noted before the number is given. None: nothing stands under that id any more."""
    undelivered = means.undelivered.at(office_id)

    def work(page: Page) -> ToCall | None:
        entry = _entry(page, means, office_id, undelivered, notice_id)
        if entry is None:
            return None
        page.note_look(Look(entry.visit.visit_id, means.now(), clerk, "phone"))
        person = person_of(means, entry.visit)
        return ToCall(person.phone if person else "", entry.visit.code)

    return means.ledger.write([office_lock(office_id)], work)


def mark_told(means: Means, office_id: str, notice_id: NoticeId, clerk: str) -> bool:
    """False: nothing stands under that id, a colleague was faster or the reason has gone."""
    undelivered = means.undelivered.at(office_id)
    if notice_id in undelivered and not means.undelivered.told(notice_id, means.now()):
        return False

    def work(page: Page) -> bool:
        entry = _entry(page, means, office_id, undelivered, notice_id)
        if entry is None:
            return False
        page.delivered(notice_id, means.now(), True)
        page.note_look(Look(entry.visit.visit_id, means.now(), clerk, "told"))
        return True

    return means.ledger.write([office_lock(office_id)], work)


def _entry(
    page: Page, means: Means, office_id: str, undelivered: Sequence[NoticeId], notice_id: NoticeId
) -> ToTell | None:
    standing = _standing(page, means, office_id, undelivered)
    return next((each for each in standing if each.notice.notice_id == notice_id), None)


def _standing(page: Page, means: Means, office_id: str, undelivered: Sequence[NoticeId]) -> list[ToTell]:
    office = means.office(office_id)
    return [
        ToTell(notice, visit, reply.text)
        for notice in (to_tell_now(page, means, office, undelivered) if office else [])
        if (visit := page.visit(notice.visit_id)) and (reply := render(means, notice, visit))
    ]
