"""Visits as the contract at the doors writes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from service_hall.appointments.openings import Opening
from service_hall.appointments.replies import calendar_url, qr_url
from service_hall.hall import Hall
from service_hall.hearing.who.checks import masked_id_number, masked_name, masked_phone
from service_hall.queue.desk import Card
from service_hall.shared.clock import SHANGHAI
from service_hall.visits.states import Move, Status, allows
from service_hall.visits.visit import Visit
from service_hall.visits.waiting import Wish


def written(at: datetime | None) -> str | None:
    return at.astimezone(SHANGHAI).isoformat() if at else None


def opening_body(opening: Opening, with_office: bool = False) -> dict[str, Any]:
    office = {"office_id": opening.office_id} if with_office else {}
    return {**office, "starts_at": written(opening.starts_at), "left": opening.left}


def appointment_body(hall: Hall, visit: Visit) -> dict[str, Any]:
    """Of the visitor's own visit; the person masked."""
    office = hall.office(visit.office_id)
    person = hall.appointments.person_of(visit)
    rating = hall.feedback.rating_of(visit) if visit.status is Status.FINISHED else None
    today = hall.now().date()
    return {
        "code": visit.code,
        "guide_id": visit.guide_id,
        "guide_name": hall.guide_name(visit.guide_id),
        "office_id": visit.office_id,
        "office_name": office.name if office else visit.office_id,
        "address": office.address if office else "",
        "location": office.location.model_dump() if office else None,
        "counter": hall.appointments.counter_of(visit),
        "starts_at": written(visit.starts_at),
        "ends_at": written(hall.appointments.ends_at(visit)) if visit.starts_at else None,
        "status": visit.status.value,
        "qr_url": qr_url(visit),
        "calendar_url": calendar_url(visit) if visit.starts_at else None,
        "person": {
            "name": masked_name(person.name),
            "phone": masked_phone(person.phone),
            "id_number": masked_id_number(person.id_number) if person.id_number else "",
        }
        if person
        else None,
        "needs_new_time": visit.displaced,
        "held_until": written(visit.held_until),
        "check_in_from": written(hall.appointments.check_in_from(visit)),
        "ticket_number": visit.ticket,
        "can": {
            "cancel": allows(Move.CANCEL, visit.status),
            "reschedule": allows(Move.RESCHEDULE, visit.status) and visit.day >= today,
            "check_in": _can_check_in(hall, visit),
            "rate": visit.status is Status.FINISHED,
            "appeal": hall.appointments.can_appeal(visit),
        },
        "share_with_clerk": visit.share_with_clerk,
        "pack": visit.pack.model_dump(mode="json", exclude={"digest"}),
        "rated": rating.score if rating else None,
    }


def wish_body(hall: Hall, wish: Wish) -> dict[str, Any]:
    office = hall.office(wish.office_id)
    return {
        "wish_id": wish.wish_id,
        "guide_id": wish.guide_id,
        "guide_name": hall.guide_name(wish.guide_id),
        "office_id": wish.office_id,
        "office_name": office.name if office else wish.office_id,
        "first_day": wish.first_day.isoformat(),
        "last_day": wish.last_day.isoformat(),
        "status": wish.status.value,
    }


def card_body(card: Card) -> dict[str, Any]:
    """As the clerk sees a visit: no code, no numbers, the name masked."""
    visit = card.visit
    return {
        "visit_id": visit.visit_id,
        "code_tail": visit.code[-4:],
        "number": visit.ticket,
        "guide_id": visit.guide_id,
        "guide_name": card.guide_name,
        "status": visit.status.value,
        "starts_at": written(visit.starts_at),
        "person": masked_name(card.name) if card.name else "",
        "waits_minutes": card.waits_minutes,
        "called_at": written(visit.called_at),
        "serving_at": written(visit.serving_at),
        "calls": visit.calls,
        "sent_on": bool(visit.counter) and visit.status is Status.CHECKED_IN,
        "has_pack": visit.share_with_clerk,
        "needs_new_time": visit.displaced,
    }


def _can_check_in(hall: Hall, visit: Visit) -> bool:
    opens_at, now = hall.appointments.check_in_from(visit), hall.now()
    return (
        visit.status is Status.BOOKED
        and not visit.displaced
        and opens_at is not None
        and opens_at <= now
        and visit.day == now.date()
    )
