"""When citizens may be told what can wait: nobody is woken for it. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from knowledge_base.booking_rules import BookingRules
from service_hall.shared.clock import SHANGHAI


def next_decent(at: datetime, rules: BookingRules) -> datetime:
    """That moment itself, if it is a decent one."""
    here = at.astimezone(SHANGHAI)
    opens = datetime.combine(here.date(), rules.notices_from, SHANGHAI)
    if here < opens:
        return opens
    return at if here.time() < rules.notices_until else opens + timedelta(days=1)


def sets_out_at(starts_at: datetime, rules: BookingRules) -> datetime:
    """What is told later helps little: one can check in from then on, and may be on the way."""
    return starts_at - timedelta(minutes=rules.check_in_minutes)
