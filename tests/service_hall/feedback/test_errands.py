"""A rating tapped in the talk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from service_hall.appointments.outcomes import Booked
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import book
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.flow import Heard
from service_hall.conversation.message import command_payload, read_command
from service_hall.conversation.reply import Choice, ChoicesReply, Outcome
from service_hall.conversation.turn import Turn
from service_hall.feedback.errands import RatingErrand
from service_hall.feedback.rating import rating_of
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import Visit, event_of
from tests.fakes import EAST_HALL
from tests.visit_town import DOG, MONDAY, VisitTown, moment, request, visitor

TUESDAY = MONDAY + timedelta(days=1)


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


def tell(town: VisitTown, text: str, context: Context | None = None) -> Turn | None:
    said = town.means.hear(text)
    return RatingErrand(town.means).take_up(Heard(visitor(), said, Act.CHITCHAT, None, context or Context()))


@pytest.mark.parametrize(
    ("said", "score"),
    [("非常满意", 1), ("给个五星", 1), ("满意", 2), ("还行", 3), ("不太满意", 4), ("很不满意", 5), ("第二个", 2)],
)
def test_a_finished_visit_is_rated_in_words(town: VisitTown, said: str, score: int) -> None:
    visit = visit_of(town, Status.FINISHED)
    turn = tell(town, said)
    assert turn and turn.outcome is Outcome.DONE
    rating = rating_of(town.means, visit)
    assert rating and rating.score == score


@pytest.mark.parametrize("said", ["评价", "我要评价", "太慢了", "4", "5分"])
def test_what_tells_no_degree_is_asked_for_it(town: VisitTown, said: str) -> None:
    visit = visit_of(town, Status.FINISHED)
    turn = tell(town, said)
    assert turn and isinstance(turn.replies[0], ChoicesReply) and "非常满意" in turn.replies[0].text
    assert rating_of(town.means, visit) is None


def test_of_two_visits_one_is_chosen(town: VisitTown) -> None:
    visit_of(town, Status.FINISHED)
    other = book(town.means, request(key="second", wanted=Wanted(DOG, EAST_HALL, moment(TUESDAY, "10:30"))))
    assert isinstance(other, Booked)
    done = replace(other.visit, status=Status.FINISHED, version=other.visit.version + 1)
    event = event_of(other.visit, done, Move.FINISH, town.means.now(), "hall")
    town.ledger.write([], lambda page: page.save(done, event))
    turn = tell(town, "非常满意")
    assert turn and isinstance(turn.replies[0], ChoicesReply) and "哪一次" in turn.replies[0].text
    assert len(turn.replies[0].options) == 2


def test_words_about_how_it_was_are_taken_from_whoever_was_served_alone(town: VisitTown) -> None:
    assert tell(town, "非常满意") is None
    visit_of(town, Status.SERVING)
    assert tell(town, "非常满意") is None


def test_a_number_is_left_to_the_list_on_the_table(town: VisitTown) -> None:
    visit_of(town, Status.FINISHED)
    listed = (Choice(label="护照", payload="/ask_fee"),)
    assert tell(town, "2", Context(options=listed)) is None
    assert tell(town, "2", Context(suggested=listed)) is None
