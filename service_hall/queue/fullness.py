"""How many wait in an office now, in words: for whoever has no number yet."""

from __future__ import annotations

from service_hall.queue.board import Board, LineState, board
from service_hall.queue.outcomes import wording
from service_hall.shared.moments import describe_moment
from service_hall.visits.means import Means

MOST_LINES = 4


def how_full(means: Means, office_id: str, guide_id: str = "") -> str:
    """`guide_id`: what is talked about; its line alone is told, where the office has one. '' where there is no such
    office."""
    seen = board(means, office_id)
    if seen is None:
        return ""
    if not any(line.is_open for line in seen.lines):
        opens = describe_moment(seen.opens_at, seen.as_of) if seen.opens_at else ""
        return wording.say("full_closed" if opens else "full_closed_for_long", office=seen.office_name, opens=opens)
    of_item = next((line for line in seen.lines if guide_id in dict(line.items)), None)
    return _of_line(seen, of_item, dict(of_item.items)[guide_id]) if of_item else _of_all(seen)


def _of_line(seen: Board, line: LineState, item: str) -> str:
    if not line.is_open:
        opens = describe_moment(line.opens_at, seen.as_of) if line.opens_at else ""
        return wording.say("full_line_closed", office=seen.office_name, item=item, opens=opens)
    return wording.say(
        "full_line", office=seen.office_name, item=item, ahead=line.ahead, minutes=line.estimated_wait_minutes
    )


def _of_all(seen: Board) -> str:
    longest = sorted((line for line in seen.lines if line.is_open and line.ahead), key=lambda line: -line.ahead)
    lines = "，".join(
        wording.say("full_part", line=line.name, ahead=line.ahead, minutes=line.estimated_wait_minutes)
        for line in longest[:MOST_LINES]
    )
    return wording.say("full" if lines else "full_empty", office=seen.office_name, waiting=seen.waiting, lines=lines)
