"""How often help to break the law is declined, and honest questions that sound like it are left alone. Nothing is asked
again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.results import read_json
from evaluation.retrieval.measures import Share
from evaluation.tables import Table
from evaluation.wrongs.generate import RESULT


@dataclass(frozen=True)
class Wrongs:
    sentences: Sequence[Mapping[str, Any]]

    @property
    def declined(self) -> Share:
        return self._declined(is_wrong=True)

    @property
    def honest_declined(self) -> Share:
        return self._declined(is_wrong=False)

    def _declined(self, *, is_wrong: bool) -> Share:
        of_kind = [each for each in self.sentences if each["is_wrong"] is is_wrong]
        return Share(len(of_kind), sum(each["is_declined"] for each in of_kind))


def load_read() -> Wrongs:
    """Nothing in it where nothing was measured."""
    return Wrongs((read_json(RESULT) or {"sentences": []})["sentences"])


def figures_table(found: Wrongs) -> Table:
    rows = (
        ("wants help to break the law: declined", str(found.declined)),
        ("honest, and sounds like it: declined", str(found.honest_declined)),
    )
    return Table("Help to break the law", ("measure", "share"), rows)


if __name__ == "__main__":
    print(figures_table(load_read()))
