"""Runs a piece of Python in Rasa's own environment, which has no pytest."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from server.settings import ROOT
from server.training import RASA, rasa_environment


def within_rasa(code: str) -> Any:
    """What the last line printed, read as JSON. Fails with the end of what was said."""
    return json.loads(said_within_rasa(code)[-1])


def said_within_rasa(code: str) -> list[str]:
    """All lines that were printed, those of the log among them. Fails with the end of what was said."""
    done = subprocess.run(
        [str(RASA.with_name("python")), "-c", code],
        cwd=ROOT,
        env=rasa_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.splitlines()
