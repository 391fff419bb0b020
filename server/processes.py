"""Starts Rasa and the service as child processes, waits until both are healthy, ends them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import yaml

from server.belongings import OWN_EYES_ONLY, temporary_folder
from server.settings import ROOT, Settings
from server.training import MODEL, RASA, rasa_environment

START_SECONDS = 180.0
STOP_SECONDS = 10.0
LEASH = Path(__file__).with_name("leash.py")


class StartFailed(Exception):
    """In one sentence, what stands in the way."""


@dataclass(eq=False)
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path
    _is_asked_to_go: bool = field(default=False, init=False)

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def say_where_it_is(self) -> None:
        """Into its log, from every thread, even if it hangs (`server.serve`). Rasa, which cannot, ends."""
        self.process.send_signal(signal.SIGUSR1)

    def ask_to_go(self) -> None:
        if not self._is_asked_to_go:
            self.process.terminate()
        self._is_asked_to_go = True

    def end(self, grace_s: float) -> None:
        """Asks it to go; after `grace_s` it is made to. What it has started goes with it."""
        if not self.is_running:
            return
        self.ask_to_go()
        deadline = time.monotonic() + grace_s
        # Not yet reaped, so that its number is nobody else's when its group is killed.
        while not os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
            if time.monotonic() >= deadline:
                break
            time.sleep(0.02)
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


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


def wait_until_healthy(
    settings: Settings,
    children: list[Child],
    limit_seconds: float = START_SECONDS,
    pause: Callable[[float], object] = time.sleep,
) -> float:
    """Seconds it took. Raises StartFailed when a child ends or the limit passes, and what `pause` raises."""
    began = time.monotonic()
    # One client for all: to make one costs a tenth of the core that the service starts on.
    with httpx.Client(
        base_url=f"http://{reachable(settings.host)}:{settings.port}", timeout=2, trust_env=False
    ) as asks:
        while time.monotonic() - began < limit_seconds:
            for child in children:
                if not child.is_running:
                    raise StartFailed(f"{child.name} ended by itself; the end of {child.log}:\n{_tail(child.log)}")
            with contextlib.suppress(httpx.HTTPError):
                if asks.get("/readyz").is_success:
                    return time.monotonic() - began
            pause(0.3)
    raise StartFailed(f"not healthy after {limit_seconds:.0f} s; see {settings.var / 'log'}")


def stop(children: list[Child]) -> None:
    """The service first, so that no message is lost between the two; whoever does not go is made to."""
    for child in reversed(children):
        child.ask_to_go()
    deadline = time.monotonic() + STOP_SECONDS
    for child in reversed(children):
        child.end(max(0.1, deadline - time.monotonic()))


def reachable(host: str) -> str:
    """How this machine itself reaches what listens on `host`."""
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host


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


def log_of(name: str, var: Path) -> Path:
    return var / "log" / f"{name}.log"


def _start(name: str, command: list[str], var: Path, environment: Mapping[str, str]) -> Child:
    log = log_of(name, var)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.touch(mode=0o600)
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), *command],
            cwd=ROOT,
            env=dict(environment),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops both in order
            umask=OWN_EYES_ONLY,
        )
    return Child(name, process, log)


def _tail(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-1500:]
