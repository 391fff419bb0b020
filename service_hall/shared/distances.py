"""How far an office is, and how people say it."""

from __future__ import annotations

from knowledge_base.offices import Location, Office, metres_between


def metres_to(office: Office, here: tuple[float, float]) -> float:
    """`here`: latitude and longitude."""
    return metres_between(Location(lat=here[0], lon=here[1]), office.location)


def far(metres: float) -> str:
    return f"约{max(round(metres / 100), 1) * 100}米" if metres < 950 else f"约{metres / 1000:.1f}公里"
