"""A rating tapped in the talk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service_hall.appointments.outcomes import Booked
from service_hall.appointments.reserving import book
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.flow import Heard
from service_hall.conversation.message import command_payload, read_command
from service_hall.conversation.reply import Outcome
from service_hall.conversation.turn import Turn
from service_hall.feedback.errands import RatingErrand
from service_hall.feedback.rating import rating_of
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import Visit, event_of
from tests.visit_town import VisitTown, request, visitor


@pytest.fixture
def town() -> VisitTown:
    return VisitTown()


def visit_of(town: VisitTown, status: Status) -> Visit:
    outcome = book(town.means, request())
    assert isinstance(outcome, Booked)
    visit = replace(outcome.visit, status=status, version=outcome.visit.version + 1)
    event = event_of(outcome.visit, visit, Move.FINISH, town.means.now(), "hall")
    town.ledger.write([], lambda page: page.save(visit, event))
    return visit


def tap(town: VisitTown, visit: Visit, value: str, number: int = 1) -> Turn | None:
    command = read_command(command_payload("give_details", node="rate", code=visit.code, value=value))
    return RatingErrand(town.means).begin(
        Heard(visitor(number), town.means.hear(""), Act.GIVE_DETAILS, None, Context(), command)
    )


@pytest.mark.parametrize(("score", "told"), [("1", "谢谢您的评价"), ("5", "很抱歉")])
def test_a_finished_visit_is_rated(town: VisitTown, score: str, told: str) -> None:
    visit = visit_of(town, Status.FINISHED)
    turn = tap(town, visit, score)
    assert turn and turn.outcome is Outcome.DONE and told in turn.replies[0].text
    rating = rating_of(town.means, visit)
    assert rating and rating.score == int(score)


@pytest.mark.parametrize("score", ["0", "6", "good"])
def test_no_other_score(town: VisitTown, score: str) -> None:
    visit = visit_of(town, Status.FINISHED)
    turn = tap(town, visit, score)
    assert turn and turn.outcome is Outcome.ANSWERED
    assert rating_of(town.means, visit) is None


def test_not_before_the_end_and_not_by_others(town: VisitTown) -> None:
    visit = visit_of(town, Status.SERVING)
    turn = tap(town, visit, "1")
    assert turn and "办完以后" in turn.replies[0].text
    stranger = tap(town, visit, "1", number=2)
    assert stranger and "没有找到" in stranger.replies[0].text


def test_any_other_tap_is_none_of_its_errands(town: VisitTown) -> None:
    command = read_command(command_payload("give_details", node="offer", value="accept"))
    heard = Heard(visitor(), town.means.hear(""), Act.GIVE_DETAILS, None, Context(), command)
    assert RatingErrand(town.means).begin(heard) is None
