"""rasa-sdk's executor as a FastAPI app, for loopback only: Rasa calls it, nobody else."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionMissingDomainException, ActionNotFoundException

from actions.service_actions import all_actions
from service_hall.hall import Hall


def make_executor(hall: Hall) -> ActionExecutor:
    executor = ActionExecutor()
    for action in all_actions(hall):
        executor.register_action(action)
    return executor


def make_actions_app(hall: Hall) -> FastAPI:
    app = FastAPI(title="Wenban actions", docs_url=None, redoc_url=None, openapi_url=None)
    executor = make_executor(hall)

    @app.post("/webhook")
    async def run_action(request: Request) -> JSONResponse:
        try:
            payload: Any = await request.json()
        except ValueError:
            payload = None
        if not isinstance(payload, dict):
            return JSONResponse({"error": "an object is wanted"}, 400)
        # Rasa leaves the domain out (enable_selective_domain); rasa-sdk 3.21 refuses a call without one.
        payload.setdefault("domain", {})
        try:
            result = await executor.run(payload)
        except ActionExecutionRejection as refused:
            return JSONResponse({"error": str(refused), "action_name": refused.action_name}, 400)
        except ActionNotFoundException as missing:
            return JSONResponse({"error": str(missing), "action_name": missing.action_name}, 404)
        except ActionMissingDomainException as missing_domain:
            return JSONResponse({"error": str(missing_domain), "action_name": missing_domain.action_name}, 449)
        return JSONResponse(result.model_dump() if result else {"events": [], "responses": []})

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    return app
