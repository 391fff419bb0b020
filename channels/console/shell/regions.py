"""Which regions a page shows: whoever is limited sees hers and all below, whatever is asked for."""

from __future__ import annotations

from channels.console.shell.console import Seat
from channels.refusals import Refusal
from knowledge_base.model import Region
from service_hall.hall import Hall

_NOT_HERS = "这个地区不在您的范围里。"


def regions_open_to(seat: Seat, hall: Hall) -> list[Region]:
    """To choose from."""
    return [each for each in hall.library().regions if _is_hers(seat, hall, each.code)]


def regions_asked(seat: Seat, hall: Hall, region: str) -> tuple[str, ...]:
    """`region`: empty, or the one that was chosen. Empty: all. Whoever named no region ("") asked for the hall's own.
    Refuses (403) what she is not to see."""
    regions, home = hall.library().regions, hall.library().home
    if region and region not in regions:
        raise Refusal(404)
    if region and not _is_hers(seat, hall, region):
        raise Refusal(403, "not_allowed", _NOT_HERS)
    asked = [region] if region else sorted(code for code in seat.member.regions if code in regions)
    within = tuple(dict.fromkeys(code for each in asked for code in regions.within(each)))
    if seat.member.regions and not within:  # hers are gone: that is no leave to see all
        raise Refusal(403, "not_allowed", _NOT_HERS)
    return (*within, "") if home in within else within


def _is_hers(seat: Seat, hall: Hall, region: str) -> bool:
    return not seat.member.regions or not seat.member.regions.isdisjoint(hall.library().regions.chain(region))
