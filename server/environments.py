"""Builds the two Python environments. Runs on any Python ≥ 3.8 with the standard library alone.

`python3 server/environments.py` builds `.venv-rasa` (Rasa, Python 3.10) and `.venv` (the service, Python ≥ 3.11) where
a lock file changed since they were built; `--tests` adds what tests need; `--only service` leaves Rasa out.
"""

from __future__ import annotations

import argparse
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Iterator, List, NamedTuple, Optional, Tuple

ROOT = Path(__file__).resolve().parents[1]
TORCH = "torch==2.13.0"
STAMP = "built-from"


class Environment(NamedTuple):
    name: str
    folder: Path
    locks: Tuple[Path, ...]
    oldest: Tuple[int, int]
    newest: Tuple[int, int]
    needs_torch: bool


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tests", action="store_true", help="add what tests, checks and evaluation need")
    options.add_argument("--only", choices=["service", "rasa"])
    chosen = options.parse_args()
    service_locks = [ROOT / "server" / "requirements.lock"]
    # Once there, the test tools stay: `make run` after `make test` must not rebuild.
    tests_lock = ROOT / "tests" / "requirements.lock"
    if chosen.tests or _built_with(ROOT / ".venv", tests_lock):
        service_locks.append(tests_lock)
    environments = [
        Environment("the service", ROOT / ".venv", tuple(service_locks), (3, 11), (3, 13), True),
        Environment("Rasa", ROOT / ".venv-rasa", (ROOT / "bot" / "requirements.lock",), (3, 10), (3, 10), False),
    ]
    if chosen.only:
        environments = [each for each in environments if each.needs_torch == (chosen.only == "service")]
    # Side by side: one unpacks while the other downloads.
    with ThreadPoolExecutor(len(environments)) as both:
        failures = [failure for failure in both.map(_failure_of, environments) if failure]
    for failure in failures:
        print(f"\n{failure}", file=sys.stderr)
    return 1 if failures else 0


def _failure_of(environment: Environment) -> str:
    """Empty: it is built."""
    try:
        build(environment)
    except SetupFailed as failure:
        return str(failure)
    return ""


class SetupFailed(Exception):
    pass


def build(environment: Environment) -> None:
    wanted = _fingerprint(environment)
    stamp = environment.folder / STAMP
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    python = find_python(environment.oldest, environment.newest)
    if python is None:
        versions = ".".join(map(str, environment.oldest))
        raise SetupFailed(
            f"No Python {versions} was found for {environment.name}: install it "
            f"(for example `pyenv install {versions}` or `uv python install {versions}`) and run this again."
        )
    began = time.monotonic()
    print(f"Building the environment of {environment.name} in {environment.folder.name} with {python}", flush=True)
    name = environment.name
    if not (environment.folder / "bin" / "python").exists():
        _run([python, "-m", "venv", str(environment.folder)], f"{name}: creating it")
    pip = [str(environment.folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install"]
    if environment.needs_torch:
        # By itself and first, or the resolver takes the newest build with several GB of CUDA.
        index = os.environ.get("WENBAN_TORCH_INDEX")
        _install([*pip, *(["--index-url", index] if index else []), TORCH], 12, name, "torch and what it needs")
    else:
        _install([*pip, "wheel", "setuptools<81"], 2, name, "what builds packages")
    requirements = [argument for lock in environment.locks for argument in ("-r", str(lock))]
    # The locks are whole and were resolved together; a second resolution could only differ.
    expected = sum(len(lock.read_text().split()) for lock in environment.locks)
    _install([*pip, "--no-deps", *requirements], expected, name, f"all {expected} packages of the lock files")
    stamp.write_text(wanted)
    print(f"  {name}: done in {time.monotonic() - began:.0f} s", flush=True)


def find_python(oldest: Tuple[int, int], newest: Tuple[int, int]) -> Optional[str]:
    """On PATH, under pyenv, or through uv; the oldest allowed version first, for that is the one tested."""
    for minor in range(oldest[1], newest[1] + 1):
        for candidate in _candidates(minor):
            if _version_of(candidate) == (3, minor):
                return candidate
    return None


def _candidates(minor: int) -> Iterator[str]:
    for name in (f"python3.{minor}", "python3", "python"):
        if found := shutil.which(name):
            yield found
    pyenv_root = os.environ.get("PYENV_ROOT") or str(Path.home() / ".pyenv")
    yield from sorted(glob.glob(f"{pyenv_root}/versions/3.{minor}.*/bin/python"), reverse=True)
    if uv := shutil.which("uv"):
        for arguments in (["python", "find"], ["python", "install"], ["python", "find"]):
            answer = subprocess.run([uv, *arguments, f"3.{minor}"], capture_output=True, text=True, check=False)
            path = answer.stdout.strip().splitlines()[-1:] or [""]
            if arguments[1] == "find" and answer.returncode == 0 and Path(path[0]).exists():
                yield path[0]
                return
            if arguments[1] == "install":
                print(f"uv is fetching Python 3.{minor}", flush=True)


def _version_of(python: str) -> Optional[Tuple[int, int]]:
    # A pyenv shim exists for versions that are not switched on, and fails when called.
    answer = subprocess.run(
        [python, "-c", "import sys, venv, ensurepip; print(*sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        return None
    major, minor = answer.stdout.split()
    return int(major), int(minor)


def _fingerprint(environment: Environment) -> str:
    parts = [f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}" for lock in environment.locks]
    return "\n".join([TORCH if environment.needs_torch else "", *parts]) + "\n"


def _built_with(folder: Path, lock: Path) -> bool:
    stamp = folder / STAMP
    return stamp.is_file() and hashlib.sha256(lock.read_bytes()).hexdigest() in stamp.read_text()


def _run(command: List[str], what: str) -> None:
    print(f"  {what}", flush=True)
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise SetupFailed(f"{what} failed:\n{answer.stdout[-1000:]}{answer.stderr[-2000:]}")


def _install(command: List[str], expected: int, name: str, what: str) -> None:
    """pip, with a line of progress for every twentieth package that it collects, and one when it installs `what` into
    the environment of that name."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
    assert process.stdout is not None
    last: List[str] = []
    seen = 0
    for line in process.stdout:
        last = [*last[-30:], line]
        found = re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.\-\[\]]+)", line)
        if found:
            seen += 1
            if seen % 20 == 0:
                print(f"  {name}: [{min(seen, expected):>3}/{expected}] {found[1]}", flush=True)
        elif line.startswith("Installing collected packages"):
            print(f"  {name}: installing {what}", flush=True)
    if process.wait():
        raise SetupFailed("pip failed:\n" + "".join(last))


if __name__ == "__main__":
    sys.exit(main())
