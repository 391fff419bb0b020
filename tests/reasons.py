"""No turn leaves without its reason, and a reason is one of few that stand in the code: it labels a metric."""

from __future__ import annotations

from service_hall.conversation.enquiry.rules import AS_QUESTION, BY_ACT
from service_hall.conversation.turn import Turn
from service_hall.reception.rules import RULES

OWN = frozenset({"takes_tap", "lists_theme", "keeps_data", "deletes_data", "too_many_walks"})
"""Given where the turn is made, by the enquiry and by walks."""
OF_RECEPTION = frozenset(rule.__name__ for rule in RULES)
KNOWN = OWN | OF_RECEPTION | {rule.__name__ for rule in (*BY_ACT, *AS_QUESTION)}


def with_reason(turn: Turn) -> Turn:
    name, _, taken_by = turn.reason.partition(":")
    assert name in KNOWN, turn.reason
    assert taken_by == (turn.taken_by if name in OF_RECEPTION else ""), turn.reason
    return turn
