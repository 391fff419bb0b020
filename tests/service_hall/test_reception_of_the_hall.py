"""A message taken with the flows that the hall has."""

from __future__ import annotations

from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import Outcome
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import say
from service_hall.hall import make_hall
from tests.visit_town import VisitTown, visitor

STALE = say("stale_choice")


def texts(turn: Turn) -> list[str]:
    return [reply.text for reply in turn.replies if hasattr(reply, "text")]


def test_a_rating_is_not_taken_for_details_of_a_booking() -> None:
    rating = command_payload("give_details", node="rate", code="NEVERGIVEN", value="1")
    turn = make_hall(VisitTown().means).reception.respond(visitor(), rating, Act.ASK, None, Context())
    assert turn.outcome is Outcome.ANSWERED and texts(turn) != [STALE]


def test_checking_in_leaves_an_open_booking_open() -> None:
    reception = make_hall(VisitTown().means).reception
    begun = reception.respond(visitor(), "约明天九点办借书证首次办理", Act.BOOK, None, Context())
    assert begun.context.walk and begun.context.walk.node == "person"
    check_in = command_payload("check_in", code="NEVERGIVEN")
    turn = reception.respond(visitor(), check_in, Act.ASK, None, begun.context)
    assert "没有找到这个预约码" in texts(turn)[0]
    assert turn.context.walk == begun.context.walk
