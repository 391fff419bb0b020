"""The service: every door on one FastAPI app."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from channels.web.chat import make_chat_router
from channels.web.knowledge import make_knowledge_router
from channels.web.limits import BodyLimit, RateLimits
from channels.web.pages import install_pages
from channels.web.refusals import install_refusals
from channels.web.stream import make_stream_router
from channels.web.visitors import VisitorDesk
from server.bootstrap import House
from server.operators import install_metrics, make_operators_router

VERSION = "0.1.0"


def make_app(house: House) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await house.http.aclose()
        house.engine.dispose()

    app = FastAPI(title="问办 Wenban", version=VERSION, lifespan=lifespan)
    limits = RateLimits(house.settings.rate_per_visitor, house.settings.rate_per_address)
    desk = VisitorDesk(house.secret_key, house.settings.secure_cookies)
    install_refusals(app)
    install_metrics(app)
    app.add_middleware(BodyLimit)
    app.include_router(make_chat_router(house.hall, house.switchboard, house.records, desk, limits))
    app.include_router(make_stream_router(house.records, desk))
    app.include_router(make_knowledge_router(house.hall, limits))
    app.include_router(make_operators_router(house))
    install_pages(app, house.hall)
    return app
