"""How the worked examples are written: (name, what is told, the day of asking, what comes out)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from service_hall.scenarios.calculators import CALCULATORS, Computed, Impossible, NoFigure

TODAY = date(2026, 11, 29)
Case = tuple[Mapping[str, object], str, Any]
"""What is told, the day of asking or "" for TODAY, the value: a day and an amount as they are written."""


def compute(name: str, told: Mapping[str, object], on: str = "") -> Computed:
    outcome = CALCULATORS[name](told, date.fromisoformat(on) if on else TODAY)
    assert isinstance(outcome, Computed), outcome
    assert outcome.says and outcome.source and "{" not in outcome.says
    return outcome


def value_of(name: str, told: Mapping[str, object], on: str = "") -> Any:
    """As a case writes it."""
    value = compute(name, told, on).value
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, date) else value


def refused(name: str, told: Mapping[str, object], on: str = "") -> str:
    outcome = CALCULATORS[name](told, date.fromisoformat(on) if on else TODAY)
    assert isinstance(outcome, Impossible), outcome
    return outcome.says


def unknown(name: str, told: Mapping[str, object], on: str = "") -> str:
    outcome = CALCULATORS[name](told, date.fromisoformat(on) if on else TODAY)
    assert isinstance(outcome, NoFigure), outcome
    return outcome.says
