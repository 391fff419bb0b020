"""Starts Rasa and the service as child processes, waits until both are healthy, stops both."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from server.belongings import OWN_EYES_ONLY, temporary_folder
from server.settings import ROOT, Settings
from server.training import MODEL, RASA, rasa_environment

STOP_SECONDS = 10.0


class StartFailed(Exception):
    """In one sentence, what stands in the way."""


@dataclass
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None


def start_rasa(settings: Settings) -> Child:
    address = httpx.URL(settings.rasa_url)
    endpoints = _endpoints_for(settings)
    command = [
        str(RASA), "run", "--connector", "rest", "--interface", "127.0.0.1", "--port", str(address.port or 80),
        "--endpoints", str(endpoints), "--model", str(MODEL),
    ]  # fmt: skip
    # It unpacks its model there with each start, and leaves it behind when it is killed.
    aside = {"TMPDIR": str(temporary_folder(settings.var, "rasa"))}
    return _start("rasa", command, settings.var, rasa_environment() | aside)


def start_service(settings: Settings, overrides: Mapping[str, str] | None = None) -> Child:
    command = [sys.executable, "-m", "server.serve"]
    return _start("service", command, settings.var, {**os.environ, **(overrides or {})})


def wait_until_healthy(settings: Settings, children: list[Child], limit_seconds: float = 180) -> float:
    """Seconds it took. Raises StartFailed when a child ends or the limit passes."""
    began = time.monotonic()
    while time.monotonic() - began < limit_seconds:
        for child in children:
            if not child.is_running:
                raise StartFailed(f"{child.name} ended by itself; the end of {child.log}:\n{_tail(child.log)}")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(
                f"http://{_reachable(settings.host)}:{settings.port}/readyz", timeout=2, trust_env=False
            ).is_success:
                return time.monotonic() - began
        time.sleep(0.3)
    raise StartFailed(f"not healthy after {limit_seconds:.0f} s; see {settings.var / 'log'}")


def stop(children: list[Child]) -> None:
    """The service first, so that no message is lost between the two; whoever does not go is made to."""
    for child in reversed(children):
        if child.is_running:
            child.process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in reversed(children):
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def check_port_is_free(host: str, port: int, what: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise StartFailed(
                f"Port {port} ({what}) is taken on {host}: stop what listens there, or set another."
            ) from fault


def _endpoints_for(settings: Settings) -> Path:
    """endpoints.yml with the port on which this service serves its actions."""
    endpoints: dict[str, Any] = yaml.safe_load((ROOT / "endpoints.yml").read_text("utf-8"))
    endpoints["action_endpoint"]["url"] = f"http://127.0.0.1:{settings.actions_port}/webhook"
    path = settings.var / "endpoints.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(endpoints, sort_keys=False), "utf-8")
    return path


def _start(name: str, command: list[str], var: Path, environment: Mapping[str, str]) -> Child:
    log = var / "log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.touch(mode=0o600)
    with log.open("ab") as file:
        # Its own process group: Ctrl-C reaches the supervisor alone, which stops both in order.
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(environment),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            umask=OWN_EYES_ONLY,
        )
    return Child(name, process, log)


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host


def _tail(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-1500:]
