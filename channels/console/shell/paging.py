"""Pages of a list: which one is shown, and the way to the others with the filters kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

EACH = 50


@dataclass(frozen=True)
class Paging:
    """`page`: from 1. `filters`: those of the query, without the page; empty ones are left out."""

    path: str
    page: int
    total: int
    filters: Mapping[str, str]
    each: int = EACH

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.each))

    @property
    def first(self) -> int:
        """How many come before this page."""
        return (min(self.page, self.pages) - 1) * self.each

    def to(self, page: int) -> str:
        kept = {name: value for name, value in self.filters.items() if value}
        return f"{self.path}?{urlencode({**kept, 'page': str(page)})}"

    @property
    def before(self) -> str:
        """Empty: this is the first one."""
        return self.to(self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        return self.to(self.page + 1) if self.page < self.pages else ""
