"""What a page of figures says of some days: sums, rates and averages, and each day by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from service_hall.figures.counts import Asked, Count, DailyCounts
from service_hall.figures.kinds import GROUPS, OUTCOME_GROUPS, Figure

_DAILY = [figure for figure in Figure if figure not in (Figure.ITEM, Figure.REASON)]
_Sums = dict[tuple[Figure, str], tuple[int, int]]


@dataclass(frozen=True)
class DayOfFigures:
    day: date
    conversations: int
    messages: int
    groups: dict[str, int]
    useful: int
    not_useful: int
    booked: int
    cancelled: int
    expected: int
    no_shows: int
    walk_ins: int
    called: int
    waited_seconds: int
    served: int
    serving_seconds: int
    rated: int
    scores: int
    notices: int
    undelivered: int

    @property
    def satisfaction(self) -> float | None:
        """Of those judged; None: none was."""
        return _rate(self.useful, self.useful + self.not_useful)

    @property
    def no_show_rate(self) -> float | None:
        return _rate(self.no_shows, self.expected)

    @property
    def waiting_minutes(self) -> float | None:
        return _rate(self.waited_seconds, self.called * 60)

    @property
    def serving_minutes(self) -> float | None:
        return _rate(self.serving_seconds, self.served * 60)

    @property
    def rating(self) -> float | None:
        return _rate(self.scores, self.rated)

    def share(self, group: str) -> float | None:
        """Of all messages."""
        return _rate(self.groups[group], self.messages)


@dataclass(frozen=True)
class Summary:
    """`whole`: all days as one, under the first of them."""

    whole: DayOfFigures
    days: tuple[DayOfFigures, ...]


def summarise(counts: DailyCounts, asked: Asked) -> Summary:
    by_day: dict[date, _Sums] = defaultdict(dict)
    whole: _Sums = {}
    for each in counts.by_day(asked, _DAILY):
        for sums in (by_day[each.day], whole):
            _add(sums, each)
    days = tuple(_day(day, by_day[day]) for day in _days(asked.first, asked.last))
    return Summary(_day(asked.first, whole), days)


def most_frequent(counts: Sequence[Count], most: int) -> list[tuple[str, int]]:
    return [(each.thing, each.count) for each in counts[:most]]


def _add(sums: _Sums, each: Count) -> None:
    key = each.figure, each.thing if each.figure is Figure.OUTCOME else ""
    count, amount = sums.get(key, (0, 0))
    sums[key] = count + each.count, amount + each.amount


def _day(day: date, sums: _Sums) -> DayOfFigures:
    def count(figure: Figure) -> int:
        return sums.get((figure, ""), (0, 0))[0]

    def amount(figure: Figure) -> int:
        return sums.get((figure, ""), (0, 0))[1]

    outcomes = {thing: each for (figure, thing), (each, _) in sums.items() if figure is Figure.OUTCOME}
    groups = dict.fromkeys(GROUPS, 0)
    for outcome, times in outcomes.items():
        if group := OUTCOME_GROUPS.get(outcome):
            groups[group] += times
    return DayOfFigures(
        day=day,
        conversations=count(Figure.CONVERSATIONS),
        messages=sum(outcomes.values()),
        groups=groups,
        useful=count(Figure.USEFUL),
        not_useful=count(Figure.NOT_USEFUL),
        booked=count(Figure.BOOKED),
        cancelled=count(Figure.CANCELLED),
        expected=count(Figure.EXPECTED),
        no_shows=count(Figure.NO_SHOW),
        walk_ins=count(Figure.WALK_IN),
        called=count(Figure.CALLED),
        waited_seconds=amount(Figure.CALLED),
        served=count(Figure.SERVED),
        serving_seconds=amount(Figure.SERVED),
        rated=count(Figure.RATED),
        scores=amount(Figure.RATED),
        notices=count(Figure.NOTICE_DUE),
        undelivered=count(Figure.NOTICE_UNDELIVERED),
    )


def _days(first: date, last: date) -> Iterator[date]:
    for ahead in range((last - first).days + 1):
        yield first + timedelta(days=ahead)


def _rate(part: float, of: float) -> float | None:
    return part / of if of else None
