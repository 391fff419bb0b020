"""What is told to the assistant itself, asked of bookings at large, or cannot wait: each a notion of `phrases/`."""

from __future__ import annotations

from enum import StrEnum


class SaidCommand(StrEnum):
    """What is told to the assistant itself; the value is the notion."""

    START_ANEW = "starts_anew"
    GO_BACK = "goes_back"
    HELP = "wants_help"
    TOPICS = "wants_topics"
    DELETE_DATA = "wants_data_deleted"


class BookingRule(StrEnum):
    """What is asked of bookings at large; the value is the notion."""

    NOT_COMING = "asks_about_not_coming"
    CHANGING = "asks_about_changing_booking"
    BOOKING = "asks_about_booking_rules"


class Emergency(StrEnum):
    """What cannot wait, the gravest first; the value is the notion, and names what is said to it."""

    ILLNESS = "needs_ambulance"
    FIRE = "needs_firemen"
    CRASH = "has_had_a_crash"
    VIOLENCE = "needs_police"
    SCAM = "smells_a_scam"
