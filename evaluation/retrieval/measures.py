"""What the results at hand are worth. Pure: nothing is asked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation.intervals import Interval, bootstrap, wilson
from evaluation.retrieval.records import Asked

AMONG_FIRST = 3


@dataclass(frozen=True)
class Share:
    of: int
    count: int

    @property
    def percent(self) -> float:
        return 100 * self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> Interval:
        """95 %, in percent."""
        return wilson(self.count, self.of).times(100)

    def __str__(self) -> str:
        return f"{self.percent:.1f} % ({self.count}/{self.of})"


@dataclass(frozen=True)
class Mean:
    """Of one figure a question."""

    values: tuple[float, ...]

    @property
    def mean(self) -> float:
        return sum(self.values) / len(self.values) if self.values else 0.0

    @property
    def interval(self) -> Interval:
        """95 %."""
        return bootstrap(self.values) if self.values else Interval(0.0, 1.0)

    def __str__(self) -> str:
        return f"{self.mean:.3f} ({len(self.values)})"


@dataclass(frozen=True)
class Scores:
    """Of the in-scope questions, unless it says out. `first`: the right guide is the first hit; in the chat, it
    answers or stands first among the options."""

    search_first: Share
    search_among_three: Share
    """hit@3."""
    search_reciprocal_rank: Mean
    """MRR: 1 for the first hit, 1/2 for the second, …; 0 beyond the hits that are kept."""
    search_aspect: Share
    search_answered_wrong: Share
    search_out_answered: Share
    chat_first: Share
    chat_answered_right: Share
    chat_offered_first: Share
    chat_offered: Share
    chat_aspect: Share
    chat_answered_wrong: Share
    chat_clarify: Share
    chat_not_found: Share
    chat_out_answered: Share
    chat_degraded: Share
    """Of all questions."""


def search_is_right(asked: Asked) -> bool:
    return asked.search.first in asked.guide_ids


def rank_of_right(guide_ids: Sequence[str], found: Sequence[str]) -> int:
    """From 1; 0 where none of them was found."""
    return next((place for place, each in enumerate(found, start=1) if each in guide_ids), 0)


def search_rank(asked: Asked) -> int:
    return rank_of_right(asked.guide_ids, [hit.guide_id for hit in asked.search.hits])


def chat_answers_right(asked: Asked) -> bool:
    return asked.chat is not None and asked.chat.guide_id in asked.guide_ids


def chat_answers_wrong(asked: Asked) -> bool:
    return asked.chat is not None and bool(asked.chat.guide_id) and asked.chat.guide_id not in asked.guide_ids


def chat_offers_first(asked: Asked) -> bool:
    return asked.chat is not None and bool(asked.chat.offered) and asked.chat.offered[0] in asked.guide_ids


def chat_offers(asked: Asked) -> bool:
    return asked.chat is not None and bool(set(asked.chat.offered) & set(asked.guide_ids))


def chat_aspect_is_right(asked: Asked) -> bool:
    return asked.chat is not None and asked.chat.aspect in asked.aspects


def score(results: Sequence[Asked]) -> Scores:
    within = [asked for asked in results if asked.is_in_scope]
    out = [asked for asked in results if not asked.is_in_scope]
    found, answered = [*filter(search_is_right, within)], [*filter(chat_answers_right, within)]
    return Scores(
        search_first=_share(within, search_is_right),
        search_among_three=_share(within, lambda asked: 0 < search_rank(asked) <= AMONG_FIRST),
        search_reciprocal_rank=Mean(tuple(1 / rank if (rank := search_rank(asked)) else 0.0 for asked in within)),
        search_aspect=_share(found, lambda asked: asked.search.aspect in asked.aspects),
        search_answered_wrong=_share(within, lambda asked: _search_answers(asked) and not search_is_right(asked)),
        search_out_answered=_share(out, _search_answers),
        chat_first=_share(within, lambda asked: chat_answers_right(asked) or chat_offers_first(asked)),
        chat_answered_right=_share(within, chat_answers_right),
        chat_offered_first=_share(within, chat_offers_first),
        chat_offered=_share(within, chat_offers),
        chat_aspect=_share(answered, chat_aspect_is_right),
        chat_answered_wrong=_share(within, chat_answers_wrong),
        chat_clarify=_share(within, lambda asked: asked.chat is not None and asked.chat.outcome == "clarify"),
        chat_not_found=_share(within, lambda asked: asked.chat is not None and asked.chat.outcome == "not_found"),
        chat_out_answered=_share(out, _chat_answers),
        chat_degraded=_share(results, lambda asked: asked.chat is not None and asked.chat.outcome == "degraded"),
    )


def _chat_answers(asked: Asked) -> bool:
    return asked.chat is not None and bool(asked.chat.guide_id)


def _search_answers(asked: Asked) -> bool:
    return asked.search.decision == "answer"


def _share(results: Sequence[Asked], claim: Callable[[Asked], bool]) -> Share:
    return Share(len(results), sum(map(claim, results)))
