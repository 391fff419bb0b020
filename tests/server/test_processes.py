"""Real children, small ones: how they are bound to whoever started them, ended, and looked at."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from evaluation.stack import free_ports
from server import cli, posts, processes
from server.processes import Child
from server.settings import ROOT, Settings
from server.supervisor import Post

PYTHON = sys.executable
SLEEPS = [PYTHON, "-c", "import time; time.sleep(600)"]
DEAF = [PYTHON, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1); time.sleep(600)"]
WITH_A_CHILD = [PYTHON, "-c", "import subprocess, sys; p = subprocess.Popen(['sleep', '600']); print(p.pid); p.wait()"]
HANGS = [
    PYTHON,
    "-c",
    "import faulthandler, signal\n"
    "faulthandler.register(signal.SIGUSR1)\n"
    "def lost():\n"
    "  print(1)\n"
    "  while True: pass\n"
    "lost()",
]


def until(holds: Callable[[], bool]) -> None:
    """Other processes take part: pytest's time-out bounds it."""
    while not holds():
        time.sleep(0.01)


def is_gone(process_id: int) -> bool:
    return not psutil.pid_exists(process_id) or psutil.Process(process_id).status() == psutil.STATUS_ZOMBIE


def said(child: Child) -> str:
    return child.log.read_text("utf-8")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[list[str]], Child]]:
    started: list[Child] = []

    def one(command: list[str]) -> Child:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        started.append(processes._start(f"child{len(started)}", command, tmp_path, environment))
        return started[-1]

    yield one
    for child in started:
        child.end(0)


Start = Callable[[list[str]], Child]


class TestEnding:
    def test_who_is_asked_goes(self, start: Start) -> None:
        child = start(SLEEPS)
        child.end(60)
        assert child.process.returncode == -signal.SIGTERM

    def test_who_does_not_listen_is_made_to_go(self, start: Start) -> None:
        child = start(DEAF)
        until(lambda: bool(said(child)))
        child.end(0.01)
        assert child.process.returncode == -signal.SIGKILL

    def test_who_is_stopped_is_made_to_go(self, start: Start) -> None:
        child = start(DEAF)
        until(lambda: bool(said(child)))
        child.process.send_signal(signal.SIGSTOP)
        child.end(0.01)
        assert not child.is_running

    @pytest.mark.parametrize("grace_s", [0, 60])
    def test_what_it_has_started_goes_with_it(self, start: Start, grace_s: float) -> None:
        child = start(WITH_A_CHILD)
        until(lambda: bool(said(child)))
        grandchild = int(said(child))
        child.end(grace_s)
        until(lambda: is_gone(grandchild))

    def test_who_has_ended_already_is_no_matter(self, start: Start) -> None:
        child = start([PYTHON, "-c", ""])
        until(lambda: not child.is_running)
        child.say_where_it_is()
        child.end(60)
        assert child.process.returncode == 0

    def test_who_hangs_says_where(self, start: Start) -> None:
        child = start(HANGS)
        until(lambda: bool(said(child)))
        child.say_where_it_is()
        until(lambda: "in lost" in said(child))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own leash")
def test_children_end_with_whoever_started_them_however_that_ends(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, sys, time; from server import processes\n"
        f"child = processes._start('child', {SLEEPS!r}, pathlib.Path(sys.argv[1]), dict(os.environ))\n"
        "print(child.process.pid, flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen([PYTHON, "-c", script, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        until(lambda: psutil.Process(child).cmdline() == SLEEPS)  # no longer the leash itself: it is on
        parent.kill()
    until(lambda: is_gone(child))


class TestLooking:
    @contextmanager
    def someone(self, answer: bytes | None) -> Iterator[int]:
        """Takes calls on a port, and answers the first one so; None: hangs."""
        with socket.create_server(("127.0.0.1", 0)) as server:

            def serve() -> None:
                caller, _ = server.accept()
                with closing(caller):
                    caller.recv(1000)
                    if answer is not None:
                        caller.sendall(answer)
                    else:
                        caller.recv(1000)

            thread = threading.Thread(target=serve, daemon=True)
            thread.start()
            yield server.getsockname()[1]
            thread.join()

    @pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "503 Service Unavailable"])
    def test_any_answer_shows_that_it_lives(self, status: str) -> None:
        with self.someone(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()) as port:
            assert posts._answers("127.0.0.1", port, "/healthz")

    @pytest.mark.parametrize("answer", [b"", b"\x00garbage", None])
    def test_nothing_and_nonsense_do_not(self, answer: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(posts, "LOOK_SECONDS", 0.05)
        with self.someone(answer) as port:
            assert not posts._answers("127.0.0.1", port, "/healthz")

    def test_nobody_there_does_not(self) -> None:
        [port] = free_ports(1)
        assert not posts._answers("127.0.0.1", port, "/healthz")

    def test_a_port_is_free_when_nobody_listens_there(self) -> None:
        [port] = free_ports(1)
        settings = Settings(rasa_url=f"http://127.0.0.1:{port}")
        post = posts.rasas_post(settings)
        assert post.is_free()
        with socket.create_server(("127.0.0.1", port)):
            assert not post.is_free()
        assert post.is_free()


class TestCtrlC:
    """`make run`, with small children in the place of Rasa and the service."""

    @pytest.fixture(autouse=True)
    def nothing_else_to_do(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        for preparation in ("train_if_changed", "check_ports", "open_admin"):
            monkeypatch.setattr(cli, preparation, lambda *_: None)
        monkeypatch.setattr(cli, "wait_until_healthy", lambda *_, **__: 1.0)
        handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        yield
        for number, handler in handlers.items():
            signal.signal(number, handler)

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_it_stops_all_cleanly_also_while_one_is_started_again(
        self, number: signal.Signals, start: Start, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        children: list[Child] = []

        def started() -> Child:
            children.append(start(SLEEPS))
            if len(children) == 2:
                children[0].process.kill()
            if len(children) == 3:  # in the midst of a start
                os.kill(os.getpid(), number)
            return children[-1]

        post = Post("It", started, lambda: True, lambda: True, Path("its.log"))
        monkeypatch.setattr(cli, "rasas_post", lambda _: post)
        monkeypatch.setattr(cli, "services_post", lambda _: post)
        assert cli.run(Settings()) == 0
        assert len(children) == 3
        assert not any(child.is_running for child in children)
        told = capsys.readouterr()
        assert "It ended by itself and is started again; see its.log" in told.err
        assert "Stopping" in told.out

    def test_what_does_not_come_up_at_the_first_start_is_given_up(
        self, start: Start, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        children = []

        def started() -> Child:
            children.append(start(SLEEPS))
            return children[-1]

        def never(*_: object, **__: object) -> float:
            raise processes.StartFailed("not healthy after 180 s")

        post = Post("It", started, lambda: False, lambda: True, Path("its.log"))
        monkeypatch.setattr(cli, "rasas_post", lambda _: post)
        monkeypatch.setattr(cli, "services_post", lambda _: post)
        monkeypatch.setattr(cli, "wait_until_healthy", never)
        assert cli.run(Settings()) == 1
        assert len(children) == 2
        assert not any(child.is_running for child in children)
        assert "not healthy" in capsys.readouterr().err
