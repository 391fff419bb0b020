"""When an office is closed though its hours say open, and open though they say closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

ClosureId = NewType("ClosureId", str)


@dataclass(frozen=True)
class Closure:
    """`from_` ≤ t < `until`. `line_id` empty: the whole office."""

    closure_id: ClosureId
    office_id: str
    line_id: str
    from_: datetime
    until: datetime
    reason: str
    """Told to the citizens whom it hits."""
    made_by: str
    made_at: datetime

    def covers(self, line_id: str, start: datetime, end: datetime) -> bool:
        return self.line_id in ("", line_id) and start < self.until and self.from_ < end


@dataclass(frozen=True)
class ExtraHours:
    """`opens`, `closes`: HH:MM on that day. `line_id` empty: the whole office."""

    extra_id: str
    office_id: str
    line_id: str
    day: date
    opens: str
    closes: str
    made_by: str
    made_at: datetime
