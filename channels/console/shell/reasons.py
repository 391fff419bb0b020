"""What the rule that decided is called for staff (`reasons.yml`); its name in the code stands beside."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml


def reason_in_words(reason: str) -> str:
    """`open_walk_hears:booking.when` → what that rule does; a rule of an earlier version keeps its name."""
    return reasons().get(reason.partition(":")[0], reason)


@cache
def reasons() -> Mapping[str, str]:
    read: Mapping[str, str] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    return read
