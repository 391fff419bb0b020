"""A booking as its owner sees it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from service_hall.appointments.outcomes import wording
from service_hall.conversation.reply import AppointmentReply, Choice
from service_hall.hearing.who.checks import masked_name, masked_phone
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.moments import describe_moment
from service_hall.visits.means import Means, ends_at, person_of
from service_hall.visits.states import Move, Status, allows
from service_hall.visits.visit import Visit


def appointment_reply(means: Means, visit: Visit, opening: str = "appointment") -> AppointmentReply:
    """For a visit with a booking. `opening`: a name in wording.yml, the first sentence."""
    office = means.office(visit.office_id)
    starts_at = visit.starts_at
    if starts_at is None:
        raise ValueError("a walk-in is no appointment")
    name = office.name if office else visit.office_id
    address = office.address if office else ""
    text = wording.say(
        opening,
        item=means.guide_name(visit.guide_id),
        office=name,
        address=address,
        counter=counter_of(means, visit),
        when=describe_moment(starts_at, means.now()),
        person=person_line(means, visit),
        code=spaced(visit.code),
        status=wording.say(f"status_{visit.status.value}"),
    )
    return AppointmentReply(
        text=text,
        code=visit.code,
        guide_id=visit.guide_id,
        guide_name=means.guide_name(visit.guide_id),
        office_id=visit.office_id,
        office_name=name,
        address=address,
        counter=counter_of(means, visit),
        starts_at=starts_at.astimezone(SHANGHAI),
        ends_at=ends_at(means, visit).astimezone(SHANGHAI),
        status=visit.status.value,
        person=person_line(means, visit),
        qr_url=qr_url(visit),
        calendar_url=calendar_url(visit),
        needs_new_time=visit.displaced,
        options=tuple(_options(means, visit)),
    )


def label_of(means: Means, visit: Visit) -> str:
    """What, when and where, in a line."""
    when = describe_moment(visit.starts_at, means.now()) if visit.starts_at else ""
    office = means.office(visit.office_id)
    return "，".join(filter(None, (means.guide_name(visit.guide_id), when, office.name if office else "")))


def counter_of(means: Means, visit: Visit) -> str:
    """Where to go: the counters of the line, or the one that calls."""
    line = means.line(visit.office_id, visit.line_id)
    if visit.status in (Status.CALLED, Status.SERVING):
        return f"{visit.counter}号窗口"
    if line is None:
        return ""
    first, last = line.counters[0], line.counters[-1]
    return f"{first}号窗口" if first == last else f"{first}—{last}号窗口"


def person_line(means: Means, visit: Visit) -> str:
    person = person_of(means, visit)
    return f"{masked_name(person.name)} {masked_phone(person.phone)}" if person else ""


def qr_url(visit: Visit) -> str:
    return f"/api/appointments/{visit.code}/qr.svg"


def calendar_url(visit: Visit) -> str:
    return f"/api/appointments/{visit.code}/calendar.ics"


def spaced(code: str) -> str:
    return f"{code[:5]} {code[5:]}"


def check_in_from(means: Means, visit: Visit) -> datetime | None:
    if visit.starts_at is None:
        return None
    return visit.starts_at - timedelta(minutes=means.rules_now().check_in_minutes)


def visit_payload(intent: str, visit: Visit) -> str:
    return f"/{intent}{json.dumps({'code': visit.code}, separators=(',', ':'))}"


def _options(means: Means, visit: Visit) -> list[Choice]:
    options = []
    opens_at = check_in_from(means, visit)
    now = means.now()
    if (
        visit.status is Status.BOOKED
        and not visit.displaced
        and opens_at
        and opens_at <= now
        and visit.day == now.date()
    ):
        options.append(Choice(label=wording.say("do_check_in"), payload=visit_payload("check_in", visit)))
    if allows(Move.RESCHEDULE, visit.status):
        options.append(Choice(label=wording.say("do_reschedule"), payload=visit_payload("reschedule", visit)))
    if visit.status is Status.BOOKED:
        options.append(Choice(label=wording.say("do_cancel"), payload=visit_payload("cancel", visit)))
    return options
