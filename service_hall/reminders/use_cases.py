"""What staff may ask of what no door can tell, and a door of what it tells late."""

from __future__ import annotations

from functools import partial

from service_hall.reminders.delivering import as_it_stands, sleeps_until
from service_hall.reminders.telephone import look_up, mark_told, to_tell
from service_hall.visits.means import Means


class Reminders:
    def __init__(self, means: Means) -> None:
        self.to_tell = partial(to_tell, means)
        self.look_up = partial(look_up, means)
        self.mark_told = partial(mark_told, means)
        self.as_it_stands = partial(as_it_stands, means)
        self.sleeps_until = partial(sleeps_until, means)
