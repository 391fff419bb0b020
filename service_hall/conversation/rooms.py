"""Which room takes a message, by what was understood and which walk is open: the one table.

Rasa's rules are written from it (`server/bot_rules.py`), and without Rasa the reception looks here (docs/adr/0033).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from service_hall.conversation.acts import Act


class Room(StrEnum):
    """Rasa's action of the room is `action_<room>`."""

    ANSWER = "answer"
    """A question about a service."""
    FOLLOW_UP = "follow_up"
    """Choosing, correcting, another item, a region, again."""
    BOOKING = "booking"
    """Booking, changing, cancelling, and what a booking has asked for."""
    QUEUE = "queue"
    """Checking in, and the place in the queue."""
    SMALL_TALK = "small_talk"
    """Greetings, and what belongs to no service."""
    HAND_OVER = "hand_over"
    """What somebody else has to tell or do."""


ERRANDS = frozenset({Room.BOOKING, Room.QUEUE})
"""Where something is done, not only told."""

_ACTS: Mapping[Room, tuple[Act, ...]] = {
    Room.ANSWER: (Act.ASK,),
    Room.FOLLOW_UP: (
        Act.AFFIRM,
        Act.DENY,
        Act.CHOOSE_OPTION,
        Act.CORRECT,
        Act.CHANGE_ITEM,
        Act.STATE_REGION,
        Act.REPEAT,
    ),
    Room.BOOKING: (Act.BOOK, Act.CANCEL, Act.RESCHEDULE, Act.MY_APPOINTMENTS, Act.GIVE_DETAILS),
    Room.QUEUE: (Act.CHECK_IN, Act.QUEUE_STATE),
    Room.HAND_OVER: (Act.ASK_HUMAN, Act.PROGRESS, Act.COMPLAINT, Act.MATTER),
    Room.SMALL_TALK: (
        Act.GREET,
        Act.THANKS,
        Act.GOODBYE,
        Act.PRAISE,
        Act.BOT_IDENTITY,
        Act.BOT_CAPABILITY,
        Act.CHITCHAT,
        Act.ABUSE,
        Act.OUT_OF_SCOPE,
    ),
}
"""The first act of a room is what it does when it is sent a message that was understood as another room's."""

_WALKS: Mapping[str, Room] = MappingProxyType({"booking": Room.BOOKING})
"""Name of a walk (`OpenWalk.name`) → the room that leads it. Being open, it takes what would follow up an answer: 好的,
不是, 第二个 and 换一个 then speak of its question."""

_ROOM_OF: Mapping[Act, Room] = {act: room for room, acts in _ACTS.items() for act in acts}
WALKS = frozenset(_WALKS)


def room_of(act: Act, walk: str | None = None) -> Room:
    """`walk`: the name of the one that is open, on top."""
    room = _ROOM_OF[act]
    return _WALKS.get(walk or "", room) if room is Room.FOLLOW_UP else room


def act_in(room: Room, act: Act, walk: str | None = None) -> Act:
    """What the room takes the message for: its own business, if the table would have sent it elsewhere."""
    return act if room_of(act, walk) is room else _ACTS[room][0]
