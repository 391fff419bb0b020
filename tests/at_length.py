"""Tests that could go on for ever are short in `make test`, and take their time in `make soak`."""

from __future__ import annotations

import os

SOAK = "WENBAN_TEST_SOAK"


def at_length(short: int, long: int) -> int:
    """How many, this time."""
    return long if os.environ.get(SOAK) else short
