"""What the city's page offers at a glance: fast lanes, life events, themes. All of it comes from what is published."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from service_hall.hall import Hall

LANES = Path(__file__).with_name("lanes.yml")
_EVENTS_SHOWN = (
    "have-a-baby",
    "buy-new-home",
    "start-company",
    "get-married",
    "child-to-school",
    "lost-job",
    "after-a-death",
    "open-restaurant",
)
"""The commonest first; the others stand on the page of all."""


@cache
def lanes() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = yaml.safe_load(LANES.read_text("utf-8"))
    return read


def places_of(scenario_id: str) -> list[str]:
    """Where the city's page lists a life event, in words."""
    of_lanes = [f"“{lane['name']}”一栏" for lane in lanes() if scenario_id in lane["scenarios"]]
    return [*of_lanes, *(["“一件事”一栏"] if scenario_id in _EVENTS_SHOWN else [])]


def values_of_portal(hall: Hall) -> dict[str, Any]:
    library = hall.library()
    events = {each.id: each for each in hall.scenarios.all()}
    guides = {each: library.names[each] for each in library.guide_ids}
    themes = Counter(guide.theme for each in guides if (guide := library.guide(each)))
    return {
        "popular": [(each, library.names[each]) for each in library.most_asked],
        "lanes": [
            {
                "name": lane["name"],
                "events": [(each, events[each].title) for each in lane["scenarios"] if each in events],
                "guides": [(each, guides[each]) for each in lane["guides"] if each in guides],
            }
            for lane in lanes()
        ],
        "events": [(each, events[each].title) for each in _EVENTS_SHOWN if each in events],
        "all_events": len(events),
        "themes": list(themes.items()),
        "all_guides": len(guides),
    }
