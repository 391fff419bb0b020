"""rasa-sdk's executor as an ASGI app, for loopback only: Rasa calls it, nobody else.

Without a framework's way from a request to a function: there is one caller, and it calls with each message.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionMissingDomainException, ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from actions.service_actions import all_actions
from service_hall.hall import Hall


def make_executor(hall: Hall) -> ActionExecutor:
    executor = ActionExecutor()
    for action in all_actions(hall):
        executor.register_action(action)
    return executor


def make_actions_app(hall: Hall) -> Starlette:
    executor = make_executor(hall)

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

    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    return Starlette(routes=[Route("/webhook", run_action, methods=["POST"]), Route("/health", health)])
