"""Which offices are near: asked by whoever sent along where she is."""

from __future__ import annotations

from knowledge_base.offices import Office
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import hall_part, say
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.distances import far, metres_to

MOST_TOLD = 3


def list_nearest(asked: Asked, here: tuple[float, float]) -> Turn | None:
    """Those that handle what is talked about, if any does. None where there are no offices."""
    offices = asked.library.published.offices
    if not offices:
        return None
    handling = [office for office in offices if asked.current in office.guides]
    nearest = sorted(handling or offices, key=lambda office: metres_to(office, here))[:MOST_TOLD]
    opening = say("nearest_for", item=asked.library.title(asked.current or "")) if handling else say("nearest")
    lines = [f"{number}. {_line(asked, office, here)}" for number, office in enumerate(nearest, start=1)]
    return Turn(Outcome.ANSWERED, (TextReply(text="\n".join((opening, *lines))),), asked.context)


def _line(asked: Asked, office: Office, here: tuple[float, float]) -> str:
    return hall_part(
        "office_nearby",
        office=office.name,
        far=far(metres_to(office, here)),
        address=office.address,
        phone=office.phone,
        now=asked.facts.now_at(office, asked.facts.clock().astimezone(SHANGHAI)),
    )
