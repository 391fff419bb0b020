"""Policy arithmetic for scenarios: `CALCULATORS["deed-tax"]({"home": "first", "area": 90, "price": 2000000}, as_of)`.

A calculator answers with what it computed, with what cannot be, or with who knows the figure; it raises nothing for
what a citizen can type. Figures are rates of `knowledge_base/content/rates/`, those in force on the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from knowledge_base.rates import RateBook
from service_hall.scenarios.calculators import (
    ages,
    births_and_deaths,
    childcare,
    companies,
    deductions,
    divorce,
    driving,
    homes,
    identity,
    injury,
    labour,
    maternity,
    retirement,
    unemployment,
)
from service_hall.scenarios.calculators.calculator import Calculator as Calculator
from service_hall.scenarios.calculators.calculator import Computed as Computed
from service_hall.scenarios.calculators.calculator import NoFigure as NoFigure
from service_hall.scenarios.calculators.calculator import Outcome as Outcome
from service_hall.scenarios.calculators.inputs import Impossible as Impossible
from service_hall.scenarios.calculators.inputs import Input as Input

_MATTERS = (
    ages, births_and_deaths, childcare, companies, deductions, divorce, driving, homes, identity, injury, labour,
    maternity, retirement, unemployment,
)  # fmt: skip
CALCULATORS: Mapping[str, Calculator] = MappingProxyType(
    {each.name: each for each in chain.from_iterable(matter.CALCULATORS for matter in _MATTERS)}
)
"""By name."""


@lru_cache(maxsize=8)
def calculators_with(book: RateBook) -> Mapping[str, Calculator]:
    """Those that reckon with these rates; an empty book: with the shipped ones."""
    if not book.rates:
        return CALCULATORS
    return MappingProxyType({name: replace(each, book=book) for name, each in CALCULATORS.items()})
