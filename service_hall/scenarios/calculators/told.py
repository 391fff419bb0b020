"""What a citizen told a calculator, once it is known to be possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service_hall.scenarios.calculators.inputs import Impossible, Input, Value


@dataclass(frozen=True)
class Told:
    """What was told and can be, of the declared kinds."""

    values: Mapping[str, Value]

    def has(self, name: str) -> bool:
        return name in self.values

    def day(self, name: str) -> date:
        value = self.values[name]
        assert isinstance(value, date)
        return value

    def number(self, name: str, otherwise: int | None = None) -> Decimal:
        value = self.values[name] if otherwise is None else self.values.get(name, Decimal(otherwise))
        assert isinstance(value, Decimal)
        return value

    def whole(self, name: str, otherwise: int | None = None) -> int:
        return int(self.number(name, otherwise))

    def chosen(self, name: str) -> str:
        return str(self.values[name])

    def is_so(self, name: str) -> bool:
        """False also for what was not told."""
        return self.values.get(name, False) is True


def read_inputs(inputs: tuple[Input, ...], told: Mapping[str, object], as_of: date) -> Told | Impossible:
    """What is told beyond the inputs is of others."""
    values: dict[str, Value] = {}
    for each in inputs:
        if told.get(each.name) is None:
            if each.is_optional:
                continue
            return each.impossible("missing")
        read = each.read(told[each.name], as_of)
        if isinstance(read, Impossible):
            return read
        values[each.name] = read
    for each in inputs:
        first, later = values.get(each.not_before), values.get(each.name)
        if isinstance(first, date) and isinstance(later, date) and later < first:
            earlier = next(other.label for other in inputs if other.name == each.not_before)
            return each.impossible("order", earlier=earlier)
    return Told(values)
