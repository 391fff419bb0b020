"""A ticket given out, at whatever door, or why there is none."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from fastapi.responses import JSONResponse

from channels.languages import Language, in_language
from channels.refusals import Refusal
from service_hall.conversation.reply import TicketReply
from service_hall.hall import Hall
from service_hall.queue.outcomes import Arriving, Ticketed, TooEarly

TAKEN_BEFORE: dict[int | str, dict[str, Any]] = {200: {"description": "taken before with the same key"}}
"""For the schema of a route that gives tickets."""
_NOT_FOUND = {"unknown_code": 404, "unknown_office": 404, "unknown_guide": 422, "not_handled": 422}


def arrived(hall: Hall, outcome: Arriving, created: bool = False, language: Language = Language.SIMPLIFIED) -> Response:
    """`created`: a new ticket is a 201. Refuses what brought no ticket."""
    match outcome:
        case Ticketed(visit, is_new):
            return told(hall.queue.ticket_reply(visit), 201 if created and is_new else 200, language)
        case TooEarly():
            raise Refusal(409, "too_early", outcome.message)
        case _:
            raise Refusal(_NOT_FOUND.get(outcome.reason, 409), outcome.reason, outcome.message)


def told(reply: TicketReply | None, status: int = 200, language: Language = Language.SIMPLIFIED) -> Response:
    """Refuses a visit that has no ticket."""
    if reply is None:
        raise Refusal(404, "no_ticket", "还没有取号，请先报到。")
    return JSONResponse({"ticket": in_language(reply, language).model_dump(mode="json")}, status)
