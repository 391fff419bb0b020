"""Writes the lock files from what is installed in the two environments."""

from __future__ import annotations

import re
import subprocess
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from server.settings import ROOT

TORCH = "torch==2.13.0"
# torch is installed by itself from its own index (server/environments.py); the others are pip's own.
LEFT_OUT = {"torch", "pip", "setuptools", "wheel"}
# Of jionlp only the time parser is used, which needs none of these (service_hall/hearing/when/time_library.py).
NOT_NEEDED = {"jiojio", "zipfile36"}


def main() -> None:
    service = _closure([*_wanted(ROOT / "server" / "requirements.in"), TORCH])
    tests = _closure(_wanted(ROOT / "tests" / "requirements.in")) - service
    (ROOT / "server" / "requirements.lock").write_text(_pinned(service), "utf-8")
    (ROOT / "tests" / "requirements.lock").write_text(_pinned(tests), "utf-8")
    rasa = subprocess.run(
        [str(ROOT / ".venv-rasa" / "bin" / "python"), "-m", "pip", "freeze"], capture_output=True, text=True, check=True
    )
    (ROOT / "bot" / "requirements.lock").write_text(rasa.stdout, "utf-8")


def _wanted(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _closure(requirements: list[str]) -> set[str]:
    """The names of everything that the requirements need, themselves included."""
    waiting = [Requirement(line) for line in requirements]
    done: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement = waiting.pop()
        key = (_canonical(requirement.name), frozenset(requirement.extras))
        if key in done or key[0] in NOT_NEEDED:
            continue
        done.add(key)
        for line in metadata.requires(requirement.name) or []:
            needed = Requirement(line)
            extras = requirement.extras | {""}
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(needed)
    return {name for name, _ in done}


def _pinned(names: set[str]) -> str:
    lines = {
        f"{found.metadata['Name']}=={found.version}"
        for found in metadata.distributions()
        if _canonical(found.metadata["Name"]) in names - LEFT_OUT
    }
    return "\n".join(sorted(lines, key=str.lower)) + "\n"


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
