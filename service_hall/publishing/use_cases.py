"""What the console may do with the knowledge."""

from __future__ import annotations

from service_hall.publishing.asked import Asked
from service_hall.publishing.checking import Checking
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.going_live import GoingLive
from service_hall.publishing.hit_testing import HitTesting
from service_hall.publishing.importing import Importing
from service_hall.publishing.previewing import Previewing
from service_hall.publishing.questions import Questions
from service_hall.publishing.reviewing import Reviewing
from service_hall.publishing.writing import Writing


class Publishing:
    def __init__(self, desk: PublishingDesk) -> None:
        self.desk = desk
        self.checking = Checking(desk)
        self.writing = Writing(desk)
        self.going_live = GoingLive(desk, self.checking, self.writing)
        self.reviewing = Reviewing(desk, self.checking, self.going_live)
        self.questions = Questions(desk, self.writing)
        self.asked = Asked(desk)
        self.importing = Importing(desk)
        self.previewing = Previewing(desk)
        self.hit_testing = HitTesting(desk)

    def close(self) -> None:
        """When the service stops: what is still being tried out is worth nothing then."""
        self.checking.close()
        self.hit_testing.close()
