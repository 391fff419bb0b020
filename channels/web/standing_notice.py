"""`/api/notice`: the emergency notice of the moment, for pages that stay open for hours."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from channels.visit_bodies import written
from service_hall.hall import Hall


def make_notice_router(hall: Hall) -> APIRouter:
    router = APIRouter(prefix="/api", tags=["hall"])

    @router.get("/notice")
    async def show() -> dict[str, Any]:
        notice = hall.orders.now().notice
        return {"notice": {"text": notice.text, "since": written(notice.since)} if notice else None}

    return router
