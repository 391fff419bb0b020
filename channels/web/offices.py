"""`/api/offices` and `/api/queue`: where the counters are, and how full the hall is."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from channels.boards import hours_of, shared_boards
from channels.languages import Language, written_in
from channels.refusals import Refusal, refusals
from channels.visit_bodies import written
from knowledge_base.offices import Location, Office, metres_between
from service_hall.hall import Hall


def make_offices_router(hall: Hall) -> APIRouter:
    router = APIRouter(tags=["offices"], responses=refusals({422: "invalid_input", 429: "too_many_requests"}))
    boards = shared_boards(hall)

    @router.get("/api/offices", responses=refusals({422: "unknown_region, unknown_guide, bad_location"}))
    async def list_offices(
        guide_id: Annotated[str | None, Query(max_length=64)] = None,
        region: Annotated[str | None, Query(max_length=12)] = None,
        lat: Annotated[float | None, Query(ge=-90, le=90)] = None,
        lon: Annotated[float | None, Query(ge=-180, le=180)] = None,
        lang: Language = Language.SIMPLIFIED,
    ) -> dict[str, Any]:
        """Nearest first where `lat` and `lon` are given."""
        library = hall.library()
        if region and region not in library.regions:
            raise Refusal(422, "unknown_region", "没有这个地区，请重新选择所在的区。")
        if guide_id and guide_id not in library.names:
            raise Refusal(422, "unknown_guide", "没有这个事项，请重新选择要办的事。")
        if (lat is None) != (lon is None):
            raise Refusal(422, "bad_location", "位置要同时有纬度和经度，请重新定位。")
        if guide_id:
            found = list(library.offices_for(guide_id, region))
        else:
            within = set(library.regions.within(region)) if region else None
            found = [each for each in library.published.offices if within is None or each.region in within]
        here = Location(lat=lat, lon=lon) if lat is not None and lon is not None else None
        bodies = [_body(office, guide_id, here) for office in found]
        if here:
            bodies.sort(key=lambda body: body["distance_m"])
        return {"offices": written_in(lang, bodies)}

    @router.get("/api/queue/{office_id}", responses=refusals({404: "unknown_office"}))
    async def show_board(office_id: str, lang: Language = Language.SIMPLIFIED) -> dict[str, Any]:
        state = await boards.at(office_id)
        if state is None:
            raise Refusal(404, "unknown_office", "没有这个网点，请重新选择。")
        told = {
            "office_id": state.office_id,
            "office_name": state.office_name,
            "counters": [
                {
                    "counter": each.counter,
                    "line": each.line,
                    "open": each.is_open,
                    "serving": each.serving or None,
                    "state": each.status.value if each.status else None,
                }
                for each in state.counters
            ],
            "waiting": state.waiting,
            "lines": [
                {
                    "line_id": line.line_id,
                    "name": line.name,
                    "letter": line.letter,
                    "waiting": line.waiting,
                    "early": line.early,
                    "ahead": line.ahead,
                    "estimated_wait_minutes": line.estimated_wait_minutes,
                    "open": line.is_open,
                }
                for line in state.lines
            ],
            "called": [
                {"number": call.number, "counter": call.counter, "at": written(call.at), "calls": call.times}
                for call in state.called
            ],
            "as_of": written(state.as_of),
            **hours_of(state),
        }
        return written_in(lang, told)

    return router


def _body(office: Office, guide_id: str | None, here: Location | None) -> dict[str, Any]:
    distance = {"distance_m": round(metres_between(here, office.location))} if here else {}
    return {
        "office_id": office.id,
        "name": office.name,
        "address": office.address,
        "phone": office.phone,
        "opening_hours": [hours.model_dump(mode="json") for hours in office.opening_hours],
        "location": office.location.model_dump(),
        "bookable": bool(office.line_of(guide_id) if guide_id else office.lines),
        "sample": office.sample,
        **distance,
    }
