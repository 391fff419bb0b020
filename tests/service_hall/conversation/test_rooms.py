"""One table says which room takes a message."""

from __future__ import annotations

import pytest

from service_hall.booking_talk.talk import FORM
from service_hall.conversation.acts import Act
from service_hall.conversation.rooms import ERRANDS, WALKS, Room, act_in, room_of


def test_every_act_has_a_room_with_and_without_a_walk() -> None:
    assert all(isinstance(room_of(act, walk), Room) for act in Act for walk in (None, *WALKS, "of another release"))


def test_every_room_is_reached() -> None:
    assert {room_of(act) for act in Act} == set(Room)


def test_an_open_booking_takes_what_would_follow_up_an_answer() -> None:
    assert {FORM} == WALKS
    assert room_of(Act.AFFIRM) is Room.FOLLOW_UP and room_of(Act.AFFIRM, FORM) is Room.BOOKING
    assert room_of(Act.CHOOSE_OPTION, FORM) is Room.BOOKING


@pytest.mark.parametrize("act", [Act.ASK, Act.ASK_HUMAN, Act.THANKS, Act.CHECK_IN])
def test_what_has_nothing_to_do_with_a_booking_stays_where_it_is_done(act: Act) -> None:
    assert room_of(act, FORM) is room_of(act)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("room", Room)
def test_a_room_that_is_sent_anothers_message_minds_its_own_business(room: Room, act: Act) -> None:
    assert room_of(act_in(room, act)) is room
    if room_of(act) is room:
        assert act_in(room, act) is act


def test_errands_are_done_in_two_rooms() -> None:
    assert {Room.BOOKING, Room.QUEUE} == ERRANDS
