"""How well life events are recognised and led to their lists: `python -m evaluation.scenarios.score`. Nothing is asked
again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation.results import read_json
from evaluation.retrieval.measures import Share
from evaluation.scenarios.answers import AnswersRead
from evaluation.scenarios.generate import RESULT
from evaluation.scenarios.talks import PlayedTalk
from evaluation.tables import Table


@dataclass(frozen=True)
class LifeEvents:
    situations: Sequence[Mapping[str, Any]]
    ordinary: Sequence[Mapping[str, Any]]
    talks: Sequence[PlayedTalk]
    answers: AnswersRead = field(default_factory=lambda: AnswersRead(()))

    @property
    def right_first(self) -> Share:
        """Situations whose answer leads to the right scenario before any other."""
        return _share([each["led_to"] == each["scenario"] for each in self.situations])

    @property
    def wrong_first(self) -> Share:
        return _share([each["led_to"] not in ("", each["scenario"]) for each in self.situations])

    @property
    def begun_right(self) -> Share:
        """Of those that asked for all that is to be done, so that its questions began without an offer."""
        return _share([each["led_to"] == each["scenario"] for each in self.situations if each.get("is_begun")])

    @property
    def pulled(self) -> Share:
        """Ordinary questions that are told of a life event in the place of what they ask."""
        return _share([each["is_pulled"] for each in self.ordinary])

    @property
    def offered_beside(self) -> Share:
        """Those answered as asked, with a list offered below."""
        return _share([bool(each["offered"]) and not each["is_pulled"] for each in self.ordinary])

    @property
    def right_list(self) -> Share:
        """Talks that end in the list that the person needs."""
        return _share([each.passed for each in self.talks])

    @property
    def understood(self) -> Share:
        """Answers in words that needed no second try."""
        said, misheard = sum(each.said for each in self.talks), sum(len(each.misheard) for each in self.talks)
        return Share(said, said - misheard)

    @property
    def scenarios_played(self) -> int:
        return len({each.scenario for each in self.talks})


def load_life_events() -> LifeEvents:
    """Nothing in it where nothing was measured."""
    found = read_json(RESULT) or {"situations": [], "ordinary": [], "talks": []}
    answers = AnswersRead(found.get("answers", ()))
    talks = [PlayedTalk(**{**row, "misheard": tuple(row["misheard"])}) for row in found["talks"]]
    return LifeEvents(found["situations"], found["ordinary"], talks, answers)


def figures_table(found: LifeEvents) -> Table:
    rows = (
        ("situations: right scenario first", str(found.right_first)),
        ("situations: another scenario first", str(found.wrong_first)),
        ("situations: begun without an offer, and the right one", str(found.begun_right)),
        ("ordinary questions pulled into a scenario", str(found.pulled)),
        ("ordinary questions answered, with a list offered below", str(found.offered_beside)),
        (f"talks ({found.scenarios_played} scenarios): right list at the end", str(found.right_list)),
        ("talks: answers in words understood at once", str(found.understood)),
    )
    return Table("Life events", ("measure", "share"), rows)


def talks_table(found: LifeEvents) -> Table:
    rows = tuple(
        (each.id, each.scenario, "、".join(each.misheard), each.ends)
        for each in found.talks
        if each.misheard or not each.passed
    )
    return Table("Talks of life events that went wrong somewhere", ("id", "scenario", "picked by number", "end"), rows)


def _share(claims: Sequence[bool]) -> Share:
    return Share(len(claims), sum(claims))


def main() -> None:
    found = load_life_events()
    print(figures_table(found))
    print(f"\n{found.answers.table}\n\n{talks_table(found)}")


if __name__ == "__main__":
    main()
