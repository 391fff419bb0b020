"""For whoever keeps the service running: alive, ready, metrics."""

from __future__ import annotations

import hmac
import time

from anyio import to_thread
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.addresses import is_from_this_machine
from channels.refusals import Refusal, refusals
from server.bootstrap import House
from server.letter_metrics import LetterMetrics
from server.line_metrics import LineMetrics
from server.storage.pulse import Pulse


def make_operators_router(house: House) -> APIRouter:
    router = APIRouter(tags=["operators"])
    pulse = Pulse(house.engine)

    @router.get("/healthz")
    async def alive() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz", responses={503: {"description": "not_ready, and what is missing"}})
    async def ready() -> JSONResponse:
        states = {
            "database": await to_thread.run_sync(pulse.state),
            "index": "ok" if house.shelf.is_stocked else "empty",
            "rasa": "ok" if await house.rasa.is_ready() else "down",
        }
        is_ready = all(state == "ok" for state in states.values())
        status = "ready" if is_ready else "not_ready"
        # These two come and go with the rush, and no message goes unanswered for them.
        passing = {"line": house.rasa.line.state, "breaker": house.rasa.breaker.state.value}
        # Whoever wrote them must hear of it; all the others are answered from.
        told = {"faulty_documents": len(house.shelf.faults)}
        # The other doors stay open without it. What WeChat holds against the account, somebody has to mend.
        wechat = {"wechat": house.wechat.state} if house.wechat else {}
        return JSONResponse(
            {"status": status, **states, **passing, **told, **wechat}, status_code=200 if is_ready else 503
        )

    return router


def install_metrics(app: FastAPI, house: House) -> None:
    """Answers this machine, and elsewhere whoever shows the token of the settings; empty: nobody else."""
    token = house.settings.metrics_token
    registry = CollectorRegistry()
    registry.register(LineMetrics(house.rasa, house.switchboard))
    faulty = Gauge("wenban_faulty_documents", "Kept rows of knowledge that are left out", registry=registry)
    faulty.set_function(lambda: len(house.shelf.faults))
    if wechat := house.wechat:
        registry.register(LetterMetrics(wechat.letters))
    requests = Counter("wenban_requests_total", "Requests by route and status", ["route", "status"], registry=registry)
    seconds = Histogram(
        "wenban_request_seconds",
        "Seconds a request took, by route",
        ["route"],
        registry=registry,
        buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5),
    )

    app.add_middleware(_Measured, requests=requests, seconds=seconds)

    @app.get(
        "/metrics",
        tags=["operators"],
        response_class=Response,
        responses=refusals({401: "invalid_token", 404: "not_found"}),
    )
    async def metrics(request: Request) -> Response:
        if not is_from_this_machine(request):
            _check_token(request, token)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def _check_token(request: Request, token: str) -> None:
    if not token:
        raise Refusal(404)
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    # In constant time: nobody finds the token letter by letter.
    if scheme.lower() != "bearer" or not hmac.compare_digest(shown.encode(), token.encode()):
        raise Refusal(401, "invalid_token", "没有查看指标的凭证，请联系管理员。", {"WWW-Authenticate": "Bearer"})


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
