"""For whoever keeps the service running: alive, ready, metrics."""

from __future__ import annotations

import time

from anyio import to_thread
from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.bootstrap import House
from server.line_metrics import LineMetrics
from server.storage.engine import is_answering


def make_operators_router(house: House) -> APIRouter:
    router = APIRouter(tags=["operators"])

    @router.get("/healthz")
    async def alive() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    async def ready() -> JSONResponse:
        states = {
            "database": "ok" if await to_thread.run_sync(is_answering, house.engine) else "down",
            "index": "ok" if house.shelf.is_stocked else "empty",
            "rasa": "ok" if await house.rasa.is_ready() else "down",
        }
        is_ready = all(state == "ok" for state in states.values())
        status = "ready" if is_ready else "not_ready"
        # These two come and go with the rush, and no message goes unanswered for them.
        passing = {"line": house.rasa.line.state, "breaker": house.rasa.breaker.state.value}
        return JSONResponse({"status": status, **states, **passing}, status_code=200 if is_ready else 503)

    return router


def install_metrics(app: FastAPI, house: House) -> None:
    registry = CollectorRegistry()
    registry.register(LineMetrics(house.rasa, house.switchboard))
    requests = Counter("wenban_requests_total", "Requests by route and status", ["route", "status"], registry=registry)
    seconds = Histogram(
        "wenban_request_seconds",
        "Seconds a request took, by route",
        ["route"],
        registry=registry,
        buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5),
    )

    app.add_middleware(_Measured, requests=requests, seconds=seconds)

    @app.get("/metrics", tags=["operators"], response_class=Response)
    async def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


class _Measured:
    """Plain ASGI: Starlette's own middleware base starts a task group for every request."""

    def __init__(self, app: ASGIApp, requests: Counter, seconds: Histogram) -> None:
        self._app, self._requests, self._seconds = app, requests, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            # The route's pattern, never the address itself: addresses are endless, and may hold a name.
            route = getattr(scope.get("route"), "path", "unmatched")
            self._requests.labels(route, str(status)).inc()
            self._seconds.labels(route).observe(time.perf_counter() - began)
