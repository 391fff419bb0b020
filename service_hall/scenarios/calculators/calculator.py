"""A calculator: a pure rule over what was told and the rates of a day, with its inputs declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge_base.rate_files import load_rates
from knowledge_base.rates import NoRate, RateBook, RateInForce
from service_hall.scenarios.calculators.inputs import Impossible, Input, Value
from service_hall.scenarios.calculators.told import Told, read_inputs
from service_hall.scenarios.calculators.words import WORDS, say_day


@dataclass(frozen=True)
class Computed:
    value: Value
    """A day, a number (amounts in 元, to the cent), yes or no, or a word of a declared choice."""
    says: str
    source: tuple[str, ...]
    rates: tuple[str, ...] = ()
    """Names of those that it was reckoned with."""


@dataclass(frozen=True)
class NoFigure:
    """No national figure for that day or that case; `says` tells who has it."""

    says: str
    source: tuple[str, ...] = ()


Outcome = Computed | Impossible | NoFigure


@dataclass(frozen=True)
class Rates:
    """Those of one day."""

    book: RateBook
    as_of: date

    def of(self, name: str, on: date | None = None) -> RateInForce:
        """`on`: the day that the rule looks at, where that is another."""
        return self.book.of(name, on or self.as_of)


Rule = Callable[[Told, Rates], Computed | NoFigure]


@dataclass(frozen=True)
class Calculator:
    name: str
    title: str
    inputs: tuple[Input, ...]
    rule: Rule
    book: RateBook | None = None
    """None: the shipped rates."""

    def __call__(self, inputs: Mapping[str, object], as_of: date, book: RateBook | None = None) -> Outcome:
        """Raises nothing for what a citizen can type. `book`: rates other than its own."""
        told = read_inputs(self.inputs, inputs, as_of)
        if isinstance(told, Impossible):
            return told
        try:
            return self.rule(told, Rates(book or self.book or load_rates(), as_of))
        except NoRate as unknown:
            return NoFigure(WORDS.say("no-rate", title=unknown.title, day=say_day(unknown.on)))


def computed(value: Value, says: str, *held_by: RateInForce | str, **filled: str) -> Computed:
    """`says`: the name of the sentence. `held_by`: the rates used, and articles that hold the rule itself."""
    rates = tuple(dict.fromkeys(each.name for each in held_by if isinstance(each, RateInForce)))
    return Computed(value, WORDS.say(says, **filled), cited(*held_by), rates)


def deadline(last: date, rates: Rates, says: str, *held_by: RateInForce | str, **filled: str) -> Computed:
    """A day until which something is done. Once it is over, the sentence of the same name with `-late` is said."""
    spoken = f"{says}-late" if last < rates.as_of else says
    return computed(last, spoken, *held_by, day=say_day(last), **filled)


def cited(*held_by: RateInForce | str) -> tuple[str, ...]:
    sources = (source for each in held_by for source in ((each,) if isinstance(each, str) else each.source))
    return tuple(dict.fromkeys(sources))
