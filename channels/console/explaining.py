"""`/api/counter/explain`: why a sentence would be answered as it is. In the body, for no log shall have it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from channels.console.staff import OF_STAFF, StaffDesk
from channels.limits import MOST_CHARACTERS
from channels.refusals import refusals
from service_hall.hall import Hall
from service_hall.staff.roles import Action


class SentenceIn(BaseModel):
    text: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]


def make_explaining_router(hall: Hall, staff: StaffDesk) -> APIRouter:
    router = APIRouter(
        prefix="/api/counter",
        tags=["counter"],
        responses=OF_STAFF | refusals({422: "invalid_input"}),
    )

    @router.post("/explain")
    def explain(body: SentenceIn, clerk: str = Depends(staff.allowed(Action.TRY_SEARCH))) -> dict[str, Any]:
        return asdict(hall.explain(body.text))

    return router
