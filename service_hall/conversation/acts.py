"""What a citizen does with a sentence. The names are Rasa's intents, less the `ask_<aspect>` family."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    ASK = "ask"
    GREET = "greet"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    AFFIRM = "affirm"
    DENY = "deny"
    CHOOSE_OPTION = "choose_option"
    CORRECT = "correct"
    CHANGE_ITEM = "change_item"
    STATE_REGION = "state_region"
    REPEAT = "repeat"
    ASK_HUMAN = "ask_human"
    BOOK = "book"
    CANCEL = "cancel"
    RESCHEDULE = "reschedule"
    MY_APPOINTMENTS = "my_appointments"
    CHECK_IN = "check_in"
    QUEUE_STATE = "queue_state"
    GIVE_DETAILS = "give_details"
    PROGRESS = "progress"
    COMPLAINT = "complaint"
    MATTER = "matter"
    PRAISE = "praise"
    BOT_IDENTITY = "bot_identity"
    BOT_CAPABILITY = "bot_capability"
    CHITCHAT = "chitchat"
    ABUSE = "abuse"
    OUT_OF_SCOPE = "out_of_scope"


ERRANDS = frozenset({Act.BOOK, Act.CANCEL, Act.RESCHEDULE, Act.MY_APPOINTMENTS, Act.CHECK_IN, Act.QUEUE_STATE})
"""What is carried out, and not asked."""
