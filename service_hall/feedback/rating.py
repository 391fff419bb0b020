"""A finished visit is rated, after the five degrees of GB/T 39046-2020."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from service_hall.shared.ids import VisitorId
from service_hall.shared.wording import Wording
from service_hall.visits.ledger import Page, Rating
from service_hall.visits.means import Means
from service_hall.visits.own import change_own
from service_hall.visits.states import Status
from service_hall.visits.visit import Code, Visit

wording = Wording(Path(__file__).parent / "wording.yml")
BEST, WORST = 1, 5


@dataclass(frozen=True)
class Rated:
    visit: Visit
    rating: Rating


@dataclass(frozen=True)
class NotRated:
    """`reason`: unknown_code, too_early or bad_score."""

    reason: str

    @property
    def message(self) -> str:
        return wording.say(self.reason)


def rate(means: Means, visitor_id: VisitorId, code: Code, score: int, comment: str) -> Rated | NotRated:
    """`score`: 1 非常满意 … 5 非常不满意. `comment`: masked. The last word counts."""
    if not BEST <= score <= WORST:
        return NotRated("bad_score")

    def keep(page: Page, visit: Visit) -> Rated | NotRated:
        if visit.status is not Status.FINISHED:
            return NotRated("too_early")
        rating = Rating(visit.visit_id, score, comment, means.now())
        page.keep_rating(rating)
        return Rated(visit, rating)

    return change_own(means, visitor_id, code, keep) or NotRated("unknown_code")


def rating_of(means: Means, visit: Visit) -> Rating | None:
    return means.ledger.read(lambda page: page.rating(visit.visit_id))
