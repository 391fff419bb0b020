"""The two posts that have to be manned: Rasa and the service."""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import partial

import httpx

from server.processes import StartFailed, check_port_is_free, log_of, reachable, start_rasa, start_service
from server.settings import Settings
from server.supervisor import LOOK_SECONDS, Post

Port = tuple[str, int, str]
"""Address, number, and what it is for, as an operator reads it."""


def rasas_post(settings: Settings) -> Post:
    [(host, port, _)] = ports = _ports_of_rasa(settings)
    return Post(
        name="Rasa",
        start=partial(start_rasa, settings),
        is_answering=partial(_answers, host, port, "/webhooks/rest/"),
        is_free=partial(_are_free, ports),
        log=log_of("rasa", settings.var),
    )


def services_post(settings: Settings, overrides: Mapping[str, str] | None = None) -> Post:
    """`overrides`: for its environment."""
    return Post(
        name="The service",
        start=partial(start_service, settings, overrides),
        is_answering=partial(_answers, reachable(settings.host), settings.port, "/healthz"),
        is_free=partial(_are_free, _ports_of_service(settings)),
        log=log_of("service", settings.var),
    )


def check_ports(settings: Settings) -> None:
    """Raises StartFailed."""
    for host, port, what in (*_ports_of_service(settings), *_ports_of_rasa(settings)):
        check_port_is_free(host, port, what)


def _ports_of_service(settings: Settings) -> list[Port]:
    return [
        (settings.host, settings.port, "the service, WENBAN_PORT"),
        ("127.0.0.1", settings.actions_port, "the actions, WENBAN_ACTIONS_PORT"),
    ]


def _ports_of_rasa(settings: Settings) -> list[Port]:
    return [("127.0.0.1", httpx.URL(settings.rasa_url).port or 80, "Rasa, WENBAN_RASA_URL")]


def _are_free(ports: Sequence[Port]) -> bool:
    try:
        for host, port, what in ports:
            check_port_is_free(host, port, what)
    except StartFailed:
        return False
    return True


def _answers(host: str, port: int, path: str) -> bool:
    """Any answer shows that it lives: whether it is well, `/readyz` says."""
    with closing(http.client.HTTPConnection(host, port, timeout=LOOK_SECONDS)) as connection:
        try:
            connection.request("GET", path)
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        return True
