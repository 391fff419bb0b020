"""Which regions a page shows: whoever is limited sees hers and all below, and what carries none; whatever is asked
for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from channels.console.shell.console import Seat
from channels.refusals import Refusal
from knowledge_base.model import Region
from service_hall.hall import Hall

UNNAMED = "-"
"""In an address: what was said where no region was named."""
NO_REGION = "没说地区"
_NOT_HERS = "这个地区不在您的范围里。"


@dataclass(frozen=True)
class RegionChoice:
    """Where something was said. `whole`: what is shown where none is chosen; `regions`: their names, by code."""

    whole: str
    regions: Mapping[str, str]


def regions_open_to(seat: Seat, hall: Hall) -> list[Region]:
    """To choose from."""
    return [each for each in hall.library().regions if _is_hers(seat, hall, each.code)]


def choice_of_regions(seat: Seat, hall: Hall) -> RegionChoice:
    whole = f"您的范围和{NO_REGION}的" if seat.member.regions else "全部"
    names = {each.code: each.name for each in regions_open_to(seat, hall)}
    return RegionChoice(whole, {**names, UNNAMED: NO_REGION})


def region_names(hall: Hall) -> dict[str, str]:
    """By code, with what is said where none was named."""
    return {"": NO_REGION, **{region.code: region.name for region in hall.library().regions}}


def regions_asked(seat: Seat, hall: Hall, region: str) -> tuple[str, ...]:
    """`region`: empty, UNNAMED, or the one that was chosen. Empty: all. Whoever named no region ("") asked for the
    hall's own, and may be anybody's citizen. Refuses (403) what she is not to see."""
    regions, home = hall.library().regions, hall.library().home
    if region and region != UNNAMED and region not in regions:
        raise Refusal(404)
    asked = [region] if region in regions else sorted(code for code in seat.member.regions if code in regions)
    within = tuple(dict.fromkeys(code for each in asked for code in regions.within(each)))
    if (seat.member.regions and not within) or (region in regions and not _is_hers(seat, hall, region)):
        raise Refusal(403, "not_allowed", _NOT_HERS)  # hers are gone: that is no leave to see all
    if region == UNNAMED:
        return ("",)
    return (*within, "") if home in within or (seat.member.regions and not region) else within


def _is_hers(seat: Seat, hall: Hall, region: str) -> bool:
    return not seat.member.regions or not seat.member.regions.isdisjoint(hall.library().regions.chain(region))
