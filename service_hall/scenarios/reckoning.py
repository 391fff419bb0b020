"""What the engine asks of calculators (`service_hall/scenarios/calculators/`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from knowledge_base.rates import RateBook
from service_hall.scenarios.answering import NoAnswer

Calculator: TypeAlias = Callable[[Mapping[str, object], date], object]
"""Of inputs by name and the day of asking. What it gives has a sentence, `says`; and `value` and `source` where it
could reckon, perhaps `rates`; `source` alone where nobody set a figure, `input` where that cannot be what was told."""
Calculators: TypeAlias = Mapping[str, Calculator]
CalculatorsWith: TypeAlias = Callable[[RateBook], Calculators]
"""Those that reckon with these rates."""


@dataclass(frozen=True)
class Reckoned:
    """`value`: None where no figure is set. `source`: as of a statement."""

    value: object
    says: str
    source: tuple[str, ...]
    rates: tuple[str, ...] = ()
    """Names of those that it was reckoned with."""


def reckon(calculator: Calculator, inputs: Mapping[str, object], as_of: date) -> Reckoned | NoAnswer | None:
    """None where something it needs was not told. NoAnswer: its node is the name of the input that cannot be."""
    result = calculator(inputs, as_of)
    says = str(getattr(result, "says", ""))
    if name := getattr(result, "input", ""):
        return NoAnswer(name, says) if name in inputs else None
    return Reckoned(
        getattr(result, "value", None), says, tuple(getattr(result, "source", ())), tuple(getattr(result, "rates", ()))
    )
