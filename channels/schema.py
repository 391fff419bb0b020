"""What the schema says of all doors alike, so that no route repeats it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from channels.refusals import Refusal, Say, refusals

_WAIT = {"Retry-After": {"description": "seconds", "schema": {"type": "string", "pattern": "^[0-9]+$"}}}
_ALLOW = {"description": "the methods of this address", "required": True, "schema": {"type": "string"}}
_ANYWHERE = refusals({431: "head_too_large"})
_UNDER_API = refusals({429: "too_many_requests", 503: "unavailable"})
_WITH_A_BODY = refusals({400: "bad_request", 408: "too_slow", 413: "too_large", 415: "unsupported_media_type"})
_BAD_INPUT = refusals({422: "invalid_input"})[422]
_OF_THE_FRAMEWORK = "Validation Error"


def describe_all_doors(app: FastAPI, say: Say) -> None:
    """Completes the schema when it is first asked for; a method that is not allowed is told those that are."""

    @app.exception_handler(405)
    async def refuse_method(request: Request, fault: HTTPException) -> Response:
        # The router names the methods of the first route at that address alone.
        path = getattr(request.scope.get("route"), "path", "")
        described = app.openapi()["paths"].get(path)
        allowed = {"Allow": _allowed(described)} if described else fault.headers
        return await say(request, Refusal(405, headers=allowed))

    make = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = make()
            for path, operations in schema["paths"].items():
                for operation in operations.values():
                    _complete(operation, path, operations)
            for name in ("HTTPValidationError", "ValidationError"):
                schema["components"]["schemas"].pop(name, None)
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]


def _complete(operation: dict[str, Any], path: str, operations: Mapping[str, Any]) -> None:
    responses = operation["responses"]
    if responses.get("422", {}).get("description") == _OF_THE_FRAMEWORK:
        responses["422"] = _BAD_INPUT
    here = {
        **_ANYWHERE,
        **(_UNDER_API if path.startswith("/api/") else {}),
        **(_WITH_A_BODY if "requestBody" in operation else {}),
        405: {**refusals({405: "method_not_allowed"})[405], "headers": {"Allow": _ALLOW}},
    }
    for status, said in here.items():
        responses.setdefault(str(status), said)
    for status in ("429", "503"):
        if path.startswith("/api/"):
            responses[status] = {**responses[status], "headers": _WAIT}
    operation["responses"] = dict(sorted(responses.items()))


def _allowed(operations: Mapping[str, Any]) -> str:
    taken = {method.upper() for method in operations}
    return ", ".join(sorted(taken | {"HEAD"} if "GET" in taken else taken))
