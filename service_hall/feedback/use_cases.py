"""What doors may ask of ratings."""

from __future__ import annotations

from functools import partial

from service_hall.feedback.rating import rate, rating_of
from service_hall.visits.means import Means


class Feedback:
    def __init__(self, means: Means) -> None:
        self.rate = partial(rate, means)
        self.rating_of = partial(rating_of, means)
