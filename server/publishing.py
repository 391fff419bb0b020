"""Publishing, put together over the hall and the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from channels.web.lanes import places_of
from knowledge_base.library import Library
from knowledge_base.search.embed import Embed
from server.storage.asked_store import AskedStore
from server.storage.draft_store import DraftStore
from server.storage.engine import Database
from server.storage.question_store import QuestionStore
from service_hall.hall import Hall, make_hall
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.use_cases import Publishing
from service_hall.reception import Reception


def open_publishing(engine: Database, hall: Hall, embed: Embed, catch_up: Callable[[], object]) -> Publishing:
    """`catch_up`: what was published in this process answers at once."""

    def reception_over(library: Library) -> Reception:
        """With the hall's own clock and rules; whatever walks it opens are nobody's."""
        return make_hall(replace(hall.means, library=lambda: library)).reception

    publishing = Publishing(
        PublishingDesk(
            means=hall.means,
            records=DraftStore(engine),
            questions=QuestionStore(engine),
            reception_over=reception_over,
            asked=AskedStore(engine),
            embed=embed,
            is_live=catch_up,
            count_lists=hall.scenarios.desk.checklists.count_of,
            places_of=places_of,
        )
    )
    publishing.hit_testing.ship_first_set()
    return publishing
